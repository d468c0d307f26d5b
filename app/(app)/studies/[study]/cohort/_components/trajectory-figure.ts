import { armClass, drawDose, drawLine, drawMarker, type Mark } from '@/app/_ui/charts/drawing'
import {
  countLines,
  hasIntervalBeyondScale,
  hasQuantileBands,
  MOST_DOSE_MARKS,
} from '@/app/_ui/charts/trajectory-chart-data'
import { layOutTrajectories } from '@/app/_ui/charts/trajectory-layout'
import { MOST_LINES } from '@/lib/domain/outcomes/trajectories'
import { type CohortView, describeNotReached } from './cohort-view'
import { composeCaption, describeMissing } from './figure-text'
import { describeReferences, keyReferences, uniqueArms } from './reference/chosen-references'
import type { DrawnCourse } from './reference/trajectory-references'
import type { KeyEntry, ReportFigure } from './report-figure'
import { deriveTrajectoryPanels, type TrajectoryPanel } from './trajectory-figure-data'
import { deriveValuesTable } from './values-table'

/** Means with their intervals over the lines of the participants, a panel for each score. */
export function listTrajectoryFigures(view: CohortView): ReportFigure[] {
  const panels = deriveTrajectoryPanels(view)
  const [first] = panels
  if (!first) return []
  const n = `n = ${view.inSet} ${view.summary.analysisSet}`
  return [
    {
      name: 'trajectories',
      section: 'outcome',
      title: 'Scores over time',
      n,
      panels: panels.map(({ parameter, title, data, description }) => ({
        name: parameter,
        title,
        description,
        size: 'half',
        draw: width => layOutTrajectories(data, width),
      })),
      key: deriveKey(view, panels),
      note: describeTrajectories(view, panels),
      caption: describeCaption(view, panels),
      table: deriveValuesTable(view),
      explain: { parameter: first.parameter },
    },
  ]
}

function deriveKey(view: CohortView, panels: readonly TrajectoryPanel[]): KeyEntry[] {
  const arms = view.summary.parameters[0]?.arms ?? []
  const isSingle = arms.length === 1
  const lines = Math.max(0, ...panels.map(panel => countLines(panel.data)))
  const hasDoses = panels.some(({ data }) =>
    data.arms.some(arm => arm.lines.some(line => line.doseAfter !== null)),
  )
  const quantileLook = isSingle ? 'quantile' : `quantile by-arm ${armClass(0)}`
  const line: Mark = drawLine('ind', 0, 6, 28, 6)
  return [
    ...arms.map(({ arm, label, inSet }, index) => ({
      marks: [
        { kind: 'rect', x: 0, y: 0, width: 28, height: 12, className: `band ${armClass(index)}` },
        drawLine(`mean ${armClass(index)}`, 0, 6, 28, 6),
        drawMarker(index, 14, 6, 3.5),
      ] satisfies Mark[],
      text: isSingle ? 'Mean and 95% CI' : `${arm} ${label}, n = ${inSet}: mean and 95% CI`,
    })),
    ...(lines > 0 && lines <= MOST_LINES
      ? [
          {
            marks: [line],
            text: `One participant${isSingle ? '' : ' (in the colour of the arm)'}; dotted across a missing visit`,
          },
        ]
      : []),
    ...(panels.some(({ data }) => hasQuantileBands(data))
      ? [
          {
            marks: [
              { kind: 'rect', x: 0, y: 0, width: 28, height: 12, className: quantileLook },
              { kind: 'rect', x: 0, y: 3, width: 28, height: 6, className: quantileLook },
            ] satisfies Mark[],
            text: '10th to 90th and, darker, 25th to 75th percentile of the observed values',
          },
        ]
      : []),
    ...(hasDoses && lines <= MOST_DOSE_MARKS
      ? [{ marks: [drawDose(14, 6, 4.5)], text: 'Last value before a second dose' }]
      : []),
    ...keyReferences(listDrawn(panels)),
  ]
}

/** Published arms over all panels, each once: an arm keeps its look in every panel. */
function listDrawn(panels: readonly TrajectoryPanel[]): DrawnCourse[] {
  return uniqueArms(panels.flatMap(panel => panel.courses))
}

function describeTrajectories(view: CohortView, panels: readonly TrajectoryPanel[]): string[] {
  const offered = panels.some(panel => panel.data.rules.length > 0)
  return [
    `${describeMissing(view)} Means have t intervals. Values whose window is still open count as early. Time in calendar months, weeks or days from day zero.`,
    panels.some(({ data }) => hasQuantileBands(data))
      ? `Above ${MOST_LINES} participants bands of quantiles (type 7) at each visit stand for their lines.`
      : '',
    panels.some(panel => hasIntervalBeyondScale(panel.data))
      ? 'An interval that reaches beyond the scale is drawn to its end; the table gives it in full.'
      : '',
    offered ? 'Dashed rule: a second dose may be given from then on.' : '',
    ...describeReferences(listDrawn(panels)),
    describeNotReached(view),
  ].filter(Boolean)
}

function describeCaption(view: CohortView, panels: readonly TrajectoryPanel[]): string {
  const names = panels.map(({ title }) => title).join('; ')
  const drawn = panels.flatMap(panel => panel.courses)
  return composeCaption([
    `Scores over time: ${names}. Lines and markers are means, bands 95% t intervals; n at each visit below the axis.`,
    describeMissing(view),
    ...describeReferences(drawn),
    ...new Set(drawn.map(({ citation }) => `${citation}.`)),
  ])
}
