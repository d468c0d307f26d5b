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

  it('takes the answer of a criterion and not the mark that it was asked', () => {
    expect(RegisterParticipant.shape.eligibility.parse({ I1: ['yes', ''], E1: ['no', ''] })).toEqual({
      I1: true,
      E1: false,
    })
  })
})
