import { narrowReport } from '@/lib/domain/outcomes/narrow-report'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import { type CohortControls, formatCohortControls, readCohortControls } from '@/lib/schemas/cohort'
import { checkCohortControls, type OfferedControls } from '@/lib/schemas/offered-controls'
import { type Cohort, readCohort } from './cohort'
import type { Ctx } from './context'
import { type Replay, readPrepared } from './prepared-states'

/** The cohort as an address asks for it, with what could be asked for. */
export interface CohortAsked extends Cohort {
  readonly controls: CohortControls
  readonly offered: OfferedControls
  /** Scores left out of sight among them. */
  readonly allParameters: Cohort['parameters']
  /** The address of this view, its data cut named. */
  readonly query: string
  /** The same with the entry that the values are of, so that the link gives these very numbers later. */
  readonly lastingQuery: string
}

/** As `readCohortView`, on a server: a state of knowledge that is past is replayed in another thread. */
export function readCohortViewPrepared(
  ctx: Ctx,
  study: string,
  given: Parameters<typeof readCohortControls>[0],
  replay?: Replay,
): Promise<Result<CohortAsked, AppError>> {
  const controls = readCohortControls(given)
  const asOf = controls.ok ? (controls.value.asOf ?? undefined) : undefined
  return readPrepared(ctx, { study, entries: [asOf] }, () => readCohortView(ctx, study, given), replay)
}

/** Reads the cohort that the controls in an address ask for; a control that is none, or not of this study, is refused. */
export function readCohortView(
  ctx: Ctx,
  study: string,
  given: Parameters<typeof readCohortControls>[0],
): Result<CohortAsked, AppError> {
  const controls = readCohortControls(given)
  if (!controls.ok) return controls
  const { view, dataCut, asOf } = controls.value
  const cohort = readCohort(ctx, {
    study,
    view,
    dataCut: dataCut ?? undefined,
    asOf: asOf ?? undefined,
  })
  if (!cohort.ok) return cohort
  const offered = listOffered(cohort.value)
  const { summary, protocol } = cohort.value
  // A link to one arm, kept from when it was given by arm, is answered as everything of that moment is: pooled.
  const asked = summary.armsReason ? { ...controls.value, arms: [] } : controls.value
  const checked = checkCohortControls(asked, offered)
  if (!checked.ok) return checked
  const named = { ...asked, dataCut: summary.dataCut }
  const query = formatCohortControls(named)
  const lastingQuery = formatCohortControls({ ...named, asOf: summary.asOf })
  const narrowed = narrowReport(cohort.value, asked, protocol.baseline.visits)
  return ok({
    ...narrowed,
    controls: asked,
    offered,
    allParameters: cohort.value.parameters,
    query,
    lastingQuery,
  })
}

function listOffered({ summary, parameters, subgroups, protocol }: Cohort): OfferedControls {
  const visits = new Set(parameters.flatMap(each => each.visits))
  return {
    parameters: parameters.map(({ parameter }) => parameter.code),
    visits: protocol.visits.map(visit => visit.code).filter(code => visits.has(code)),
    arms: summary.parameters[0]?.arms.map(({ arm }) => arm) ?? [],
    subgroups,
    references: summary.references.map(({ code }) => code),
  }
}
