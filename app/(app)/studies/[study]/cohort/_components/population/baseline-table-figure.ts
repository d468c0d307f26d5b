import type {
  BaselineTable,
  ToldBaselineCell,
  ToldBaselineLine,
} from '@/lib/domain/population/baseline-types'
import { formatCount, formatMean, formatPercent } from '@/lib/format/numbers'
import type { CohortView } from '../cohort-view'
import { composeCaption, describeSet } from '../figure-text'
import type { ReportFigure } from '../report-figure'
import { absentCell, column, medianCell, type ReportCell, type ReportTable, textCell } from '../report-table'

const SMALL_GROUPS =
  'You are not told which arm a participant is in: by arm, groups of fewer than 5 in an arm are not shown, nor the next smallest that would give them away by subtraction. Those with no value are such a group too; then nothing measured stands by arm.'

/** Who was studied: a table, since a paper's first table is read and not drawn. */
export function listBaselineFigures(view: CohortView): ReportFigure[] {
  const { baselineTable } = view.summary.population
  if (view.inSet === 0) return []
  const method =
    'Mean with SD and median with quartiles (type 7) of the values present, or k of those with a value; n and missing on every line. No p values: differences at baseline are described, not tested.'
  const rule =
    'Values are the last that count as baseline: on or before day zero and before the first dose. From the logs, what began before the first study procedure, harvest included; who has no entry counts with none.'
  return [
    {
      name: 'baseline-characteristics',
      section: 'participants',
      title: 'Baseline characteristics',
      n: describeSet(view),
      panels: [],
      key: [],
      note: [method, rule, ...(withholdsCounts(baselineTable) ? [SMALL_GROUPS] : [])],
      caption: composeCaption([
        `Baseline characteristics of participants${baselineTable.groups.length > 1 ? ', by arm' : ''}.`,
        'Values are mean (SD) and median (quartiles), or n (%).',
        'Percentages are of participants with a value; the number with a value, and how many are missing, stands beside each.',
      ]),
      table: toTable(view, baselineTable),
      explain: { about: 'participants' },
    },
  ]
}

function withholdsCounts({ lines }: BaselineTable): boolean {
  return lines.some(({ cells }) =>
    cells.some(({ n, categories }) => n === null || categories.some(({ k }) => k === null)),
  )
}

function toTable(view: CohortView, { groups, lines }: BaselineTable): ReportTable {
  const isSingle = groups.length === 1
  return {
    columns: [
      column('heading', 'Group', 'head'),
      column('characteristic', 'Characteristic', 'head'),
      column('statistic', 'Statistic', 'text'),
      ...groups.flatMap(({ arm, label, inSet }) => {
        const prefix = isSingle ? '' : `${arm}_`
        const over = isSingle ? undefined : `${label}, n = ${inSet}`
        const names = ['mean_median_or_k', 'sd_q1_or_n', 'q3'].map(name => `${prefix}${name}`)
        return [
          column(names, 'Value', 'number', over),
          column([`${prefix}n`, `${prefix}missing`], 'n (missing)', 'number', over),
        ]
      }),
    ],
    rows: lines.flatMap(line => listRows(view, line)),
  }
}

function listRows(view: CohortView, line: ToldBaselineLine): ReportCell[][] {
  const decimals = view.parameters.find(({ parameter }) => parameter.code === line.code)?.parameter.decimals
  const label =
    line.unit === '' || line.label.endsWith(line.unit) ? line.label : `${line.label}, ${line.unit}`
  const row = (
    statistic: string,
    code: string,
    cellOf: (cell: ToldBaselineCell) => ReportCell,
  ): ReportCell[] => [
    textCell(line.heading),
    textCell(label, line.code),
    textCell(statistic, code),
    ...line.cells.flatMap(cell => [cellOf(cell), countCell(cell)]),
  ]
  const counted = (line.cells[0]?.categories ?? []).map((category, index) =>
    row(category.label, category.code, cell => categoryCell(cell, index)),
  )
  if (line.kind !== 'measured') return counted
  const hasUnlimited = line.cells.some(({ categories }) => categories.some(({ k }) => (k ?? 0) > 0))
  return [
    row('Mean (SD)', 'mean', cell => meanCell(cell, decimals)),
    row('Median (quartiles)', 'median', cell => medianQuartilesCell(cell, decimals)),
    ...(hasUnlimited ? counted : []),
  ]
}

function meanCell({ mean, meanReason, sdSample }: ToldBaselineCell, decimals = 1): ReportCell {
  if (mean === null) return absentCell(meanReason)
  const sd = sdSample === null ? 'no SD: needs two values' : formatMean(sdSample, decimals)
  return { text: `${formatMean(mean, decimals)} (${sd})`, values: [mean, sdSample ?? '', ''] }
}

function medianQuartilesCell(
  { median, medianReason, q1, q3, q3Reason }: ToldBaselineCell,
  decimals = 1,
): ReportCell {
  if (median === null) return medianCell(median, medianReason, String)
  const upper =
    q3 === null ? (q3Reason === 'unlimited' ? 'unlimited' : 'not computed') : formatMean(q3, decimals)
  const lower = q1 === null ? 'unlimited' : formatMean(q1, decimals)
  return {
    text: `${formatMean(median, decimals)} (${lower} to ${upper})`,
    values: [median, q1 ?? '', q3 ?? ''],
  }
}

function categoryCell({ n, categories }: ToldBaselineCell, index: number): ReportCell {
  const { k = 0, kReason } = categories[index] ?? {}
  if (k === null) return absentCell(kReason)
  if (n === 0) return absentCell('noValues')
  if (n === null) return { text: String(k), values: [k, '', ''] }
  return { text: `${formatCount(k, n)} (${formatPercent(k / n)})`, values: [k, n, ''] }
}

function countCell({ n, nReason, missing }: ToldBaselineCell): ReportCell {
  if (n === null || missing === null) return absentCell(nReason)
  return { text: missing === 0 ? String(n) : `${n} (${missing})`, values: [n, missing] }
}
