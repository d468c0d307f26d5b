import { deriveChangeTable } from './change-table'
import { type CohortView, describeNotReached } from './cohort-view'
import { deriveContrastTable, deriveResponderContrastTable } from './contrast-tables'
import { composeCaption, describeMissing } from './figure-text'
import type { ReportFigure } from './report-figure'
import { deriveResponderTable, describeBaselineZero } from './responder-table'

/** The tables of the result in their order; one that has no line is left out. */
export function listReportTables(view: CohortView): ReportFigure[] {
  const n = `n = ${view.inSet} ${view.summary.analysisSet}`
  const missing = describeMissing(view)
  const notReached = describeNotReached(view)
  const zero = describeBaselineZero(view).join(' ')
  const worse = 'Worse: by at least the minimal important change in points, of observed cases (Ostelo 2008).'
  const exploratory = 'p values are exploratory and not adjusted.'
  const tables: TableText[] = [
    {
      name: 'change',
      title: 'Change from baseline',
      table: deriveChangeTable(view),
      note: `Visit − baseline, participants with both values, t interval; negative is better where higher is worse. ${missing} Paired t test and Wilcoxon signed rank, two-sided; p values are exploratory. d_z: mean over SD of change; Hedges g: the same, small-sample corrected; Glass Δ: mean change over the SD at baseline.`,
    },
    {
      name: 'responders',
      title: 'Responders',
      table: deriveResponderTable(view, true),
      note: `Improvement positive when better. Expected: everyone in the set whose window has closed at the data cut; values from open windows are left out. ${worse} ${zero}`,
    },
    {
      name: 'other-rules',
      title: 'Other rules, not responder rates',
      table: deriveResponderTable(view, false),
      note: `Shown because the protocol names them; meeting one does not make a responder. ${worse}`,
    },
    {
      name: 'contrasts',
      title: 'Change from baseline between arms',
      table: deriveContrastTable(view),
      note: `First arm minus second. ${missing} Welch interval and test; analysis of covariance of change on arm and baseline (and strata, where recorded); rank-sum test with ties; Hedges g of change with the pooled SD. ${exploratory}`,
    },
    {
      name: 'responder-contrasts',
      title: 'Responder rates between arms',
      table: deriveResponderContrastTable(view),
      note: `Risk difference in percentage points, first arm minus second; Newcombe interval, Fisher exact test, two-sided. ${exploratory}`,
    },
  ]
  return tables
    .filter(({ table }) => table.rows.length > 0)
    .map(({ note, ...text }) => ({
      ...text,
      section: 'outcome',
      n,
      panels: [],
      key: [],
      note: [note, notReached].filter(Boolean),
      caption: composeCaption([`${text.title}.`, note]),
      explain: null,
    }))
}

interface TableText extends Pick<ReportFigure, 'name' | 'title' | 'table'> {
  readonly note: string
}
