import { TrajectoryChart } from '@/app/_ui/charts/trajectory-chart'
import {
  countLines,
  hasIntervalBeyondScale,
  MOST_DOSE_MARKS,
  MOST_LINES,
} from '@/app/_ui/charts/trajectory-chart-data'
import { TrajectoryKey } from './chart-key'
import { type CohortView, describeNotReached, describeSource } from './cohort-view'
import { Figure } from './figure'
import { ReportTableView } from './report-table-view'
import { deriveTrajectoryPanels, type TrajectoryPanel } from './trajectory-figure-data'
import { deriveValuesTable } from './values-table'

/** Means with their intervals over the lines of the participants, a panel for each score. */
export function TrajectoryFigure({ view, fileOf }: { view: CohortView; fileOf: (name: string) => string }) {
  const panels = deriveTrajectoryPanels(view)
  const table = deriveValuesTable(view)
  const lines = Math.max(0, ...panels.map(panel => countLines(panel.data)))
  const hasDoses = panels.some(({ data }) =>
    data.arms.some(arm => arm.lines.some(line => line.doseAfter !== null)),
  )
  return (
    <Figure
      id="trajectories"
      title="Figure 1. Scores over time"
      n={`n = ${view.inSet} ${view.summary.analysisSet}`}
      files={[{ label: 'CSV', href: fileOf('values.csv') }]}
      note={describeTrajectories(view, panels, lines)}
    >
      <TrajectoryKey
        arms={view.summary.parameters[0]?.arms ?? []}
        hasLines={lines > 0 && lines <= MOST_LINES}
        hasDoses={hasDoses && lines <= MOST_DOSE_MARKS}
      />
      <div className="chart-panels body">
        {panels.map(({ parameter, title, data, description }) => (
          <div key={parameter}>
            <h3>
              {title}
              <span className="lk">
                <a href={fileOf(`trajectories-${parameter}.svg`)} download aria-label={`${title}, SVG`}>
                  SVG
                </a>
              </span>
            </h3>
            <TrajectoryChart data={data} id={`trajectory-${parameter}`} description={description} />
          </div>
        ))}
      </div>
      <details className="figure-table">
        <summary>Table of values</summary>
        <ReportTableView table={table} label="Scores over time, values" minWidth="table-medium" />
      </details>
    </Figure>
  )
}

function describeTrajectories(view: CohortView, panels: readonly TrajectoryPanel[], lines: number): string {
  const offered = panels.some(panel => panel.data.rules.length > 0)
  return [
    'Observed cases, t interval; nothing imputed. Values whose window is still open count as early. Time in calendar months, weeks or days from day zero.',
    lines > MOST_LINES ? `Individual lines are not drawn above ${MOST_LINES} participants.` : '',
    panels.some(panel => hasIntervalBeyondScale(panel.data))
      ? 'An interval that reaches beyond the scale is drawn to its end; the table gives it in full.'
      : '',
    offered ? 'Dashed rule: a second dose may be given from then on.' : '',
    describeNotReached(view),
    describeSource(view),
  ]
    .filter(Boolean)
    .join(' ')
}
