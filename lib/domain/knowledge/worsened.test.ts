import { describe, expect, it } from 'vitest'
import { makeCohort, makeProtocol, makeRule, PAIN, report } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { prepare } from '@/lib/domain/outcomes/__fixtures__/prepare'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { deriveResultShifts } from './result-shifts'
import { deriveWorsened } from './worsened'

type Rows = readonly (readonly (number | null)[])[]
const worsened = (before: Rows, now: Rows, parameter = PAIN) => {
  const grids = (rows: Rows) => prepare(makeCohort(rows), { parameters: [report(parameter)] }).grids
  return deriveWorsened(grids(before), grids(now))
}

describe('who got worse', () => {
  it('is worse by the minimal important change of 2 than at the last visit, by name of the visit', () => {
    expect(worsened([[6, 3, null]], [[6, 3, 5]])).toMatchObject([
      {
        participant: 1,
        visit: 'M3',
        value: 5,
        threshold: 2,
        thanBaseline: null,
        thanPrevious: { visit: 'M1', value: 3, points: 2 },
      },
    ])
  })

  it('is worse than at baseline, where no visit lies in between, and not by less than 2', () => {
    expect(worsened([[6, null, null]], [[6, null, 8.5]])).toMatchObject([
      { visit: 'M3', thanBaseline: { visit: null, value: 6, points: 2.5 }, thanPrevious: null },
    ])
    expect(worsened([[6, null, null]], [[6, null, 7.9]])).toEqual([])
  })

  it('is news once: not where it was known before with the same values', () => {
    expect(worsened([[6, 9, null]], [[6, 9, null]])).toEqual([])
    expect(worsened([[6, 9, null]], [[6, 8, null]])).toMatchObject([{ visit: 'M1', value: 8 }])
  })

  it('follows a corrected baseline as well as a corrected visit', () => {
    expect(worsened([[8, 8, null]], [[6, 8, null]])).toMatchObject([
      { thanBaseline: { value: 6, points: 2 } },
    ])
  })

  it('follows the direction of the scale, and says nothing without direction or threshold', () => {
    const better = { ...PAIN, higherIs: 'better' as const }
    expect(worsened([[6, null, null]], [[6, 3, null]], better)).toMatchObject([
      { thanBaseline: { points: 3 } },
    ])
    expect(worsened([[6, null, null]], [[6, 9, null]], { ...PAIN, minimalImportantChange: null })).toEqual([])
    expect(worsened([[6, null, null]], [[6, 9, null]], { ...PAIN, higherIs: 'neither' })).toEqual([])
  })
})

describe('which results moved', () => {
  const rule = makeRule('P30', {
    condition: { parameter: 'PAIN', improvement: { atLeast: 30, unit: 'percent' } },
  })
  const protocol = makeProtocol({ responders: [rule] })
  const shifts = (before: Rows, now: Rows, of = protocol) =>
    deriveResultShifts(
      summarise(makeCohort(before), { protocol: of }),
      summarise(makeCohort(now), { protocol: of }),
    )

  it('tells mean change and responder rate before and now, each with its n, and the difference', () => {
    const found = shifts(
      [
        [8, 6, null],
        [6, 5, null],
      ],
      [
        [8, 5, null],
        [6, 5, null],
      ],
    )
    expect(found).toEqual([
      {
        ...{ parameter: 'PAIN', unit: 'points', arm: 'ONE', visit: 'M1', measure: { kind: 'meanChange' } },
        ...{ before: { value: -1.5, n: 2 }, now: { value: -2, n: 2 }, difference: -0.5 },
      },
      {
        ...{ parameter: 'PAIN', unit: 'points', arm: 'ONE', visit: 'M1' },
        measure: { kind: 'responders', code: 'P30', method: 'nonResponderImputation' },
        ...{ before: { value: 0, n: 2 }, now: { value: 0.5, n: 2 }, difference: 0.5 },
      },
      {
        ...{ parameter: 'PAIN', unit: 'points', arm: 'ONE', visit: 'M1' },
        measure: { kind: 'responders', code: 'P30', method: 'observedCases' },
        ...{ before: { value: 0, n: 2 }, now: { value: 0.5, n: 2 }, difference: 0.5 },
      },
    ])
  })

  it('tells a result that could not be computed before, without a difference, and nothing where nothing moved', () => {
    const [first] = shifts([[8, null, null]], [[8, 5, null]])
    expect(first).toMatchObject({ before: { value: null, n: 0 }, now: { value: -3, n: 1 }, difference: null })
    expect(shifts([[8, 5, 4]], [[8, 5, 4]])).toEqual([])
  })

  // threshold 2 points: from 6, 7 is not worse and 9 is
  it('tells how many are worse of how many, also where only the n moved', () => {
    const found = (before: Rows, now: Rows) =>
      shifts(before, now).filter(({ measure }) => measure.kind === 'worse')
    const same = { parameter: 'PAIN', visit: 'M1', measure: { kind: 'worse', threshold: 2 } }
    expect(found([[6, 7, null]], [[6, 9, null]])).toMatchObject([
      { ...same, before: { value: 0, n: 1 }, now: { value: 1, n: 1 }, difference: 1 },
    ])
    const rows: Rows = [[6, 5, null]]
    expect(found([...rows, [6, null, null]], [...rows, [6, 6, null]])).toMatchObject([
      { ...same, before: { value: 0, n: 1 }, now: { value: 0, n: 2 }, difference: 0 },
    ])
    expect(found([[6, 9, null]], [[6, 10, null]])).toEqual([])
  })

  it('is of the first parameter where the protocol has no responder rule', () => {
    expect(shifts([[8, 6, null]], [[8, 5, null]], makeProtocol())).toMatchObject([{ difference: -1 }])
  })
})
