import { describe, expect, it } from 'vitest'
import { fillRemaining } from '@/lib/domain/instruments/fill-remaining'
import type { FormDefinition } from '@/lib/domain/instruments/form-definition'
import { nprs } from '@/lib/domain/instruments/nprs'
import { odi } from '@/lib/domain/instruments/odi'
import { rmdq } from '@/lib/domain/instruments/rmdq'
import { wpai } from '@/lib/domain/instruments/wpai'

const NPRS: FormDefinition = { kind: 'instrument', instrument: nprs }
const TWO = { nprs: { items: ['average', 'worst'] } } as const
const EXAM: FormDefinition = {
  kind: 'plan',
  plan: {
    code: 'EXAM',
    label: 'Examination',
    repeating: false,
    fields: [
      { code: 'SMOKER', label: 'Smoker', type: 'boolean' },
      { code: 'PER_DAY', label: 'A day', type: 'integer', showIf: { field: 'SMOKER', equals: true } },
      { code: 'BMI', label: 'BMI', type: 'decimal', missingCodes: ['notDone'] },
    ],
  },
}

describe('one reason for all that is still blank', () => {
  it('is the whole form’s where nothing was entered', () => {
    expect(fillRemaining(NPRS, {}, 'declined', TWO)).toEqual({ kind: 'form' })
    expect(fillRemaining(NPRS, { NPRS_AVG: [''] }, 'declined', TWO)).toEqual({ kind: 'form' })
  })

  it('is each blank item’s where the form was begun, and leaves answers and reasons as they are', () => {
    const raw = { NPRS_AVG: ['4'] }
    expect(fillRemaining(NPRS, raw, 'declined', TWO)).toEqual({
      kind: 'items',
      raw: { NPRS_AVG: ['4'], 'NPRS_WORST.missing': ['declined'] },
    })
    const given = { 'NPRS_AVG.missing': ['illegible'] }
    expect(fillRemaining(NPRS, given, 'declined', TWO)).toEqual({
      kind: 'items',
      raw: { ...given, 'NPRS_WORST.missing': ['declined'] },
    })
  })

  it('gives an item that does not take the reason the first that it takes; hidden fields get none', () => {
    expect(fillRemaining(EXAM, { SMOKER: ['no'] }, 'declined', {})).toEqual({
      kind: 'items',
      raw: { SMOKER: ['no'], 'BMI.missing': ['notDone'] },
    })
  })

  it('gives none to what is not asked: boxes of a form that was filled in, work of who has none', () => {
    const ticked = { RMDQ_ANSWERED: ['1'], RMDQ_03: ['1'] }
    expect(fillRemaining({ kind: 'instrument', instrument: rmdq }, ticked, 'declined', {})).toEqual({
      kind: 'items',
      raw: ticked,
    })
    const filled = fillRemaining({ kind: 'instrument', instrument: wpai }, { WPAI_Q1: ['0'] }, 'declined', {})
    expect(filled).toEqual({ kind: 'items', raw: { WPAI_Q1: ['0'], 'WPAI_Q6.missing': ['declined'] } })
  })

  it('leaves a form with a refused value, and a total in place of its items, as they are', () => {
    expect(fillRemaining(NPRS, { NPRS_AVG: ['11'] }, 'declined', TWO)).toEqual({
      kind: 'items',
      raw: { NPRS_AVG: ['11'] },
    })
    const total = fillRemaining({ kind: 'instrument', instrument: odi }, { ODI: ['26'] }, 'declined', {
      odi: { allowTotalOnly: true },
    })
    expect(total).toEqual({ kind: 'items', raw: { ODI: ['26'] } })
  })
})
