import { describe, expect, it } from 'vitest'
import { day, POOLED, THREE_ARMS } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { CHECKED, viewOf } from './__fixtures__/cohort-view'
import { findUnsound } from './__fixtures__/sound-figure'
import type { CohortView } from './cohort-view'
import { listNumberedFigures } from './numbered-figures'
import { instrumentsView } from './outcomes/__fixtures__/instruments-view'

const BEFORE_ANY_VISIT = { dataCut: day('2024-01-02') }
const IN_THREE_ARMS = { changes: { arms: THREE_ARMS } }
const CONSTANT = new Array(6).fill([6, 6, 6])

const VIEWS: readonly (readonly [string, () => CohortView])[] = [
  ['nobody', () => viewOf([])],
  ['one participant', () => viewOf([[7, 5, 4]])],
  ['one participant with a baseline alone', () => viewOf([[7, null, null]])],
  ['one participant without a baseline', () => viewOf([[null, 5, 4]])],
  ['participants without any value', () => viewOf(new Array(3).fill([null, null, null]))],
  ['the same value throughout', () => viewOf(CONSTANT)],
  ['the same value throughout, in three arms', () => viewOf(CONSTANT, IN_THREE_ARMS)],
  ['baselines of 0', () => viewOf(new Array(4).fill([0, 3, 0]))],
  ['an arm of one participant and an arm of nobody', () => viewOf([...CHECKED.slice(0, 2)], IN_THREE_ARMS)],
  [
    'a value in one arm of three',
    () =>
      viewOf(
        [
          [7, 5, 4],
          [6, null, null],
          [null, null, null],
        ],
        IN_THREE_ARMS,
      ),
  ],
  [
    'no visit due',
    () =>
      viewOf(
        CHECKED.map(([baseline = null]) => [baseline]),
        BEFORE_ANY_VISIT,
      ),
  ],
  ['three arms', () => viewOf(CHECKED, IN_THREE_ARMS)],
  ['arms pooled', () => viewOf(CHECKED, { ...IN_THREE_ARMS, masking: POOLED })],
  ['every kind of score of nobody', () => instrumentsView(0, 1)],
  ['every kind of score of one', () => instrumentsView(1, 1)],
  ['every kind of score of two in four arms', () => instrumentsView(2, 4)],
  ['every kind of score, filled in', () => instrumentsView(9, 3, { missingData: 'worstCase' })],
  [
    'every kind of score, in window while on the first dose',
    () =>
      instrumentsView(9, 1, { inWindowOnly: true, strategy: 'whileOnFirstDose', timeAxis: 'sinceLastDose' }),
  ],
]

describe('figures and tables of little', () => {
  it.each(VIEWS)('say in words what cannot be computed: %s', (_, make) => {
    expect(listNumberedFigures(make()).flatMap(findUnsound)).toEqual([])
  })

  it('would show a number that is none', () => {
    const [figure] = listNumberedFigures(viewOf(CHECKED))
    if (!figure) throw new Error('no figure')
    const cells = [
      { text: 'NaN', values: [Number.NaN] },
      { text: '', values: [] },
    ]
    const { columns } = figure.table
    const rows = [columns.map((_, at) => cells[at % 2] ?? { text: '', values: [] })]
    expect(findUnsound({ ...figure, table: { columns, rows } }).length).toBeGreaterThan(columns.length)
  })
})
