import type { AnalysedScore } from '@/lib/domain/outcomes/analysed-score'
import type { AnalysisView } from '@/lib/domain/outcomes/analysis-view'
import { deriveBaseline } from '@/lib/domain/outcomes/baseline'
import type {
  CohortData,
  CohortParticipant,
  CohortScheduledVisit,
  CohortScore,
} from '@/lib/domain/outcomes/cohort-data'
import { type DueState, deriveDueState } from '@/lib/domain/outcomes/expected'
import {
  findImputationProblem,
  type ImputationProblem,
  imputeColumns,
  isImputation,
} from '@/lib/domain/outcomes/imputation'
import { hasIntercurrentEvent } from '@/lib/domain/outcomes/intercurrent-events'
import {
  chooseVisitScore,
  derivePrimaryScores,
  deriveUnscheduledScores,
} from '@/lib/domain/outcomes/primary-scores'
import type { ReportedParameter } from '@/lib/domain/outcomes/reported-parameters'
import { keepBeforeEvents, keepInWindow } from '@/lib/domain/outcomes/view-values'
import { computeNominalDays } from '@/lib/domain/protocol/nominal-time'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** One visit of a parameter; the arrays run over the members of the analysis set, by their position in it. */
export interface VisitColumn {
  readonly visit: string
  readonly afterBaseline: boolean
  /** Planned time in days from day zero; months have their mean length. */
  readonly plannedDay: number
  readonly scheduled: readonly (CohortScheduledVisit | undefined)[]
  /** As the view lets them count: `imputed` ones were filled in, `leftOut` ones were received and do not count. */
  readonly scores: readonly (AnalysedScore | undefined)[]
  readonly due: readonly DueState[]
  /** Reason of a visit declared missed. */
  readonly missedReasons: readonly (string | undefined)[]
}

/** All there is of one parameter, laid out so that every number is one pass over an arm's members. */
export interface ParameterGrid extends ReportedParameter {
  readonly members: readonly CohortParticipant[]
  readonly baselines: readonly (number | null)[]
  readonly measuredAtBaseline: boolean
  /** Values of unscheduled visits, dated, earliest first: for LOCF, time to event and safety only. */
  readonly unscheduled: readonly (readonly CohortScore[])[]
  /** Why the view's method of missing data cannot fill this parameter in; null: it can, or fills nothing in. */
  readonly imputationProblem: ImputationProblem | null
  readonly columns: readonly VisitColumn[]
}

/**
 * Lays the rows of the members out by parameter, visit and member, each row touched once. Rows of others, of
 * parameters not reported and of visits at which the protocol does not ask for the parameter are left out. The view
 * leaves values out first (window, then events: baselines are of values in window, and come before every event), then
 * fills due visits in. Values of unscheduled visits lie in no window, so none is in a view of values in window only.
 * Expects data to which the data cut has been applied.
 * Example: `layOutCohort(protocol, parameters, members, data, cut, view)[0].baselines[2]` → the third member's baseline.
 */
export function layOutCohort(
  protocol: Protocol,
  parameters: readonly ReportedParameter[],
  members: readonly CohortParticipant[],
  data: CohortData,
  dataCut: CalendarDate,
  view: AnalysisView,
): ParameterGrid[] {
  const positions = new Map(members.map((member, position) => [member.participant, position]))
  const visitCodes = protocol.visits.map(visit => visit.code)
  const scheduled = placeByVisit(data.schedule, positions)
  const missed = placeByVisit(data.missedVisits, positions)
  const codes = parameters.map(({ parameter }) => parameter.code)
  const scores = placeScores(data.scores, codes, positions)
  const lastBaseline = Math.max(...protocol.baseline.visits.map(visit => visitCodes.indexOf(visit)))

  const untilBaseline = new Set(visitCodes.slice(0, lastBaseline + 1))
  const plannedDays = new Map(protocol.visits.map(({ code, target }) => [code, computeNominalDays(target)]))
  const hasEvents = view.strategy === 'whileOnFirstDose' && members.some(hasIntercurrentEvent)

  return parameters.map(({ parameter, visits }) => {
    const rowsOf = members.map((_, position) => scores.get(parameter.code)?.[position] ?? [])
    const primary = rowsOf.map(derivePrimaryScores)
    const inView = takeInView(primary, scheduled, view)
    const baselines = members.map((member, position) =>
      deriveBaseline(inView[position] ?? [], member, protocol.baseline, parameter),
    )
    const counting = hasEvents ? dropAfterEvents(inView, members, untilBaseline) : inView
    const all = rowsOf.map((rows, position) => deriveUnscheduledScores(rows, primary[position] ?? []))
    const dated = view.inWindowOnly ? all.map(() => []) : all
    const unscheduled = hasEvents ? dropAfterEvents(dated, members, untilBaseline).map(keepValues) : dated
    const chosen = new Map(visits.map(visit => [visit, new Array<AnalysedScore | undefined>(members.length)]))
    for (const [position, rows] of counting.entries()) {
      for (const row of rows) {
        const column = chosen.get(row.visit)
        if (column) column[position] = chooseVisitScore(column[position], row)
      }
    }
    const columns = visits.map((visit): VisitColumn => {
      const scheduledHere = scheduled.get(visit) ?? []
      const missedHere = missed.get(visit) ?? []
      const scoresHere = chosen.get(visit) ?? []
      return {
        visit,
        afterBaseline: !untilBaseline.has(visit),
        plannedDay: plannedDays.get(visit) ?? 0,
        scheduled: scheduledHere,
        scores: scoresHere,
        due: members.map((_, position) =>
          deriveDueState(scheduledHere[position], scoresHere[position], dataCut),
        ),
        missedReasons: members.map((_, position) => missedHere[position]?.reason),
      }
    })
    return {
      parameter,
      visits,
      members,
      columns: isImputation(view.missingData)
        ? imputeColumns(view.missingData, { parameter, members, baselines, unscheduled }, columns)
        : columns,
      baselines,
      unscheduled,
      imputationProblem: findImputationProblem(view.missingData, parameter),
      measuredAtBaseline: visits.some(visit => protocol.baseline.visits.includes(visit)),
    }
  })
}

