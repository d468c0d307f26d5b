import { describe, expect, it } from 'vitest'
import { RegisterParticipant } from './participants'

describe('the registration form', () => {
  it('sent empty lists every field that is needed in one round, each criterion too', () => {
    const parsed = RegisterParticipant.safeParse({
      study: 'SMALL',
      ...{ site: '', consentVersion: '', consentDate: '', ageAtConsent: '' },
      eligibility: { I1: [''], E1: [''] },
    })
    expect(parsed.error?.issues.map(issue => issue.path.join('.'))).toEqual([
      'site',
      'consentVersion',
      'consentDate',
      'eligibility.I1',
      'eligibility.E1',
      'takesPart',
      'ageAtConsent',
      'sex',
    ])
  })

  it('with a value that cannot be read tells also which numbers are out of range, and leaves them alone otherwise', () => {
    const readable = {
      ...{ study: 'SMALL', site: 'MEL', consentVersion: '1.0', consentDate: '16 Apr 2026' },
      ...{ eligibility: {}, takesPart: 'yes', ageAtConsent: '-4', sex: 'female', painDurationMonths: '1201' },
    }
    expect(RegisterParticipant.safeParse(readable).success).toBe(true)
    const parsed = RegisterParticipant.safeParse({ ...readable, consentDate: 'soon' })
    expect(parsed.error?.issues.map(({ path, message }) => `${path.join('.')} ${message}`)).toEqual([
      'consentDate “soon” is not a date. Type it as 16 Apr 2026.',
      'ageAtConsent Age is -4, but must be a whole number from 0 to 130 years. Correct it.',
      'painDurationMonths Duration of pain is 1201, but must be a whole number from 0 to 1200 months. Correct it.',
    ])
  })

  it('takes the answer of a criterion and not the mark that it was asked', () => {
    expect(RegisterParticipant.shape.eligibility.parse({ I1: ['yes', ''], E1: ['no', ''] })).toEqual({
      I1: true,
      E1: false,
    })
  })
})
