import { deriveLooks, type StackedChartData } from '@/app/_ui/charts/stacked-chart-data'
import { layOutStacked } from '@/app/_ui/charts/stacked-layout'
import type { Instrument } from '@/lib/domain/instruments/instrument'
import type { LevelChange } from '@/lib/domain/outcomes/level-change'
import { formatPercent } from '@/lib/format/numbers'
import { armCells, armColumns, type CohortView } from '../cohort-view'
import { composeCaption, describeSet, joinNames } from '../figure-text'
import type { FigurePanel, ReportFigure } from '../report-figure'
import {
  column,
  numberCell,
  percentBoundsCell,
  type ReportCell,
  type ReportTable,
  textCell,
} from '../report-table'
import { describeBars, toKey } from './level-panels'
import {
  describePlaces,
  groupByInstrument,
  listLaterVisits,
  type ShownParameter,
  type ShownVisit,
  visitOf,
} from './shown-visits'

const COURSES = ['Better', 'Unchanged', 'Worse'] as const
const CATEGORIES = deriveLooks(COURSES.length).flatMap((look, index) => {
  const label = COURSES[index]
  return label === undefined ? [] : [{ label, look }]
})

interface ChangePanel extends ShownParameter {
  readonly instrument: Instrument
  /** With its instrument where two scores share a name. */
  readonly title: string
  readonly visits: readonly ShownVisit[]
}

/** A value carried forward would count as unchanged: steps are counted between measured values alone. */
const OBSERVED = 'Observed cases: what is filled in for missing values is not counted.'

/** Who is at a better, the same or a worse level than at baseline, of every ordered score that has a direction. */
export function listLevelChangeFigures(view: CohortView): ReportFigure[] {
  const groups = groupByInstrument(view, ({ kind, higherIs }) => kind === 'ordered' && higherIs !== 'neither')
  const labels = groups.flatMap(([, parameters]) =>
    parameters.map(({ reported }) => reported.parameter.label),
  )
  const panels = groups.flatMap(([instrument, parameters]) =>
    parameters
      .map(shown => ({
        ...shown,
        instrument,
        title: nameApart(shown.reported.parameter.label, labels, instrument.name),
        visits: listCounted(view, shown),
      }))
      .filter(({ visits }) => visits.length > 0),
  )
  const [first] = panels
  if (!first) return []
  const places = [...new Set(panels.map(({ instrument }) => describePlaces(instrument)))]
    .filter(Boolean)
    .join(' ')
  const rule =
    'Any step of the scale counts; of findings that compare with baseline by themselves the middle level is unchanged.'
  const counted = 'Participants whose visit is due, with both values; values from open windows are left out.'
  const names = joinNames(panels.map(({ title }) => title))
  return [
    {
      name: 'level-change',
      section: 'outcome',
      title: 'Ordered scores against baseline: better, unchanged, worse',
      n: describeSet(view),
      panels: panels.map(toPanel),
      key: toKey(CATEGORIES),
      note: [
        `Number of participants in the segment; the axis is percent of n. ${rule}`,
        `${counted} Intervals: Clopper–Pearson, 95%. ${OBSERVED}`,
        places,
      ].filter(Boolean),
      caption: composeCaption([
        `Participants at a better, the same or a worse level than at baseline: ${names}. Numbers in the bars are counts, numbers beside them everybody counted.`,
        rule,
        counted,
        OBSERVED,
        places,
      ]),
      table: deriveTable(view, panels),
      explain: { parameter: first.summary.parameter, visit: first.visits.at(-1)?.code },
    },
  ]
}

/** A label with its instrument where another score has the same. */
function nameApart(label: string, all: readonly string[], instrument: string): string {
  return all.filter(each => each === label).length > 1 ? `${instrument}: ${label}` : label
}

/** Visits at which the change is counted at all. */
function listCounted(view: CohortView, shown: ShownParameter): ShownVisit[] {
  return listLaterVisits(view, shown).filter(visit =>
    shown.summary.arms.some(arm => (visitOf(arm, visit)?.levelChange?.n ?? null) !== null),
  )
}

function toPanel({ summary, title, visits }: ChangePanel): FigurePanel {
  const data: StackedChartData = {
    categories: CATEGORIES,
    hasOwnKey: false,
    visits: visits.map(visit => ({
      label: visit.name,
      bars: summary.arms.map(arm => {
        const change = visitOf(arm, visit)?.levelChange
        return {
          label: summary.arms.length > 1 ? arm.arm : null,
          n: change?.n ?? 0,
          counts: [change?.better ?? 0, change?.unchanged ?? 0, change?.worse ?? 0],
        }
      }),
    })),
  }
  return {
    name: summary.parameter,
    title,
    description: describeBars(data),
    size: 'half',
    draw: width => layOutStacked(data, width),
  }
}

function deriveTable(view: CohortView, panels: readonly ChangePanel[]): ReportTable {
  return {
    columns: [
      column('parameter', 'Score', 'head'),
      column('visit', 'Visit', 'head'),
      ...armColumns(view),
      column('n', 'n'),
      column('better', 'Better'),
      column('better_proportion', '%'),
      column(['better_ci_lower', 'better_ci_upper'], '95% CI'),
      column('unchanged', 'Unchanged'),
      column('worse', 'Worse'),
      column('worse_proportion', '%'),
      column(['worse_ci_lower', 'worse_ci_upper'], '95% CI'),
    ],
    rows: panels.flatMap(({ summary, title, visits }) =>
      visits.flatMap(visit =>
        summary.arms.flatMap(arm => {
          const change = visitOf(arm, visit)?.levelChange
          if (!change) return []
          return [
            [
              textCell(title, summary.parameter),
              textCell(visit.name, visit.code),
              ...armCells(view, arm),
              ...listCells(change),
            ],
          ]
        }),
      ),
    ),
  }
}

function listCells(change: LevelChange): ReportCell[] {
  return [
    numberCell(change.n, change.nReason, String),
    numberCell(change.better, change.betterReason, String),
    numberCell(change.betterProportion, change.betterProportionReason, formatPercent),
    percentBoundsCell(change.betterClopperPearson, change.betterClopperPearsonReason),
    numberCell(change.unchanged, change.unchangedReason, String),
    numberCell(change.worse, change.worseReason, String),
    numberCell(change.worseProportion, change.worseProportionReason, formatPercent),
    percentBoundsCell(change.worseClopperPearson, change.worseClopperPearsonReason),
  ]
}
