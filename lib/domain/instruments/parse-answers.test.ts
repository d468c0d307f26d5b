import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { deriveEntryKind } from '@/lib/domain/checks/total'
import { nprs } from '@/lib/domain/instruments/nprs'
import { odi } from '@/lib/domain/instruments/odi'
import { listUnanswered, parseAnswers } from '@/lib/domain/instruments/parse-answers'
import type { RawAnswers } from '@/lib/domain/instruments/raw-answers'
import { satisfaction } from '@/lib/domain/instruments/satisfaction'
import { work } from '@/lib/domain/instruments/work'

const problemsOf = (result: ReturnType<typeof parseAnswers>) => (result.ok ? [] : result.error)
const REMEDY = 'Correct it, or clear it and choose why it is missing.'

/** Ten sections that add up to 16 of 50. */
const SIXTEEN: RawAnswers = Object.fromEntries(
  [2, 1, 3, 1, 2, 2, 1, 1, 2, 1].map((value, index) => [
    `ODI_${String(index + 1).padStart(2, '0')}`,
    [String(value)],
  ]),
)
const TOTALS = { odi: { allowTotalOnly: true } }

describe('reading typed answers', () => {
  it.each([
    ['11', {}, 'outOfRange', `Average pain is 11, but must be a whole number from 0 to 10. ${REMEDY}`],
    ['-1', {}, 'outOfRange', `Average pain is -1, but must be a whole number from 0 to 10. ${REMEDY}`],
    ['4.5', {}, 'notWhole', `Average pain is 4.5, but must be a whole number from 0 to 10. ${REMEDY}`],
    ['4,5', {}, 'decimalComma', `Average pain is “4,5”, but must be a whole number from 0 to 10. ${REMEDY}`],
    ['abc', {}, 'notANumber', `Average pain is “abc”, but must be a whole number from 0 to 10. ${REMEDY}`],
    ['1e1', {}, 'notANumber', `Average pain is “1e1”, but must be a whole number from 0 to 10. ${REMEDY}`],
    ['0x5', {}, 'notANumber', `Average pain is “0x5”, but must be a whole number from 0 to 10. ${REMEDY}`],
    ['NaN', {}, 'notANumber', `Average pain is “NaN”, but must be a whole number from 0 to 10. ${REMEDY}`],
    [
      '6,5',
      { nprs: { decimals: true } },
      'decimalComma',
      'Average pain is “6,5”, but must be a number from 0 to 10, written with a decimal point instead of a comma, for example 6.5.',
    ],
  ])('refuses a rating of %s with the range and what to do', (typed, settings, code, text) => {
    expect(problemsOf(parseAnswers(nprs, { NPRS_AVG: [typed] }, settings))).toEqual([
      { field: 'NPRS_AVG', value: typed, code, text },
    ])
  })

  it.each([
    ['0', 0],
    [' 10 ', 10],
    ['4.0', 4],
    ['-0', 0],
  ])('accepts %s', (typed, value) => {
    const result = parseAnswers(nprs, { NPRS_AVG: [typed] }, {})
    expect(result).toEqual({ ok: true, value: { NPRS_AVG: { value } } })
  })

  it('accepts decimals only where the study says that ratings are means', () => {
    const result = parseAnswers(nprs, { NPRS_AVG: ['6.5'] }, { nprs: { decimals: true } })
    expect(result).toEqual({ ok: true, value: { NPRS_AVG: { value: 6.5 } } })
    expect(parseAnswers(satisfaction, { SATISFACTION: ['50.5'] }, {}).ok).toBe(true)
  })

  it('leaves what was not answered absent, and says what is lacking', () => {
    const result = parseAnswers(nprs, { NPRS_AVG: ['3'], NPRS_WORST: [''], 'NPRS_WORST.missing': [''] }, {})
    expect(result).toEqual({ ok: true, value: { NPRS_AVG: { value: 3 } } })
    if (!result.ok) throw new Error('refused')
    expect(listUnanswered(nprs, result.value, {}).map(item => item.code)).toEqual(['NPRS_WORST'])
  })

  it('refuses a value beside a reason, and keeps a reason alone', () => {
    const both = { NPRS_AVG: ['4'], 'NPRS_AVG.missing': ['declined'] }
    expect(problemsOf(parseAnswers(nprs, both, {}))).toEqual([
      {
        field: 'NPRS_AVG',
        value: '4',
        code: 'valueAndMissing',
        text: 'Average pain has both the value 4 and the reason “declined”. Clear one of the two.',
      },
    ])
    expect(parseAnswers(nprs, { 'NPRS_AVG.missing': ['declined'] }, {})).toEqual({
      ok: true,
      value: { NPRS_AVG: { missing: 'declined' } },
    })
  })

  it('permits “not applicable” where an item can fail to apply, and “not in source” on import only', () => {
    const reason = (code: string, missing: string): RawAnswers => ({ [`${code}.missing`]: [missing] })
    expect(parseAnswers(odi, reason('ODI_08', 'notApplicable'), {}).ok).toBe(true)
    expect(problemsOf(parseAnswers(odi, reason('ODI_03', 'notApplicable'), {}))[0]?.text).toBe(
      'Lifting: “notApplicable” is not a reason that can be given here. Choose one of: not done, not asked, declined, illegible, unknown.',
    )
    expect(parseAnswers(work, reason('WORK_CAPACITY', 'notApplicable'), {}).ok).toBe(true)
    expect(parseAnswers(nprs, reason('NPRS_AVG', 'notInSource'), {}).ok).toBe(false)
    expect(parseAnswers(nprs, reason('NPRS_AVG', 'notInSource'), {}, 'import').ok).toBe(true)
  })

  it('records that two boxes were marked, and wants the higher of them', () => {
    expect(parseAnswers(odi, { ODI_03: ['4'], 'ODI_03.twoMarked': ['on'] }, {})).toEqual({
      ok: true,
      value: { ODI_03: { value: 4, twoMarked: true } },
    })
    expect(problemsOf(parseAnswers(odi, { 'ODI_03.twoMarked': ['on'] }, {}))[0]).toMatchObject({
      field: 'ODI_03',
      code: 'twoMarked',
    })
    expect(
      problemsOf(parseAnswers(nprs, { NPRS_AVG: ['4'], 'NPRS_AVG.twoMarked': ['on'] }, {}))[0]?.code,
    ).toBe('twoMarked')
    expect(problemsOf(parseAnswers(odi, { ODI_03: ['3', '4'] }, {}))[0]?.text).toBe(
      'Lifting has several values: 3, 4. Keep one.',
    )
  })

  it('names every wrong field at once, in the order of the form', () => {
    const raw = { ODI_10: ['6'], ODI_02: ['x'], ODI_05: ['2.5'] }
    expect(problemsOf(parseAnswers(odi, raw, {})).map(problem => [problem.field, problem.code])).toEqual([
      ['ODI_02', 'notANumber'],
      ['ODI_05', 'notWhole'],
      ['ODI_10', 'outOfRange'],
    ])
  })

  it('passes every whole number in range and nothing else', () => {
    fc.assert(
      fc.property(fc.oneof(fc.integer({ min: -20, max: 20 }).map(String), fc.string()), typed => {
        const result = parseAnswers(nprs, { NPRS_AVG: [typed] }, {})
        const answer = result.ok ? result.value.NPRS_AVG : undefined
        if (answer === undefined) return
        expect(answer).toEqual({ value: Number(typed) })
        expect([0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10]).toContain(Number(typed))
      }),
    )
  })
})

