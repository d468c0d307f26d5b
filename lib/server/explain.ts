import { listSites } from '@/db/queries/studies'
import { explainResult } from '@/lib/domain/explain/explain-result'
import type { Explanation } from '@/lib/domain/explain/explanation'
import { findNumber, listNumbers, type NumberProblem } from '@/lib/domain/explain/find-number'
import { findInstrument } from '@/lib/domain/instruments/registry'
import type { AnalysisView } from '@/lib/domain/outcomes/analysis-view'
import { prepareCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveReportedParameters } from '@/lib/domain/outcomes/reported-parameters'
import { deriveViewInForce } from '@/lib/domain/outcomes/view-in-force'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { ExplainAsked, ExplainedNumber, ExplainPage } from '@/lib/schemas/explain'
import { findUnknownSubgroup } from '@/lib/schemas/offered-controls'
import { type KnownState, withStateAsOf } from './as-of'
import { concealOtherSites, recordLook } from './cohort'
import { type CohortMoment, readCohortFacts } from './cohort-facts'
import type { Ctx } from './context'
import { readDataCut } from './data-cut'
import { type BothStates, tellMove } from './explain-move'
import { makeConcealer, tellExplanation } from './explain-people'
import { type Replay, readPrepared } from './prepared-states'
import { SOFTWARE_VERSION } from './software-version'
import { type OpenStudy, openStudy } from './studies'

/** As `explainNumber`, on a server: states of knowledge that are past are replayed in another thread. */
export function explainNumberPrepared(
  ctx: Ctx,
  code: string,
  asked: ExplainAsked,
  replay?: Replay,
): Promise<Result<ExplainPage, AppError>> {
  const entries = [asked.to ?? asked.controls.asOf ?? undefined, asked.from ?? undefined]
  return readPrepared(ctx, { study: code, entries }, () => explainNumber(ctx, code, asked), replay)
}

/**
 * A number of the cohort page with everybody behind it, at one state of knowledge or between two. Arms are hidden, masked
 * or named as on the page (pooled where they could be told, as between two states), participants named only where they are there,
 * and a look by arm is recorded likewise.
 * Refused: a number, visit, subgroup, data cut or entry that there is not, each with what there is.
 */
export function explainNumber(ctx: Ctx, code: string, asked: ExplainAsked): Result<ExplainPage, AppError> {
  const opened = openStudy(ctx, code, 'readCohort')
  if (!opened.ok) return opened
  const { study } = opened.value
  const today = calendarDateIn(study.timeZone, ctx.now)
  const dataCut = readDataCut(asked.controls.dataCut ?? undefined, today)
  if (!dataCut.ok) return dataCut
  const { view } = asked.controls
  const moment = { dataCut: dataCut.value, today, isCompared: asked.from !== null }
  const last = asked.to ?? asked.controls.asOf ?? undefined
  const now = withStateAsOf(ctx.db, study, last, known => prepare(ctx, opened.value, known, moment, view))
  if (!now.ok) return asked.to === null ? now : err(nameField(now.error, 'to'))
  const { open, cohort, protocol, asOf, protocolVersion, armsReason } = now.value
  const fields = findUnknownSubgroup(view, cohort.subgroups)
  if (fields.length > 0) return err({ code: 'invalidInput', fields })
  const found = findNumber(cohort, protocol, asked)
  if ('field' in found) return err(refuseNumber(found))
  const explanation = explainResult(cohort, protocol, found)
  const same = { code: found.code, visit: found.column.visit }
  const before = readBefore(ctx, opened.value, { asked, asOf, moment, view, same })
  if (!before.ok) return before
  const { from } = before.value
  const looked = recordLook(ctx, open, {
    ...{ what: 'explanation', number: found.code, visit: same.visit, dataCut: dataCut.value, asOf },
    ...(from === null ? {} : { from }),
  })
  if (!looked.ok) return looked
  const mayName = cohort.namesParticipants
  const conceal = makeConcealer(ctx, opened.value)
  const states: BothStates = { before: before.value, now: { explanation, asOf, protocol, protocolVersion } }
  const explained: ExplainedNumber = {
    study: study.code,
    dataCut: dataCut.value,
    asOf,
    version: protocolVersion,
    softwareVersion: SOFTWARE_VERSION,
    synthetic: study.synthetic,
    code: found.code,
    view: deriveViewInForce(cohort),
    ...(armsReason ? { armsReason } : {}),
    explanation: tellExplanation(explanation),
    participants: mayName ? explanation.participants.map(conceal) : null,
    between: from === null ? null : tellMove(ctx, opened.value, { states, view, mayName, conceal }),
  }
  return ok({
    explained,
    title: study.title,
    protocol,
    parameters: new Map(cohort.grids.map(({ parameter }) => [parameter.code, parameter])),
    numbers: listNumbers(cohort, protocol),
    lockedAt: study.lockedAt,
    opensParticipants: openStudy(ctx, code, 'readParticipants').ok,
  })
}

