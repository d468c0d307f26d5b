import { drawDose, type Mark } from '@/app/_ui/charts/drawing'
import { countRows, LOWEST_BAR, MOST_ROWS } from '@/app/_ui/charts/improvement-chart-data'
import { layOutImprovement } from '@/app/_ui/charts/improvement-layout'
import { formatCount } from '@/lib/format/numbers'
import type { CohortView } from '../cohort-view'
import { composeCaption, describeMissing, describeSet, joinNames } from '../figure-text'
import { deriveImprovementFigures, type ImprovementFigure } from '../improvement-figure-data'
import { deriveImprovementTable } from '../improvement-table'
import type { KeyEntry, ReportFigure } from '../report-figure'

const BARS = [
  ['b50', '50% or more'],
  ['b30', '30 to under 50%'],
  ['b0', 'above 0 to under 30%'],
  ['bneg', 'worse'],
] as const

/** Ranked bars of percent improvement, a row a participant: a figure for each instrument on which zero means none. */
export function listImprovementFigures(view: CohortView): ReportFigure[] {
  return deriveImprovementFigures(view).map(figure => {
    const { instrument, parameters, data } = figure
    const names = joinNames(parameters.map(({ label }) => label))
    const isNamed = countRows(data) <= MOST_ROWS
    const rows = isNamed
      ? 'One row is one participant in all panels, ordered by the first score at its last visit.'
      : `Above ${MOST_ROWS} participants each panel is ranked for itself, without names.`
    const bars = `Positive is better; bars stop at −${-LOWEST_BAR}%${isNamed ? ' with the value written' : ''}.`
    const inTable = isNamed ? '' : ' Values beyond it, second doses and low baselines stand in the table.'
    const missing = `${describeMissing(view)} Who has no value has no bar, and the reason in its place.`
    return {
      name: `improvement-${instrument.code}`,
      section: 'outcome',
      title: `Improvement per participant: ${names}`,
      n: describeSet(view),
      panels: [
        {
          name: 'bars',
          title: `Improvement: ${names}`,
          description: data.panels.map(({ title, n }) => `${title}: ${n} with a value.`).join(' '),
          size: 'full',
          draw: width => layOutImprovement(data, width),
        },
      ],
      key: deriveKey(view, figure, isNamed),
      note: [
        `Percent improvement from baseline. ${bars}${inTable}`,
        'Dashed rules: 30% and 50%.',
        rows,
        missing,
      ],
      caption: composeCaption([
        `Percent improvement from baseline of each participant: ${data.panels.map(({ title, n }) => `${title} (n = ${n})`).join('; ')}.`,
        `${bars} Dashed lines at 30% and 50%. ${rows} ${missing}`,
        describeLow(figure),
      ]),
      table: deriveImprovementTable(view, figure),
      explain: { parameter: parameters[0]?.code ?? '', visit: undefined },
    }
  })
}

function deriveKey(view: CohortView, figure: ImprovementFigure, isNamed: boolean): KeyEntry[] {
  const doses = view.secondDose && formatCount(view.secondDose.k, view.secondDose.n)
  const low = describeLow(figure)
  return [
    ...BARS.map(([className, text]) => ({
      marks: [{ kind: 'rect', x: 8, y: 0, width: 12, height: 12, className } satisfies Mark],
      text,
    })),
    ...(isNamed && doses ? [{ marks: [drawDose(14, 6)], text: `Second dose (${doses})` }] : []),
    ...(isNamed && low !== ''
      ? [
          {
            marks: [
              { kind: 'text', x: 14, y: 10, text: '†', anchor: 'middle', className: 'v' } satisfies Mark,
            ],
            text: low.slice(2),
          },
        ]
      : []),
  ]
}

/** What the dagger means, where one is drawn. */
function describeLow({ data, parameters }: ImprovementFigure): string {
  const hasLow = data.groups.some(group =>
    group.rows.some(row => row.cells.some(cell => cell.kind === 'value' && cell.lowBaseline)),
  )
  const thresholds = parameters.flatMap(({ minimalImportantChange }) =>
    minimalImportantChange ? [2 * minimalImportantChange.points] : [],
  )
  return hasLow
    ? `† Baseline below ${joinNames([...new Set(thresholds)].map(String))} points, twice the minimal important change.`
    : ''
}
