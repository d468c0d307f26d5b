import { describe, expect, it } from 'vitest'
import { expectInside } from '@/app/_ui/charts/__fixtures__/geometry'
import { day } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import { CHECKED, viewOf } from '../__fixtures__/cohort-view'
import { PANEL_WIDTHS } from '../report-figure'
import { listSinceDoseFigures } from './since-dose-figure'

const FIRST = { treatment: 'DOSE1', date: day('2024-02-01') }
/** Between the values at 1 month (1 March) and at 3 months (1 May): the latter is 30 days after it. */
const SECOND = { treatment: 'DOSE2', date: day('2024-04-01') }

const view = { ...DEFAULT_ANALYSIS_VIEW, timeAxis: 'sinceLastDose' } as const

describe('change by time since the last dose', () => {
  it('stands against baseline and against the last value before that dose', () => {
    const [figure] = listSinceDoseFigures(
      viewOf(
        [
          [8, 5, 3],
          [8, 6, 4],
        ],
        {
          view,
          participant: index => ({
            dayZero: FIRST.date,
            doses: index === 0 ? [FIRST, SECOND] : [FIRST],
          }),
        },
      ),
    )
    // One month after their last dose: 3 − 8 and 6 − 8 against baseline, 3 − 5 and 6 − 8 against the value before it.
    const rows = figure?.table.rows.map(row => row.map(cell => cell.text))
    expect(rows?.[0]?.slice(0, 6)).toEqual(['Average pain', '1 month', '2', '1', '2', '−3.5'])
    expect(rows?.[0]?.[9]).toBe('−2.0')
    expect(rows?.[1]?.slice(0, 6)).toEqual(['Average pain', '3 months', '1', '0', '1', '−4.0'])
    for (const panel of figure?.panels ?? [])
      for (const width of Object.values(PANEL_WIDTHS[panel.size])) expectInside(panel.draw(width))
  })

  it('is there only where the view counts time from the last dose', () => {
    expect(listSinceDoseFigures(viewOf(CHECKED))).toEqual([])
  })
})
