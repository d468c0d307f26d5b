import type {
  ImprovementCell,
  ImprovementChartData,
  ImprovementRow,
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
  readonly individuals: ReadonlyMap<string, IndividualImprovement>
}

/** Empty where participants may not be named, and for scales on which percent has no meaning. */
export function deriveImprovementFigures(view: CohortView): ImprovementFigure[] {
  const { members } = view
  if (members === null) return []
  const figures = new Map<Instrument, PanelSource[]>()
  for (const { summary, reported } of listParameters(view)) {
    const instrument = findParameter(summary.parameter, view.protocol.settings)?.instrument
    if (!instrument || !summary.individuals?.length) continue
    const panels = figures.get(instrument) ?? []
    const visits = deriveReportVisits(view.protocol, reported.visits)
    for (const visit of visits.filter(code => isReached(view, summary.parameter, code))) {
      const here = summary.individuals.filter(individual => individual.visit === visit)
      panels.push({
        parameter: reported.parameter,
        visit,
        individuals: new Map(here.map(individual => [individual.subject, individual])),
      })
    }
    figures.set(instrument, panels)
  }
  return [...figures]
    .filter(([, panels]) => panels.length > 0)
    .map(([instrument, panels]) => ({
      instrument,
      parameters: [...new Set(panels.map(panel => panel.parameter))],
      data: drawFrom(view, members, panels),
    }))
}

function drawFrom(
  view: CohortView,
  members: readonly ReportedMember[],
  panels: readonly PanelSource[],
): ImprovementChartData {
  const arms = view.summary.parameters[0]?.arms ?? []
  const groups = arms.map(arm => ({
    label: arms.length > 1 ? arm.label : null,
    rows: members
      .filter(member => member.arm === arm.arm)
      .map(member => ({
        subject: member.subject,
        hasSecondDose: member.hasSecondDose,
        cells: panels.map(panel => toCell(panel, member)),
      }))
      .sort(byFirstParameter(panels)),
  }))
  const rows = groups.flatMap(group => group.rows)
  return {
    groups,
    panels: panels.map(({ parameter, visit }, index) => ({
      title: `${parameter.label}, ${nameVisit(view, visit)}`,
      n: rows.filter(row => row.cells[index]?.kind === 'value').length,
    })),
  }
}

function toCell({ parameter, individuals }: PanelSource, member: ReportedMember): ImprovementCell {
  const individual = individuals.get(member.subject)
  if (!individual) return { kind: 'none', reason: 'not yet due' }
  const { percentImprovement, percentImprovementReason } = individual
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
