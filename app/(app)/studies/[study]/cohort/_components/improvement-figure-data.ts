import {
  type ImprovementCell,
  type ImprovementChartData,
  type ImprovementRow,
  MOST_ROWS,
} from '@/app/_ui/charts/improvement-chart-data'
import type { Instrument, Parameter } from '@/lib/domain/instruments/instrument'
import { findParameter } from '@/lib/domain/instruments/registry'
import type { ReportedMember } from '@/lib/domain/outcomes/cohort-report'
import { deriveReportVisits } from '@/lib/domain/outcomes/report-visits'
import type { IndividualImprovement } from '@/lib/domain/outcomes/summary-types'
import { formatUndefined } from '@/lib/format/reasons'
import { type CohortView, isReached, listParameters, nameVisit } from './cohort-view'

/** Percent improvement of each participant, one figure for each instrument. */
export interface ImprovementFigure {
  readonly instrument: Instrument
  readonly parameters: readonly Parameter[]
  readonly data: ImprovementChartData
}

interface PanelSource {
  readonly parameter: Parameter
  readonly visit: string
  /** One for each member. */
  readonly cells: readonly ImprovementCell[]
}

const NOT_DUE: ImprovementCell = { kind: 'none', reason: 'not yet due' }

/** Empty where participants may not be named, and for scales on which percent has no meaning. */
export function deriveImprovementFigures(view: CohortView): ImprovementFigure[] {
  const { members } = view
  if (members === null) return []
  const positions = new Map(members.map(({ subject }, position) => [subject, position]))
  const figures = new Map<Instrument, PanelSource[]>()
  for (const { summary, reported } of listParameters(view)) {
    if (!summary.individuals?.length) continue
    const instrument = findParameter(summary.parameter, view.protocol.settings)?.instrument
    if (!instrument) continue
    const panels = figures.get(instrument) ?? []
    const visits = deriveReportVisits(view.protocol, reported.visits).filter(visit =>
      isReached(view, summary.parameter, visit),
    )
    const placed = placeCells(reported.parameter, summary.individuals, visits, members, positions)
    panels.push(...[...placed].map(([visit, cells]) => ({ parameter: reported.parameter, visit, cells })))
    if (panels.length > 0) figures.set(instrument, panels)
  }
  return [...figures].map(([instrument, panels]) => ({
    instrument,
    parameters: [...new Set(panels.map(panel => panel.parameter))],
    data: drawFrom(view, members, panels),
  }))
}

/** The cells of one parameter by visit and member, each individual touched once. */
function placeCells(
  parameter: Parameter,
  individuals: readonly IndividualImprovement[],
  visits: readonly string[],
  members: readonly ReportedMember[],
  positions: ReadonlyMap<string, number>,
): Map<string, ImprovementCell[]> {
  const placed = new Map(
    visits.map(visit => [visit, new Array<ImprovementCell>(members.length).fill(NOT_DUE)]),
  )
  for (const individual of individuals) {
    const cells = placed.get(individual.visit)
    if (!cells) continue
    const position = positions.get(individual.subject)
    const member = position === undefined ? undefined : members[position]
    if (position !== undefined && member) cells[position] = toCell(parameter, individual, member)
  }
  return placed
}

function drawFrom(
  view: CohortView,
  members: readonly ReportedMember[],
  panels: readonly PanelSource[],
): ImprovementChartData {
  const arms = view.summary.parameters[0]?.arms ?? []
  const groups = arms.map(arm => {
    const rows = members.flatMap((member, position): ImprovementRow[] =>
      member.arm === arm.arm
        ? [
            {
              subject: member.subject,
              hasSecondDose: member.hasSecondDose,
              cells: panels.map(panel => panel.cells[position] ?? NOT_DUE),
            },
          ]
        : [],
    )
    return {
      label: arms.length > 1 ? arm.label : null,
      rows: members.length > MOST_ROWS ? rows : rows.sort(byFirstParameter(panels)),
    }
  })
  return {
    groups,
    panels: panels.map(({ parameter, visit, cells }) => ({
      title: `${parameter.label}, ${nameVisit(view, visit)}`,
      n: cells.reduce((count, cell) => count + (cell.kind === 'value' ? 1 : 0), 0),
    })),
  }
}

function toCell(
  parameter: Parameter,
  { percentImprovement, percentImprovementReason }: IndividualImprovement,
  member: ReportedMember,
): ImprovementCell {
  if (percentImprovement === null) return { kind: 'none', reason: formatUndefined(percentImprovementReason) }
  return { kind: 'value', value: percentImprovement, lowBaseline: hasLowBaseline(parameter, member) }
}

/** A baseline below twice the minimal important change leaves little room, and makes large percentages of small steps. */
export function hasLowBaseline(parameter: Parameter, member: ReportedMember): boolean {
  const change = parameter.minimalImportantChange?.points
  const baseline = member.baselines[parameter.code]
  return change !== undefined && baseline !== undefined && baseline < 2 * change
}

/** Best first by the first parameter at its last visit; who has no value there comes last; then by number. */
function byFirstParameter(panels: readonly PanelSource[]): (a: ImprovementRow, b: ImprovementRow) => number {
  const key = panels.findLastIndex(panel => panel.parameter === panels[0]?.parameter)
  const rank = (row: ImprovementRow) => {
    const cell = row.cells[key]
    return cell?.kind === 'value' ? cell.value : Number.NEGATIVE_INFINITY
  }
  return (a, b) => (rank(a) === rank(b) ? (a.subject < b.subject ? -1 : 1) : rank(b) - rank(a))
}
