import { explainOutcome } from '@/lib/domain/explain/explain-rule'
import { explainBaseline, explainValue, type MemberRows } from '@/lib/domain/explain/explain-value'
import type { ExplainedParticipant, ExplainedValue, Explanation } from '@/lib/domain/explain/explanation'
import type { FoundNumber } from '@/lib/domain/explain/find-number'
import { groupStandings } from '@/lib/domain/explain/group-participants'
import { derivePairs, whyNoChange } from '@/lib/domain/outcomes/change'
import { layOutRows, type ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import { deriveCurveResolution } from '@/lib/domain/outcomes/curve-resolution'
import { concealSingleValues } from '@/lib/domain/outcomes/descriptives'
import { computeChange, computePercentImprovement } from '@/lib/domain/outcomes/improvement'
import { nullLeaf, presentLeaf, type SummaryReason } from '@/lib/domain/outcomes/leaf'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import type { ReportedArm } from '@/lib/domain/outcomes/reported-arms'
import { readResponders } from '@/lib/domain/outcomes/responder-rate'
import { summariseVisit } from '@/lib/domain/outcomes/summary'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/**
 * Explains a number of a result: for every participant of the set the rows behind it, whether they count and why not. It
 * reads the same prepared cohort by the same functions as `composeSummary`, so that what it lists adds up to the summary's
 * numbers by every method, and leaves out by arm what the summary does; a property test holds it to that. Participants are all there: who may be named is for the
 * caller to decide, by `cohort.namesParticipants`.
 * Source: clinical.md §3 and §4; interfaces.md, `longitude explain`.
 * Example: seven of nine with less pain at M12 → `arms[0].ruleGroups[0].groups` `[{ place: 'in', reason: 'met', n: 7 }, …]`.
 */
export function explainResult(
  cohort: PreparedCohort,
  protocol: Protocol,
  { grid, column, plans }: FoundNumber,
): Explanation {
  const grids = new Map(cohort.grids.map(each => [each.parameter.code, each]))
  const reading = readResponders(grids, cohort.view)
  const rowsOf = makeRowReader(cohort)
  const makeScoreReader = (position: number) => (parameter: string, visit: string) => {
    const at = grids.get(parameter)
    const where = at?.columns.find(each => each.visit === visit)
    return at && where ? explainValue(cohort, at, where, position, rowsOf(parameter)) : null
  }
  const noChangeReason = column.afterBaseline ? whyNoChange(grid) : 'baselineVisit'
  const explainAs =
    (arm: ReportedArm) =>
    (position: number): ExplainedParticipant[] => {
      const member = grid.members[position]
      if (member === undefined) return []
      const rows = rowsOf(grid.parameter.code)
      const value = explainValue(cohort, grid, column, position, rows)
      const isPaired = derivePairs(grid, column, [position]).length > 0
      const inChange = isPaired && noChangeReason === null
      const due = column.due[position] ?? 'notScheduled'
      const asked = { visit: column.visit, position, due, reading, scoreAt: makeScoreReader(position) }
      return [
        {
          participant: member.participant,
          subject: member.subject,
          arm: arm.code,
          baseline: explainBaseline(grid, position, rows, protocol.baseline),
          value,
          standing: placeInMean(value, inChange || noChangeReason !== null),
          countedIn: {
            n: value.value !== null && value.filledIn === null,
            mean: value.value !== null,
            change: inChange,
          },
          improvement: describeImprovement(grid, position, value, noChangeReason),
          outcomes: plans
            .filter(({ problem }) => problem === null)
            .map(plan => explainOutcome({ ...asked, plan })),
        },
      ]
    }
  const isCoarse = deriveCurveResolution(cohort) === 'coarse'
  const summarise = (arm: ReportedArm) => {
    const numbers = summariseVisit(grid, column, arm.members, plans, reading)
    return isCoarse ? concealSingleValues(numbers) : numbers
  }
  const byArm = cohort.arms.map(arm => ({ arm, participants: arm.members.flatMap(explainAs(arm)) }))
  return {
    parameter: grid.parameter.code,
    unit: grid.parameter.unit,
    visit: column.visit,
    afterBaseline: column.afterBaseline,
    noChangeReason,
    analysisSet: cohort.set.name,
    rules: plans.map(({ rule, problem }) => ({ rule, problem })),
    arms: byArm.map(({ arm, participants }) => ({
      arm: arm.code,
      label: arm.label,
      inSet: arm.members.length,
      numbers: summarise(arm),
      groups: groupStandings(participants.map(({ standing }) => standing)),
      ruleGroups: plans
        .filter(({ problem }) => problem === null)
        .map(({ rule }) => ({
          code: rule.code,
          groups: groupStandings(
            participants.flatMap(({ outcomes }) => outcomes.filter(({ code }) => code === rule.code)),
          ),
        })),
    })),
    participants: byArm.flatMap(({ participants }) => participants),
  }
}

/** Rows of a parameter are placed once, on the first question. */
function makeRowReader({ set, facts, view }: PreparedCohort): (parameter: string) => MemberRows {
  const known = new Map<string, MemberRows>()
  return parameter => {
    const rows = known.get(parameter) ?? layOutRows(parameter, set.members, facts, view)
    known.set(parameter, rows)
    return rows
  }
}

function placeInMean(
  { value, due, filledIn, missingReason }: ExplainedValue,
  isPairedOrNeedsNone: boolean,
): ExplainedParticipant['standing'] {
  if (value === null) {
    const waiting = due === 'early' ? 'notYetDue' : 'notScheduled'
    return { place: 'out', reason: due === 'due' ? (missingReason ?? 'missing') : waiting }
  }
  if (!isPairedOrNeedsNone) return { place: 'in', reason: 'noBaseline' }
  return { place: 'in', reason: filledIn !== null ? 'filledIn' : due === 'due' ? 'counted' : 'early' }
}

function describeImprovement(
  grid: ParameterGrid,
  position: number,
  { value }: ExplainedValue,
  noChangeReason: SummaryReason | null,
): ExplainedParticipant['improvement'] {
  const none = <Name extends string>(name: Name, reason: SummaryReason) => nullLeaf(name, reason)
  if (noChangeReason !== null)
    return { ...none('change', noChangeReason), ...none('percentImprovement', noChangeReason) }
  const baseline = grid.baselines[position] ?? null
  const change = computeChange(grid.parameter, baseline, value)
  const whyNone = value === null ? 'missing' : baseline === null ? 'noBaseline' : 'unlimited'
  const percent = computePercentImprovement(grid.parameter, baseline, value)
  return {
    ...(change === null ? none('change', whyNone) : presentLeaf('change', change)),
    ...(percent.kind === 'improvement'
      ? presentLeaf('percentImprovement', percent.value)
      : none('percentImprovement', percent.reason)),
  }
}
