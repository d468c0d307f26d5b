import { describe, expect, it } from 'vitest'
import { findInstrument } from '@/lib/domain/instruments/registry'
import {
  day,
  LATE_CUT,
  makeCohort,
  makeProtocol,
  makeRule,
  THREE_ARMS,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { computeCohortReport } from '@/lib/domain/outcomes/cohort-report'
import { deriveReportedParameters } from '@/lib/domain/outcomes/reported-parameters'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CohortView } from './cohort-view'
import { describeMissing } from './completeness-matrix'
import { deriveImprovementFigures } from './improvement-figure-data'
import { formatReportCsv } from './report-csv'
import { makeReportFile } from './report-files'
import { listReportTables } from './report-tables'
import { deriveTrajectoryPanels } from './trajectory-figure-data'

const OPEN = { participantArms: true, resultsByArm: true }
const CLOSED = { participantArms: true, resultsByArm: false }

const PAIN30 = makeRule('PAIN30', {
  label: '≥ 30 % less pain, "moderate"',
  condition: { parameter: 'NPRS_AVG', improvement: { atLeast: 30, unit: 'percent' } },
})
const ANY = makeRule('ANY', {
  condition: { parameter: 'NPRS_AVG', improvement: { above: 0, unit: 'points' } },
  isResponder: false,
})

/** Baseline and values at M1 and M3, in months; NPRS average only. */
function viewOf(
  rows: readonly (readonly (number | null)[])[],
  {
    changes = {},
    masking = OPEN,
    dataCut = LATE_CUT,
  }: {
    changes?: Partial<Protocol>
    masking?: typeof OPEN
    dataCut?: typeof LATE_CUT
  } = {},
): CohortView {
  const visits = [0, 1, 3].map((value, index) => ({
    code: ['BL', 'M1', 'M3'][index] ?? '',
    name: ['Baseline', '1 month', '3 months'][index] ?? '',
    target: { value, unit: 'months' as const },
    window: { beforeDays: 0, afterDays: 0 },
    instruments: ['nprs'],
    forms: [],
  }))
  const protocol = makeProtocol({
    visits,
    settings: { nprs: { items: ['average'] } },
    responders: [PAIN30, ANY],
    ...changes,
  })
  const cohort = makeCohort(rows, index => ({
    arm: protocol.arms[index % protocol.arms.length]?.code ?? null,
  }))
  const data = { ...cohort, scores: cohort.scores.map(score => ({ ...score, parameter: 'NPRS_AVG' })) }
  const report = computeCohortReport({
    protocol,
    parameters: deriveReportedParameters(protocol, findInstrument),
    data,
    dataCut,
    asOf: 12,
    version: '1.0',
    softwareVersion: '0.1.0',
    synthetic: true,
    masking,
  })
  return { ...report, title: 'Test', protocol, isPooled: !masking.resultsByArm }
}

const tableOf = (view: CohortView, name: string) =>
  listReportTables(view)
    .find(table => table.name === name)
    ?.table.rows.map(row => row.map(cell => cell.text))

/** clinical.md §4: mean change −2.333, SD 2.000, exact Wilcoxon p .015625. */
const CHECKED: (readonly (number | null)[])[] = [6, 7, 5, 8, 6, 7, 4, 6, 7].map((baseline, index) => [
  baseline,
  null,
  [3, 2, 5, 4, 1, 7, 2, 5, 6][index] ?? null,
])

describe('tables of the report', () => {
  it('show the check values of the clinical reference as a person reads them', () => {
    const change = tableOf(viewOf(CHECKED), 'change')
    expect(change?.[1]?.slice(0, 7)).toEqual([
      'Average pain',
      '3 months',
      '9',
      '−2.3',
      '2.0',
      '−3.9 to −0.8',
      '0.016 exact',
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
      'needs two values',
      'needs two values',
      '1 exact',
      'needs two values',
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
    const pooled = viewOf(rows, { changes: { arms: THREE_ARMS }, masking: CLOSED })
    expect(listReportTables(pooled).map(table => table.name)).toEqual(['change', 'responders', 'other-rules'])
    expect(JSON.stringify(listReportTables(pooled))).not.toMatch(/"[ABC]"|Arm A/)
  })
})

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
    const pooled = viewOf(CHECKED, { changes: { arms: THREE_ARMS }, masking: CLOSED })
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

  it('name what is missing, and sums where there is much', () => {
    expect(describeMissing(viewOf([[7, 5, 3]]))).toBe('Nothing expected is missing.')
    expect(describeMissing(viewOf([[7, null, 3]]))).toBe('Missing: Average pain, 1 month: 1 overdue.')
  })
})

describe('files of the report', () => {
  const source = { study: 'TEST', dataCut: day('2024-06-01'), asOf: 12, synthetic: true }

  it('quote as RFC 4180, keep full precision and give the reason of a missing number its own column', () => {
    const csv = formatReportCsv(
      {
        columns: [
          { names: ['rule'], label: 'Rule', kind: 'head' },
          { names: ['lower', 'upper'], label: '95% CI', kind: 'number' },
        ],
        rows: [
          [
            { text: 'x', values: ['a "b", c'] },
            { text: '1.0 to 2.0', values: [1 / 3, 2] },
          ],
          [
            { text: 'y', values: ['d'] },
            { text: 'no values', values: [], reason: 'noValues' },
          ],
        ],
      },
      source,
    )
    expect(csv).toBe(
      'study,data_cut,as_of,synthetic,rule,lower,upper,lower_reason\n' +
        'TEST,2024-06-01,12,1,"a ""b"", c",0.3333333333333333,2,\n' +
        'TEST,2024-06-01,12,1,d,,,noValues\n',
    )
  })

  it('hold no text that a spreadsheet runs, and numbers as they are', () => {
    const columns = [
      { names: ['label'], label: 'Label', kind: 'head' as const },
      { names: ['mean'], label: 'Mean', kind: 'number' as const },
    ]
    const labels = ['=HYPERLINK("http://x")', '+1', '-1+1', '@SUM(A1)', '≥ 30 %']
    const rows = labels.map(label => [
      { text: label, values: [label] },
      { text: '−5', values: [-5] },
    ])
    const read = formatReportCsv({ columns, rows }, source).split('\n').slice(1, -1)
    expect(read.map(line => line.replace('TEST,2024-06-01,12,1,', ''))).toEqual([
      '"\'=HYPERLINK(""http://x"")",-5',
      "'+1,-5",
      "'-1+1,-5",
      "'@SUM(A1),-5",
      '≥ 30 %,-5',
    ])
  })

  it('carry the badge in every drawing of synthetic data and are well formed', () => {
    const view = viewOf(CHECKED)
    for (const name of ['trajectories-NPRS_AVG.svg', 'improvement-nprs.svg']) {
      const svg = makeReportFile(view, name) ?? ''
      expect(svg).toContain('>Synthetic data<')
      expect(svg.startsWith('<svg xmlns="http://www.w3.org/2000/svg"')).toBe(true)
      expect(svg).not.toMatch(/NaN|undefined|var\(/)
      expect(svg.match(/<g /g)?.length).toBe(1)
    }
    for (const name of ['completeness', 'values', 'change', 'responders', 'other-rules', 'improvement-nprs'])
      expect(makeReportFile(view, `${name}.csv`), name).toMatch(/^study,data_cut,as_of,synthetic,/)
  })

  it('are none of another name', () => {
    for (const name of ['', 'change', 'change.txt', '../change.csv', 'trajectories-ODI.svg'])
      expect(makeReportFile(viewOf(CHECKED), name)).toBeUndefined()
  })
})
