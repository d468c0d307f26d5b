import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Answer, Answers } from '@/lib/domain/instruments/instrument'
import { deriveOdiBand, odi } from '@/lib/domain/instruments/odi'
import { MISSING_REASONS } from '@/lib/domain/shared/missing'

const CODES = odi.items({}).map(item => item.code)

function answer(values: readonly (number | Answer | undefined)[]): Answers {
  return Object.fromEntries(
    CODES.flatMap((code, index) => {
      const value = values[index]
      if (value === undefined) return []
      return [[code, typeof value === 'number' ? { value } : value] as const]
    }),
  )
}

/** Sections that add up to 16. */
const SIXTEEN = [2, 1, 3, 1, 2, 2, 1, 1, 2, 1]
const section = fc.oneof(
  fc.integer({ min: 0, max: 5 }).map((value): Answer => ({ value })),
  fc.constantFrom(...MISSING_REASONS).map((missing): Answer => ({ missing })),
  fc.constant(undefined),
)
const form = fc.array(section, { minLength: 10, maxLength: 10 })

describe('ODI', () => {
  it('has its ten sections as ODI_01 to ODI_10', () => {
    expect(CODES.join(' ')).toBe('ODI_01 ODI_02 ODI_03 ODI_04 ODI_05 ODI_06 ODI_07 ODI_08 ODI_09 ODI_10')
  })

  it('scores 16 of 50 as 32, and 16 with one section missing as 35.6', () => {
    expect(odi.score(answer(SIXTEEN), {})).toEqual({ ODI: { kind: 'score', value: 32 } })
    const nine = answer([2, 1, 3, 1, 2, 2, 1, { missing: 'notApplicable' }, 3, 1])
    const score = odi.score(nine, {}).ODI
    expect(score?.kind === 'score' && score.value.toFixed(1)).toBe('35.6')
  })

  it('treats a section not touched like a missing one', () => {
    expect(odi.score(answer([5, 5, 5, 5, 5, 5, 5, undefined, 5, 5]), {})).toEqual({
      ODI: { kind: 'score', value: 100 },
    })
  })

  it('gives no score beyond the permitted missing sections, as the study sets them', () => {
    const two = answer([1, 1, 1, 1, 1, 1, 1, { missing: 'notApplicable' }, { missing: 'declined' }, 1])
    expect(odi.score(two, {})).toEqual({ ODI: { kind: 'missing', reason: 'tooFewItems' } })
    expect(odi.score(two, { odi: { maxMissingSections: 2 } })).toEqual({ ODI: { kind: 'score', value: 20 } })
    expect(odi.score(answer([...SIXTEEN.slice(0, 9)]), { odi: { maxMissingSections: 0 } })).toEqual({
      ODI: { kind: 'missing', reason: 'tooFewItems' },
    })
  })

  it('keeps the reason when all that was recorded is that one reason', () => {
    const declined = answer(Array.from({ length: 10 }, () => ({ missing: 'declined' })))
    expect(odi.score(declined, { odi: { maxMissingSections: 10 } })).toEqual({
      ODI: { kind: 'missing', reason: 'declined' },
    })
  })

  it('says nothing about a form that was not touched', () => {
    expect(odi.score({}, {})).toEqual({})
  })

  it('takes a total without sections only where the study allows it, and sections before a total', () => {
    const total: Answers = { ODI: { value: 26 } }
    expect(odi.score(total, {})).toEqual({})
    const settings = { odi: { allowTotalOnly: true } }
    expect(odi.score(total, settings)).toEqual({ ODI: { kind: 'score', value: 26 } })
    expect(odi.score({ ...total, ...answer(SIXTEEN) }, settings)).toEqual({
      ODI: { kind: 'score', value: 32 },
    })
    expect(odi.score({ ODI: { missing: 'notInSource' } }, settings)).toEqual({
      ODI: { kind: 'missing', reason: 'notInSource' },
    })
  })

  it('never improves when a section gets worse', () => {
    fc.assert(
      fc.property(form, fc.nat(9), (sections, index) => {
        const before = sections[index]
        fc.pre(
          before !== undefined && 'value' in before && typeof before.value === 'number' && before.value < 5,
        )
        const worse = sections.with(index, { value: Number((before as { value: number }).value) + 1 })
        const a = odi.score(answer(sections), {}).ODI
        const b = odi.score(answer(worse), {}).ODI
        expect(b?.kind).toBe(a?.kind)
        if (a?.kind === 'score' && b?.kind === 'score') expect(b.value).toBeGreaterThan(a.value)
      }),
    )
  })

  it('does not depend on the order in which sections were answered', () => {
    fc.assert(
      fc.property(form, fc.shuffledSubarray(CODES, { minLength: 10 }), (sections, order) => {
        const answers = answer(sections)
        const shuffled = Object.fromEntries(
          order.flatMap(code => (answers[code] ? [[code, answers[code]]] : [])),
        )
        expect(odi.score(shuffled, {})).toEqual(odi.score(answers, {}))
      }),
    )
  })

  it('never counts a missing section as zero: it scores as the mean of the others', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 5 }), { minLength: 9, maxLength: 9 }),
        fc.nat(9),
        (nine, gap) => {
          const sections: (number | undefined)[] = nine.toSpliced(gap, 0, Number.NaN)
          sections[gap] = undefined
          const score = odi.score(answer(sections), {}).ODI
          const withZero = odi.score(answer(sections.with(gap, 0)), {}).ODI
          if (score?.kind !== 'score' || withZero?.kind !== 'score') throw new Error('expected two scores')
          expect(score.value).toBeGreaterThan(withZero.value)
          expect(score.value).toBeCloseTo((withZero.value * 10) / 9, 10)
        },
      ),
    )
  })
})

describe('ODI band', () => {
  it.each([
    [0, 'minimal'],
    [20, 'minimal'],
    [20.1, 'moderate'],
    [40, 'moderate'],
    [40.1, 'severe'],
    [60, 'severe'],
    [60.1, 'crippled'],
    [80, 'crippled'],
    [80.1, 'bed-bound'],
    [100, 'bed-bound'],
  ])('%d is %s', (score, band) => {
    expect(deriveOdiBand(score)).toBe(band)
  })

  it('refuses a number that is no ODI score', () => {
    expect(() => deriveOdiBand(101)).toThrow(RangeError)
    expect(() => deriveOdiBand(Number.NaN)).toThrow(RangeError)
  })
})
