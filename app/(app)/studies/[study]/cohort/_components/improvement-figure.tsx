import { ImprovementChart } from '@/app/_ui/charts/improvement-chart'
import { countRows, LOWEST_BAR, MOST_ROWS } from '@/app/_ui/charts/improvement-chart-data'
import { formatCount } from '@/lib/format/numbers'
import { ImprovementKey } from './chart-key'
import { type CohortView, describeSource } from './cohort-view'
import { Figure } from './figure'
import type { ImprovementFigure } from './improvement-figure-data'
import { deriveImprovementTable } from './improvement-table'
import { ReportTableView } from './report-table-view'

/** Ranked bars of percent improvement, one row a participant, of the scores of one instrument. */
export function ImprovementFigureView(props: {
  view: CohortView
  figure: ImprovementFigure
  number: number
  fileOf: (name: string) => string
}) {
  const { view, figure } = props
  const { instrument, data } = figure
  const isNamed = countRows(data) <= MOST_ROWS
  const title = `Figure ${props.number}. Improvement per participant: ${figure.parameters.map(({ label }) => label).join(', ')}`
  const doses = view.secondDose && formatCount(view.secondDose.k, view.secondDose.n)
  const hasLow = data.groups.some(group =>
    group.rows.some(row => row.cells.some(cell => cell.kind === 'value' && cell.lowBaseline)),
  )
  const low = figure.parameters[0]?.minimalImportantChange
  return (
    <Figure
      id={`improvement-${instrument.code}`}
      title={title}
      n={`n = ${view.inSet} ${view.summary.analysisSet}`}
      files={[
        { label: 'SVG', href: props.fileOf(`improvement-${instrument.code}.svg`) },
        { label: 'CSV', href: props.fileOf(`improvement-${instrument.code}.csv`) },
      ]}
      note={describeBars(view, isNamed)}
    >
      <ImprovementKey
        doses={isNamed && doses ? `Second dose (${doses})` : null}
        lowBaseline={
          isNamed && hasLow && low
            ? `baseline below ${2 * low.points} points, twice the minimal important change`
            : null
        }
      />
      <div className="body">
        <ImprovementChart
          data={data}
          id={`improvement-${instrument.code}`}
          title={title}
          description={describePanels(figure)}
        />
      </div>
      <details className="figure-table">
        <summary>Table of participants</summary>
        <ReportTableView
          table={deriveImprovementTable(view, figure)}
          label={`${title}, values`}
          minWidth="table-medium"
        />
      </details>
    </Figure>
  )
}

function describePanels({ data }: ImprovementFigure): string {
  return data.panels.map(({ title, n }) => `${title}: ${n} with a value.`).join(' ')
}

function describeBars(view: CohortView, isNamed: boolean): string {
  return [
    'Percent improvement from baseline, positive is better; missing values have no bar. Dashed rules: 30% and 50%.',
    isNamed
      ? 'One row is one participant in all panels, ordered by the first score at its last visit.'
      : `Above ${MOST_ROWS} participants each panel is ranked for itself, without names; second doses and low baselines stand in the table.`,
    `Bars stop at −${-LOWEST_BAR}%${isNamed ? ' with the value written' : '; the table has the values'}.`,
    describeSource(view),
  ].join(' ')
}