describe('a total given as such', () => {
  it('is refused when it differs from its items, and left out when it agrees', () => {
    expect(problemsOf(parseAnswers(odi, { ...SIXTEEN, ODI: ['34'] }, {}))).toEqual([
      {
        field: 'ODI',
        value: '34',
        code: 'totalDiffers',
        text: 'ODI is given as 34, but its items give 32. Correct the items or clear the total.',
      },
    ])
    const agreed = parseAnswers(odi, { ...SIXTEEN, ODI: ['32'] }, {})
    expect(agreed.ok && Object.keys(agreed.value)).toHaveLength(10)
  })

  it('may be rounded to one decimal, as sources print it, and no further', () => {
    const nine = { ...SIXTEEN, ODI_04: [], 'ODI_04.missing': ['illegible'], ODI_05: ['3'] }
    expect(parseAnswers(odi, { ...nine, ODI: ['35.6'] }, {}).ok).toBe(true)
    expect(problemsOf(parseAnswers(odi, { ...nine, ODI: ['36'] }, {}))[0]?.text).toBe(
      'ODI is given as 36, but its items give 35.56. Correct the items or clear the total.',
    )
  })

  it('is refused beside items too few for a score', () => {
    const two = { ODI_01: ['1'], ODI_02: ['1'], ODI: ['20'] }
    expect(problemsOf(parseAnswers(odi, two, TOTALS))[0]?.text).toBe(
      'ODI 20 is given, but too few of its items are answered for a score. Add the items or clear the total.',
    )
  })

  it('stands alone only where the study takes totals, and is kept apart from items', () => {
    expect(problemsOf(parseAnswers(odi, { ODI: ['26'] }, {}))[0]?.code).toBe('totalNotAllowed')
    const result = parseAnswers(odi, { ODI: ['26'] }, TOTALS)
    expect(result).toEqual({ ok: true, value: { ODI: { value: 26 } } })
    if (!result.ok) throw new Error('refused')
    expect(deriveEntryKind(odi, result.value, TOTALS)).toBe('total')
    expect(deriveEntryKind(odi, { ODI_01: { value: 2 } }, TOTALS)).toBe('items')
    expect(listUnanswered(odi, result.value, TOTALS)).toEqual([])
  })

  it('lies within 0 to 100', () => {
    expect(problemsOf(parseAnswers(odi, { ODI: ['101'] }, TOTALS))[0]?.text).toBe(
      `ODI total is 101, but must be a number from 0 to 100 %. ${REMEDY}`,
    )
  })
})
