import { describe, expect, it } from 'vitest'
import { day, POOLED, THREE_ARMS } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { CHECKED, PAIN30, viewOf } from './__fixtures__/cohort-view'
import type { CohortView } from './cohort-view'
import { listReportTables } from './report-tables'

const tableOf = (view: CohortView, name: string) =>
  listReportTables(view)
    .find(table => table.name === name)
    ?.table.rows.map(row => row.map(cell => cell.text))

describe('tables of the report', () => {
  it('show the check values of the clinical reference as a person reads them', () => {
    const change = tableOf(viewOf(CHECKED), 'change')
    // Effect sizes by hand: −2.333 / 2.000, times 1 − 3/31, and −2.333 over the SD 1.202 at baseline.
    expect(change?.[1]).toEqual([
      'Average pain',
      '3 months',
      '9',
      '−2.3',
      '2.0',
      '−3.9 to −0.8',
      ...['−3.50', '8', '0.008', '0.016 exact'],
      ...['−1.17', '−1.05', '−1.94'],
    ])
  })

  it('give k/n, percent and both intervals of a rule, and who is worse beside them', () => {
    const [, m3] = tableOf(viewOf(CHECKED), 'responders') ?? []
    // 5 of 9 improved by 30 %: intervals of 5/9 as in clinical.md §4.
    expect(m3).toEqual([
      PAIN30.label,
      '3 months',
      ...['5/9', '56%', '26.7 to 81.1', '21.2 to 86.3'],
      ...['5/9', '56%', '26.7 to 81.1', '21.2 to 86.3'],
      '0/9',
      '2 points',
    ])
  })

  it('keep a rule that is no responder rule in a table of its own, which never says responder', () => {
    const tables = listReportTables(viewOf(CHECKED))
    const own = tables.find(table => table.name === 'other-rules')
    expect(own?.table.rows).toHaveLength(2)
    expect(JSON.stringify(own?.table)).not.toMatch(/responder/i)
    expect(JSON.stringify(tables.find(table => table.name === 'responders')?.table)).not.toContain('ANY')
  })

  it('say in words why a number is missing, and never show NaN, Infinity or an empty cell', () => {
    const views = [
      viewOf([]),
      viewOf([[7, 5, 4]]),
      viewOf([
        [0, 3, 2],
        [5, null, null],
      ]),
      viewOf([
        [6, 6, 6],
        [6, 6, 6],
      ]),
    ]
    for (const view of views) {
      for (const { table } of listReportTables(view))
        for (const row of table.rows)
          for (const cell of row) {
            expect(cell.text).not.toBe('')
            expect(cell.text).not.toMatch(/NaN|Infinity|undefined|null/)
          }
    }
    const single = tableOf(viewOf([[7, 5, 4]]), 'change')
    expect(single?.[0]?.slice(2)).toEqual([
      '1',
      '−2.0',
      ...new Array(5).fill('needs two values'),
      '1 exact',
      ...new Array(3).fill('needs two values'),
    ])
  })

  it('leave out visits that nobody has reached, and name them', () => {
    const early = viewOf(
      CHECKED.map(row => [...row.slice(0, 1), 5, 3]),
      { dataCut: day('2024-04-01') },
    )
    expect(tableOf(early, 'change')?.map(row => row[1])).toEqual(['1 month'])
    expect(listReportTables(early)[0]?.note).toContain('Not yet due for anyone: 3 months.')
  })

  it('stand by arm with contrasts where there are arms, and without either where results are pooled', () => {
    const rows = CHECKED.slice(0, 6)
    const open = viewOf(rows, { changes: { arms: THREE_ARMS } })
    expect(tableOf(open, 'contrasts')?.map(row => row[2])).toContain('A − B')
    const pooled = viewOf(rows, { changes: { arms: THREE_ARMS }, masking: POOLED })
    expect(listReportTables(pooled).map(table => table.name)).toEqual(['change', 'responders', 'other-rules'])
    expect(JSON.stringify(listReportTables(pooled))).not.toMatch(/"[ABC]"|Arm A/)
  })
})
