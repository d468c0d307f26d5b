import { layOutEnrolment } from '@/app/_ui/charts/enrolment-layout'
import type { Enrolment } from '@/lib/domain/population/enrolment'
import type { CohortView } from '../cohort-view'
import { composeCaption } from '../figure-text'
import type { ReportFigure } from '../report-figure'
import { column, countCell, type ReportCell, type ReportTable, textCell } from '../report-table'
import { formatMonth } from './population-text'

/** Recruitment against plan. */
export function listEnrolmentFigures(view: CohortView): ReportFigure[] {
  const { enrolment } = view.summary.population
  const last = enrolment.months.at(-1)
  if (!last) return []
  const { planned, months } = enrolment
  const series = [
    { label: 'Screened', counts: months.map(month => month.screened) },
    { label: 'Enrolled', counts: months.map(month => month.enrolled) },
    ...(last.treated === null ? [] : [{ label: 'Treated', counts: months.map(month => month.treated ?? 0) }]),
  ]
  const data = {
    months: months.map(({ month }) => formatMonth(month)),
    series,
    target: planned === null ? null : { label: `Planned ${planned}`, count: planned },
  }
  const counts = series
    .map(({ label, counts: own }) => `${label.toLowerCase()} ${own.at(-1) ?? 0}`)
    .join(', ')
  const plan =
    planned === null
      ? 'The protocol names no number of participants.'
      : `The protocol plans ${planned} participants and names no dates, so that the plan is a line across and no slope.`
  return [
    {
      name: 'enrolment',
      section: 'conduct',
      title: 'Enrolment against plan',
      n: `n = ${last.screened} screened, ${last.enrolled} enrolled`,
      panels: [
        {
          name: 'enrolment',
          title: 'Enrolment against plan',
          description: `Persons up to ${formatMonth(last.month)}: ${counts}. ${plan}`,
          size: 'full',
          draw: width => layOutEnrolment(data, width),
        },
      ],
      key: [],
      note: [
        'Persons up to the end of each calendar month, the last up to the data cut, whatever group is chosen above. Screened by the first screening, enrolled by the day of enrolment, treated by the first dose.',
        plan,
        describeUndated(enrolment),
      ].filter(Boolean),
      caption: composeCaption([
        `Cumulative enrolment by calendar month: ${counts} by the data cut.`,
        plan,
        describeUndated(enrolment),
      ]),
      table: toTable(enrolment),
      explain: { about: 'participants' },
    },
  ]
}

function describeUndated({ undated }: Enrolment): string {
  const parts = Object.entries(undated).flatMap(([name, k]) => (k > 0 ? [`${name} ${k}`] : []))
  return parts.length === 0 ? '' : `Without a known day, and so in no month: ${parts.join(', ')}.`
}

function toTable({ months }: Enrolment): ReportTable {
  const hasTreated = months.some(({ treated }) => treated !== null)
  return {
    columns: [
      column('month', 'Month', 'head'),
      column('screened', 'Screened'),
      column('enrolled', 'Enrolled'),
      ...(hasTreated ? [column('treated', 'Treated')] : []),
    ],
    rows: months.map((each): ReportCell[] => [
      textCell(formatMonth(each.month), each.month),
      countCell(each.screened),
      countCell(each.enrolled),
      ...(hasTreated ? [countCell(each.treated ?? 0)] : []),
    ]),
  }
}
