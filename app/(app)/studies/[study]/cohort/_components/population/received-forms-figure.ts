import { drawText, type Mark } from '@/app/_ui/charts/drawing'
import {
  deriveHeat,
  HEAT_LIMITS,
  type HeatMapCell,
  type HeatMapChartData,
} from '@/app/_ui/charts/heat-map-chart-data'
import { layOutHeatMap } from '@/app/_ui/charts/heat-map-layout'
import type { ReceivedForm } from '@/lib/domain/population/received-forms'
import { formatPercent } from '@/lib/format/numbers'
import { type CohortView, nameVisit } from '../cohort-view'
import { composeCaption, describeSet } from '../figure-text'
import type { KeyEntry, ReportFigure } from '../report-figure'
import { column, countCell, countOfCell, type ReportCell, type ReportTable, textCell } from '../report-table'

/** How complete the record is: forms by visits. */
export function listReceivedFormsFigures(view: CohortView): ReportFigure[] {
  const { forms, total } = view.summary.population.completeness
  if (forms.length === 0 || view.inSet === 0) return []
  const { received, expected, expectedInFollowUp: followed } = total
  const overall = `Received ${received} of ${expected} expected${share(received, expected)}, and of ${followed} expected of those alive and in follow-up${share(received, followed)}.`
  const data = toHeatMap(view, forms)
  const method =
    'Received of expected, all arms together; in brackets received of those expected who were alive and in follow-up, where these are fewer. Expected: everyone in the set whose window has closed at the data cut, whatever happened to them. A questionnaire counts as received with a value of at least one of its scores, another form once it was filled in.'
  return [
    {
      name: 'received-forms',
      section: 'conduct',
      title: 'Completeness by form and visit',
      n: `${describeSet(view)}, expected by the data cut`,
      panels: [
        {
          name: 'received-forms',
          title: 'Completeness by form and visit',
          description: overall,
          size: 'full',
          draw: width => layOutHeatMap(data, width),
        },
      ],
      key: listKey(),
      note: [
        overall,
        method,
        '– not asked at the visit. Scores are counted one by one in the tables of values.',
      ],
      caption: composeCaption([
        'Completeness of data by form and visit; cells are received/expected, the darker the more is missing.',
        overall,
        method,
      ]),
      table: toTable(view, forms),
      explain: null,
    },
  ]
}

function share(k: number, n: number): string {
  return n === 0 ? '' : ` (${formatPercent(k / n)})`
}

function toHeatMap(view: CohortView, forms: readonly ReceivedForm[]): HeatMapChartData {
  const visits = view.protocol.visits.filter(({ code }) =>
    forms.some(form => form.visits.some(cell => cell.visit === code)),
  )
  return {
    columns: visits.map(({ code, name }) => ({ code, label: name })),
    rows: forms.map(form => ({
      label: form.label,
      cells: visits.map(({ code }): HeatMapCell => {
        const cell = form.visits.find(each => each.visit === code)
        if (!cell) return { kind: 'none' }
        if (cell.expected === 0)
          return { kind: 'text', text: cell.early > 0 ? `${cell.early} early` : 'not due' }
        return { kind: 'count', k: cell.received, n: cell.expected, inFollowUp: cell.expectedInFollowUp }
      }),
    })),
  }
}

function listKey(): KeyEntry[] {
  return HEAT_LIMITS.map((limit, index) => {
    const shade = deriveHeat(100 - limit, 100)
    const before = HEAT_LIMITS[index - 1]
    const text =
      before === undefined
        ? 'None missing'
        : limit === 100
          ? `More than ${before}% missing`
          : `Up to ${limit}%`
    const marks: Mark[] = [
      { kind: 'rect', x: 2, y: 0, width: 24, height: 12, className: `o${shade}` },
      drawText(14, 10, 'k/n', 'middle', `oi${shade}`),
    ]
    return { marks, text }
  })
}

function toTable(view: CohortView, forms: readonly ReceivedForm[]): ReportTable {
  return {
    columns: [
      column('form', 'Form', 'head'),
      column('visit', 'Visit', 'text'),
      column(['received', 'expected'], 'Received / expected'),
      column(['received_of_followed', 'expected_in_follow_up'], 'Received / expected in follow-up'),
      column('early', 'Early'),
    ],
    rows: forms.flatMap(form =>
      form.visits.map((cell): ReportCell[] => [
        textCell(form.label, form.form),
        textCell(nameVisit(view, cell.visit), cell.visit),
        countOfCell(cell.received, cell.expected, undefined),
        countOfCell(cell.received, cell.expectedInFollowUp, undefined),
        countCell(cell.early),
      ]),
    ),
  }
}