/**
 * Of one parameter, the rows of each member from which its baselines and columns come: as they were received, and as the
 * control of windows lets them count (the baseline is of these), in the same order.
 * Example: `layOutRows('NPRS_AVG', members, facts, view)[2].inView` → the third member's rows.
 */
export function layOutRows(
  parameter: string,
  members: readonly CohortParticipant[],
  data: CohortData,
  view: AnalysisView,
): readonly { readonly received: readonly CohortScore[]; readonly inView: readonly AnalysedScore[] }[] {
  const positions = new Map(members.map((member, position) => [member.participant, position]))
  const rows = placeScores(data.scores, [parameter], positions).get(parameter) ?? []
  const primary = members.map((_, position) => derivePrimaryScores(rows[position] ?? []))
  const inView = takeInView(primary, placeByVisit(data.schedule, positions), view)
  return primary.map((received, position) => ({ received, inView: inView[position] ?? [] }))
}

function takeInView(
  primary: readonly (readonly CohortScore[])[],
  scheduled: ReadonlyMap<string, readonly (CohortScheduledVisit | undefined)[]>,
  { inWindowOnly }: AnalysisView,
): readonly (readonly AnalysedScore[])[] {
  if (!inWindowOnly) return primary
  return primary.map((rows, position) => keepInWindow(rows, visit => scheduled.get(visit)?.[position]))
}

function dropAfterEvents(
  rowsOf: readonly (readonly AnalysedScore[])[],
  members: readonly CohortParticipant[],
  untilBaseline: ReadonlySet<string>,
): readonly (readonly AnalysedScore[])[] {
  return members.map((member, position) => keepBeforeEvents(rowsOf[position] ?? [], member, untilBaseline))
}

function keepValues(rows: readonly AnalysedScore[]): readonly AnalysedScore[] {
  return rows.filter(row => row.value !== null)
}

function placeByVisit<Row extends { readonly participant: number; readonly visit: string }>(
  rows: readonly Row[],
  positions: ReadonlyMap<number, number>,
): Map<string, (Row | undefined)[]> {
  const placed = new Map<string, (Row | undefined)[]>()
  for (const row of rows) {
    const position = positions.get(row.participant)
    if (position === undefined) continue
    let column = placed.get(row.visit)
    if (!column) {
      column = new Array<Row | undefined>(positions.size)
      placed.set(row.visit, column)
    }
    column[position] = row
  }
  return placed
}

function placeScores(
  rows: readonly CohortScore[],
  parameters: readonly string[],
  positions: ReadonlyMap<number, number>,
): Map<string, (CohortScore[] | undefined)[]> {
  const size = positions.size
  const placed = new Map(parameters.map(code => [code, new Array<CohortScore[] | undefined>(size)]))
  for (const row of rows) {
    const position = positions.get(row.participant)
    const column = placed.get(row.parameter)
    if (position === undefined || column === undefined) continue
    const known = column[position]
    if (known) known.push(row)
    else column[position] = [row]
  }
  return placed
}
