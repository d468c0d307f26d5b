import { describe, expect, it } from 'vitest'
import { POOLED, THREE_ARMS } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { CHECKED, viewOf } from './__fixtures__/cohort-view'
import { deriveImprovementFigures } from './improvement-figure-data'
import { deriveTrajectoryPanels } from './trajectory-figure-data'

describe('figures of the report', () => {
  it('rank participants by the last visit, list who has no value in words and mark low baselines', () => {
    const [figure] = deriveImprovementFigures(
      viewOf([
        [8, 8, 6],
        [3, 3, 0],
        [7, 7, null],
        [0, 2, 2],
      ]),
    )
    const rows = figure?.data.groups[0]?.rows ?? []
    expect(rows.map(row => row.subject)).toEqual(['MEL-002', 'MEL-001', 'MEL-003', 'MEL-004'])
    expect(rows.map(row => row.cells[1])).toEqual([
      { kind: 'value', value: 100, lowBaseline: true },
      { kind: 'value', value: 25, lowBaseline: false },
      { kind: 'none', reason: 'missing' },
      { kind: 'none', reason: 'baseline 0' },
    ])
    expect(figure?.data.panels.map(panel => panel.n)).toEqual([3, 2])
  })

  it('have no bars by participant where nobody may be named', () => {
    const pooled = viewOf(CHECKED, { changes: { arms: THREE_ARMS }, masking: POOLED })
    expect(deriveImprovementFigures(pooled)).toEqual([])
    expect(JSON.stringify(deriveTrajectoryPanels(pooled))).not.toMatch(/MEL-|"[ABC]"/)
  })

  it('describe a panel in words for who does not see it', () => {
    expect(
      deriveTrajectoryPanels(
        viewOf([
          [7, 5, 3],
          [5, 5, 4],
        ]),
      )[0]?.description,
    ).toBe('mean Baseline 6.0 (n 2), 1 month 5.0 (n 2), 3 months 3.5 (n 2).')
  })
})
