import { describe, expect, it } from 'vitest'
import { UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import { day, THREE_ARMS } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { makeData, makeRecord, prepareFrom, TREATED } from './__fixtures__/population'
import { deriveMeasuredLine } from './baseline-line'
import { computeBaselineTable } from './baseline-table'
import type { ScreenedRecord } from './population-data'
import { concealSmallCells } from './small-cells'

const protocol = { ...TREATED, arms: THREE_ARMS }
const CLOSED = { participantArms: false, resultsByArm: true, armsNamed: true }

type Person = Partial<ScreenedRecord>
const times = (n: number, person: Person): Person[] => Array.from({ length: n }, () => person)

/** The cells of a line for arms A, B, the empty C and all, as [n, missing, mean, counts by category]. */
function tell(code: string, a: readonly Person[], b: readonly Person[], isClosed = true) {
  const people = [...a, ...b].map((person, index) =>
    makeRecord(index + 1, { doseDates: [day('2024-03-01')], ...person }),
  )
  const armOf = (participant: number) => (participant <= a.length ? 'A' : 'B')
  const cohort = prepareFrom(people, protocol, { protocol, armOf, ...(isClosed ? { masking: CLOSED } : {}) })
  const table = computeBaselineTable(cohort, protocol, makeData({ people }))
  const cells = table.lines.find(line => line.code === code)?.cells ?? []
  return cells.map(({ arm, n, missing, mean, categories }) => [
    arm,
    ...[n, missing, mean],
    categories.map(({ k }) => k),
  ])
}

const sexes = (female: number, male: number, intersex: number) => [
  ...times(female, { sex: 'female' }),
  ...times(male, { sex: 'male' }),
  ...times(intersex, { sex: 'intersex' }),
]

describe('counts by arm for a reader to whom the arm of a participant is closed', () => {
  it('leave out a category of fewer than five in an arm, and the next smallest that gives it away', () => {
    // Intersex 1 and 0; of the others male is the smaller, and 5 + 1 and 6 + 0 are enough.
    const [a, b] = [sexes(6, 5, 1), sexes(7, 6, 0)]
    expect(tell('SEX', a, b)).toEqual([
      ['A', 12, 0, null, [6, null, null]],
      ['B', 13, 0, null, [7, null, null]],
      ['C', 0, 0, null, [0, 0, 0]],
      ['ALL', 25, 0, null, [13, 11, 1]],
    ])
    expect(tell('SEX', a, b, false)).toEqual([
      ['A', 12, 0, null, [6, 5, 1]],
      ['B', 13, 0, null, [7, 6, 0]],
      ['C', 0, 0, null, [0, 0, 0]],
      ['ALL', 25, 0, null, [13, 11, 1]],
    ])
  })

  it('leave out a category that one arm has none of, since then everybody of it is in the other', () => {
    expect(tell('SEX', sexes(6, 8, 0), sexes(7, 0, 0)).map(cell => cell.at(-1))).toEqual([
      [null, null],
      [null, null],
      [0, 0],
      [13, 8],
    ])
  })

  it('tell what nobody lacks or has, and groups of five', () => {
    expect(tell('SEX', sexes(2, 0, 0), sexes(1, 0, 0)).slice(0, 2)).toEqual([
      ['A', 2, 0, null, [2, 0]],
      ['B', 1, 0, null, [1, 0]],
    ])
    expect(tell('SEX', sexes(5, 6, 0), sexes(7, 5, 0)).slice(0, 2)).toEqual([
      ['A', 11, 0, null, [5, 6]],
      ['B', 12, 0, null, [7, 5]],
    ])
  })

  it('leave out how many have no value, with the smallest category, since n and the counts add up', () => {
    const a = [...sexes(6, 7, 0), {}]
    expect(tell('SEX', a, sexes(8, 9, 0))).toEqual([
      ['A', null, null, null, [null, 7]],
      ['B', null, null, null, [null, 9]],
      ['C', 0, 0, null, [0, 0]],
      ['ALL', 30, 1, null, [14, 16]],
    ])
  })

  it('leave out the mean with n, since an exact mean of whole numbers gives n away', () => {
    const a = [...times(5, { age: 40 }), {}]
    const b = times(6, { age: 50 })
    expect(tell('AGE', a, b)).toEqual([
      ['A', null, null, null, []],
      ['B', null, null, null, []],
      ['C', 0, 0, null, []],
      // (5 · 40 + 6 · 50) / 11
      ['ALL', 11, 1, 500 / 11, []],
    ])
    expect(tell('AGE', a, b, false)[0]).toEqual(['A', 5, 1, 40, []])
    expect(tell('AGE', times(5, { age: 40 }), b).slice(0, 2)).toEqual([
      ['A', 5, 0, 40, []],
      ['B', 6, 0, 50, []],
    ])
  })

  it('leave a duration out of which few are unlimited, since that mean is missing where one is', () => {
    const values = [...[10, 20, 30, 40, 50, 60], ...[10, 20, 30, 40, 50, UNLIMITED_RANK]]
    const [a, b] = [
      [0, 1, 2, 3, 4, 5],
      [6, 7, 8, 9, 10, 11],
    ]
    const naming = { code: 'SITTING', label: 'Sitting', unit: 'min', heading: '' }
    const groups = { members: [a, b, [...a, ...b]], isCoarse: true }
    const line = deriveMeasuredLine(naming, values, groups, 'duration')
    expect(line.cells.map(({ mean }) => mean)).toEqual([35, null, null])
    expect(concealSmallCells(line)).toMatchObject([
      { n: null, meanReason: 'smallGroup', median: null, categories: [{ k: null }] },
      { n: null, meanReason: 'smallGroup', median: null, categories: [{ k: null }] },
      // Of 10 10 20 20 30 30 40 40 50 50 60 and the unlimited the sixth and seventh are 30 and 40.
      { n: 12, meanReason: 'unlimited', median: 35, categories: [{ k: 1 }] },
    ])
  })

  it('leave out of categories that do not exclude each other those that few are without', () => {
    // Discogenic 9 of 10 and 5 of 10: one of A is without. Facet 5 and 5 of 10: it alone would give nothing away, but of
    // those with one diagnosis each it is what is left, so that it goes with the other.
    const a = [
      ...times(4, { diagnosis: 'Disc; Facet' }),
      ...times(5, { diagnosis: 'Disc' }),
      { diagnosis: 'Facet' },
    ]
    const b = [...times(5, { diagnosis: 'Disc' }), ...times(5, { diagnosis: 'Facet' })]
    expect(tell('DIAGNOSIS', a, b)).toEqual([
      ['A', 10, 0, null, [null, null]],
      ['B', 10, 0, null, [null, null]],
      ['C', 0, 0, null, [0, 0]],
      ['ALL', 20, 0, null, [14, 10]],
    ])
    const everybody = times(10, { diagnosis: 'Disc' })
    expect(tell('DIAGNOSIS', everybody, everybody)[0]).toEqual(['A', 10, 0, null, [10]])
    expect(tell('DIAGNOSIS', [...everybody, {}], everybody)[0]).toEqual(['A', null, null, null, [null]])
  })
})
