import { describe, expect, it } from 'vitest'
import {
  checkRequiredFields,
  findForm,
  listShownFields,
  listUnansweredFields,
} from '@/lib/domain/instruments/form'
import { parseFormAnswers } from '@/lib/domain/instruments/parse-form'
import type { RawAnswers } from '@/lib/domain/instruments/raw-answers'
import type { FormPlan } from '@/lib/domain/protocol/protocol'

const EXAM: FormPlan = {
  code: 'EXAM',
  label: 'Examination',
  repeating: false,
  fields: [
    {
      code: 'SLR',
      label: 'Straight-leg raise',
      type: 'choice',
      choices: [
        { code: 'NEG', label: 'Negative' },
        { code: 'POS', label: 'Positive' },
      ],
      missingCodes: ['notDone'],
    },
    {
      code: 'SLR_DEG',
      label: 'Angle',
      type: 'integer',
      unit: '°',
      range: [0, 90],
      showIf: { field: 'SLR', equals: 'POS' },
    },
    { code: 'ANGLE_BY', label: 'Measured by', type: 'text', showIf: { field: 'SLR_DEG', equals: 45 } },
    {
      code: 'BMI',
      label: 'Body mass index',
      type: 'decimal',
      unit: 'kg/m²',
      range: [12, 70],
      required: true,
    },
    { code: 'SMOKER', label: 'Smoker', type: 'boolean' },
    {
      code: 'SITES',
      label: 'Tender sites',
      type: 'multi',
      choices: [
        { code: 'L4', label: 'L4' },
        { code: 'L5', label: 'L5' },
      ],
    },
    { code: 'SEEN', label: 'Seen on', type: 'date' },
    { code: 'ONSET', label: 'Onset', type: 'partialDate' },
    { code: 'NOTE', label: 'Note', type: 'text', showIf: { field: 'SITES', equals: 'L5' } },
  ],
}

const parse = (raw: RawAnswers) => parseFormAnswers(EXAM, raw)
const textOf = (raw: RawAnswers) => {
  const result = parse(raw)
  return result.ok ? null : result.error.map(problem => problem.text).join(' | ')
}

describe('a study’s own form', () => {
  it('reads every type of field', () => {
    const raw = {
      SLR: ['POS'],
      SLR_DEG: ['45'],
      ANGLE_BY: ['Goniometer'],
      BMI: ['24.5'],
      SMOKER: ['no'],
      SITES: ['L5', 'L4'],
      SEEN: ['16 Apr 2026'],
      ONSET: ['Apr 2019'],
      NOTE: [' both sides '],
    }
    expect(parse(raw)).toEqual({
      ok: true,
      value: {
        SLR: { value: 'POS' },
        SLR_DEG: { value: 45 },
        ANGLE_BY: { value: 'Goniometer' },
        BMI: { value: 24.5 },
        SMOKER: { value: false },
        SITES: { value: ['L4', 'L5'] },
        SEEN: { value: '2026-04-16' },
        ONSET: { value: '2019-04' },
        NOTE: { value: 'both sides' },
      },
    })
  })

  it.each([
    ['2019', '2019'],
    ['2019-4', '2019-04'],
    ['2020-02-29', '2020-02-29'],
    ['3 March 2019', '2019-03-03'],
  ])('keeps the partial date %s as it is known', (typed, value) => {
    expect(parse({ ONSET: [typed] })).toEqual({ ok: true, value: { ONSET: { value } } })
  })

  it.each([
    [{ SLR: ['X'] }, 'Straight-leg raise is “X”, but must be one of: NEG (Negative), POS (Positive).'],
    [
      { BMI: ['7'] },
      'Body mass index is 7, but must be a number from 12 to 70 kg/m². Correct it, or clear it and choose why it is missing.',
    ],
    [
      { BMI: ['24,5'] },
      'Body mass index is “24,5”, but must be a number from 12 to 70 kg/m², written with a decimal point instead of a comma, for example 24.5.',
    ],
    [{ SMOKER: ['maybe'] }, 'Smoker is “maybe”, but must be yes or no.'],
    [{ SMOKER: ['toString'] }, 'Smoker is “toString”, but must be yes or no.'],
    [
      { SEEN: ['04/05/2026'] },
      'Seen on: “04/05/2026” is written in digits alone, so that day and month could be exchanged. Write it as 16 Apr 2026.',
    ],
    [
      { SEEN: ['2026-02-30'] },
      'Seen on: “2026-02-30” is not a day of the calendar. Write it as 16 Apr 2026.',
    ],
    [
      { ONSET: ['2019-13'] },
      'Onset: “2019-13” is not a day of the calendar. Write what is known: 2026, Apr 2026 or 16 Apr 2026.',
    ],
    [{ SITES: ['L4', 'S1'] }, 'Tender sites is “S1”, but must be one of: L4 (L4), L5 (L5).'],
    [
      { SLR: ['NEG'], 'SLR.missing': ['notDone'] },
      'Straight-leg raise has both the value NEG and the reason “not done”. Clear one of the two.',
    ],
    [
      { 'SLR.missing': ['declined'] },
      'Straight-leg raise: “declined” is not a reason that can be given here. Choose one of: not done.',
    ],
  ])('refuses %j with the reason and what to do', (raw, text) => {
    expect(textOf(raw)).toBe(text)
  })

  it('shows a field when the answer it depends on is given, along the whole chain', () => {
    const codes = (answers: Parameters<typeof listShownFields>[1]) =>
      listShownFields(EXAM, answers).map(field => field.code)
    expect(codes({})).toEqual(['SLR', 'BMI', 'SMOKER', 'SITES', 'SEEN', 'ONSET'])
    expect(codes({ SLR: { value: 'POS' }, SLR_DEG: { value: 45 } })).toContain('ANGLE_BY')
    expect(codes({ SLR: { value: 'NEG' }, SLR_DEG: { value: 45 } })).not.toContain('ANGLE_BY')
    expect(codes({ SLR: { missing: 'notDone' } })).not.toContain('SLR_DEG')
    expect(codes({ SITES: { value: ['L4', 'L5'] } })).toContain('NOTE')
  })

  it('refuses an answer to a hidden field instead of dropping it', () => {
    expect(textOf({ SLR: ['NEG'], SLR_DEG: ['45'] })).toBe(
      'Angle does not apply with this answer to Straight-leg raise. Clear it, or correct Straight-leg raise.',
    )
    const parentRefused = textOf({ SLR: ['X'], SLR_DEG: ['45'], ANGLE_BY: ['Goniometer'] })
    expect(parentRefused).toContain('Straight-leg raise')
    expect(parentRefused).not.toContain('does not apply')
  })

  it('may be saved in part, and names what is lacking and what is required', () => {
    const result = parse({ SLR: ['NEG'], SMOKER: [''] })
    if (!result.ok) throw new Error('refused')
    expect(listUnansweredFields(EXAM, result.value).map(field => field.code)).toEqual([
      'BMI',
      'SMOKER',
      'SITES',
      'SEEN',
      'ONSET',
    ])
    expect(checkRequiredFields(EXAM, result.value).map(problem => problem.text)).toEqual([
      'Body mass index is needed to complete Examination. Enter it, or choose why it is missing.',
    ])
    expect(checkRequiredFields(EXAM, { BMI: { missing: 'notDone' } })).toEqual([])
  })

  it('is found by its code', () => {
    expect(findForm({ forms: [EXAM] }, 'EXAM')?.label).toBe('Examination')
    expect(findForm({ forms: [EXAM] }, 'LAB')).toBeUndefined()
  })
})
