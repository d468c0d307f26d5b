import { describe, expect, it } from 'vitest'
import { deriveScores } from '@/lib/domain/instruments/derive-scores'
import {
  deriveFormStanding,
  type FormDefinition,
  findFormDefinition,
  formatRawAnswers,
  parseTypedForm,
} from '@/lib/domain/instruments/form-definition'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { FormPlan } from '@/lib/domain/protocol/protocol'

const EXAM: FormPlan = {
  code: 'EXAM',
  label: 'Examination',
  repeating: false,
  fields: [
    { code: 'BMI', label: 'Body mass index', type: 'decimal', range: [12, 70], required: true },
    { code: 'SMOKER', label: 'Smoker', type: 'boolean' },
    { code: 'PER_DAY', label: 'A day', type: 'integer', showIf: { field: 'SMOKER', equals: true } },
    {
      code: 'SIGNS',
      label: 'Signs',
      type: 'multi',
      choices: [
        { code: 'A', label: 'A' },
        { code: 'B', label: 'B' },
      ],
    },
  ],
}
const definition = (code: string): FormDefinition => {
  const form = findFormDefinition({ forms: [EXAM] }, code)
  if (!form) throw new Error(code)
  return form
}
const standing = (code: string, answers: Answers, notDoneReason: string | null = null) =>
  deriveFormStanding(definition(code), { answers, notDoneReason }, { odi: { allowTotalOnly: true } })

describe('how far a form is', () => {
  it('begun while an item lacks both answer and reason, received when none does', () => {
    expect(standing('nprs', {})).toBe('absent')
    expect(standing('nprs', { NPRS_AVG: { value: 4 } })).toBe('begun')
    expect(standing('nprs', { NPRS_AVG: { value: 4 }, NPRS_WORST: { missing: 'declined' } })).toBe('received')
    expect(standing('nprs', {}, 'declined')).toBe('notDone')
  })

  it('received by a total in place of its items', () => {
    expect(standing('odi', { ODI: { value: 26 } })).toBe('received')
  })

  it('of the study itself: received when what is required is there', () => {
    expect(standing('EXAM', { SMOKER: { value: false } })).toBe('begun')
    expect(standing('EXAM', { BMI: { value: 24.5 } })).toBe('received')
  })
})

it('answers posted again by the page that shows them are the same answers', () => {
  const instruments: readonly [string, Answers][] = [
    ['nprs', { NPRS_AVG: { value: 4 }, NPRS_WORST: { missing: 'declined' } }],
    ['odi', { ODI_01: { value: 3, twoMarked: true }, ODI_08: { missing: 'notApplicable' } }],
    [
      'EXAM',
      { BMI: { value: 24.5 }, SMOKER: { value: true }, PER_DAY: { value: 3 }, SIGNS: { value: ['A', 'B'] } },
    ],
  ]
  for (const [code, answers] of instruments) {
    expect(parseTypedForm(definition(code), formatRawAnswers(answers), {})).toEqual({
      ok: true,
      value: answers,
    })
  }
})

it('an answer that is cleared is none', () => {
  const raw = { NPRS_AVG: ['4'], 'NPRS_AVG.missing': ['clear'], NPRS_WORST: ['6'] }
  expect(parseTypedForm(definition('nprs'), raw, {})).toEqual({
    ok: true,
    value: { NPRS_WORST: { value: 6 } },
  })
})

it('what no instrument and no form of the study is cannot be entered', () => {
  expect(findFormDefinition({ forms: [] }, 'NONE')).toBeUndefined()
})

describe('scores that follow from a form', () => {
  // 16 of 50 → 32; 16 with one section missing → 35.6: Fairbank and Pynsent 2000, by clinical.md §2.
  const sections = [2, 1, 2, 1, 2, 2, 1, 2, 2, 1]
  const odi = (count: number) =>
    Object.fromEntries(
      sections
        .slice(0, count)
        .map((value, index) => [`ODI_${String(index + 1).padStart(2, '0')}`, { value }]),
    )

  it('carry the version of the rule', () => {
    expect(deriveScores('odi', odi(10), null, {})).toEqual([
      { parameter: 'ODI', score: { kind: 'score', value: 32 }, ruleVersion: 'odi-1' },
    ])
  })

  it('are the reason where the form was not done', () => {
    expect(
      deriveScores('nprs', {}, 'declined', {}).map(({ parameter, score }) => [parameter, score]),
    ).toEqual([
      ['NPRS_AVG', { kind: 'missing', reason: 'declined' }],
      ['NPRS_WORST', { kind: 'missing', reason: 'declined' }],
    ])
  })

  it('are none where nothing was recorded, and none for a form of the study itself', () => {
    expect(deriveScores('nprs', {}, null, {})).toEqual([])
    expect(deriveScores('EXAM', { BMI: { value: 24.5 } }, null, {})).toEqual([])
  })
})