/** One state of knowledge, counted as asked; who may see what of it follows from the present. */
function prepare(ctx: Ctx, opened: OpenStudy, known: KnownState, moment: CohortMoment, view: AnalysisView) {
  const { study, sites } = opened
  const own = sites === 'all' ? 'all' : listSites(ctx.db, study.id, sites).map(site => site.code)
  const { open, protocol, data, armsReason } = readCohortFacts(ctx, opened, known, moment)
  const { restrictedSince } = known
  return {
    open,
    cohort: prepareCohort({
      protocol,
      parameters: deriveReportedParameters(protocol, findInstrument),
      data: concealOtherSites(data, own),
      dataCut: moment.dataCut,
      masking: open.view,
      view,
      restrictedSince,
    }),
    protocol,
    asOf: known.asOf,
    protocolVersion: known.protocolVersion,
    armsReason,
  }
}

interface Before {
  readonly asked: ExplainAsked
  readonly asOf: number
  readonly moment: CohortMoment
  readonly view: AnalysisView
  readonly same: { readonly code: string; readonly visit: string }
}

function readBefore(
  ctx: Ctx,
  opened: OpenStudy,
  { asked, asOf, moment, view, same }: Before,
): Result<BothStates['before'], AppError> {
  const { from } = asked
  if (from === null) return ok({ from: null, explanation: null, protocolVersion: '' })
  if (from >= asOf) return err(refuseFrom(from, asOf))
  const read = withStateAsOf(ctx.db, opened.study, from, known => {
    const { cohort, protocol, protocolVersion } = prepare(ctx, opened, known, moment, view)
    const found = findNumber(cohort, protocol, same)
    const explanation: Explanation | null = 'field' in found ? null : explainResult(cohort, protocol, found)
    return ok({ from, explanation, protocolVersion })
  })
  return read.ok ? read.value : err(nameField(read.error, 'from'))
}

/** The same refusal at the field in which the entry was named. */
function nameField(error: AppError, field: 'from' | 'to'): AppError {
  if (error.code !== 'invalidInput') return error
  return { ...error, fields: error.fields.map(each => (each.field === 'asOf' ? { ...each, field } : each)) }
}

function refuseFrom(from: number, asOf: number): AppError {
  const text = `Entry ${from} is not before entry ${asOf}. Name an earlier entry of the study's audit, or none.`
  return { code: 'invalidInput', fields: [{ field: 'from', value: String(from), text }] }
}

function refuseNumber({ field, value, offered }: NumberProblem): AppError {
  const what = field === 'code' ? 'no score or rule of this result' : 'no visit of this number'
  const choose = offered.length > 0 ? `Choose ${offered.join(', ')}.` : 'There is none to choose.'
  return { code: 'invalidInput', fields: [{ field, value, text: `“${value}” is ${what}. ${choose}` }] }
}
