import { loadCohort } from '@/db/queries/outcomes'
import { listSites } from '@/db/queries/studies'
import { explainResult } from '@/lib/domain/explain/explain-result'
import type { Explanation } from '@/lib/domain/explain/explanation'
import { findNumber, listNumbers, type NumberProblem } from '@/lib/domain/explain/find-number'
import { findInstrument } from '@/lib/domain/instruments/registry'
import type { AnalysisView } from '@/lib/domain/outcomes/analysis-view'
import { prepareCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveReportedParameters } from '@/lib/domain/outcomes/reported-parameters'
import { deriveViewInForce } from '@/lib/domain/outcomes/view-in-force'
import { type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { ExplainAsked, ExplainedNumber, ExplainPage } from '@/lib/schemas/explain'
import { findSmallSubgroup, findUnknownSubgroup } from '@/lib/schemas/offered-controls'
import { type KnownState, withStateAsOf } from './as-of'
import { concealOtherSites, recordLook } from './cohort'
import type { Ctx } from './context'
import { readDataCut } from './data-cut'
import { type BothStates, tellMove } from './explain-move'
import { makeConcealer, tellExplanation } from './explain-people'
import { concealArms } from './masked-arms'
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
 * or named as on the page, participants named only where they are there, and a look by arm is recorded likewise.
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
  const last = asked.to ?? asked.controls.asOf ?? undefined
  const now = withStateAsOf(ctx.db, study, last, known =>
    prepare(ctx, opened.value, known, dataCut.value, view),
  )
  if (!now.ok) return asked.to === null ? now : err(nameField(now.error, 'to'))
  const { cohort, protocol, asOf, protocolVersion } = now.value
  const fields = findUnknownSubgroup(view, cohort.subgroups)
  if (fields.length > 0) return err({ code: 'invalidInput', fields })
  const found = findNumber(cohort, protocol, asked)
  if ('field' in found) return err(refuseNumber(found))
  const explanation = explainResult(cohort, protocol, found)
  const same = { code: found.code, visit: found.column.visit }
  const before = readBefore(ctx, opened.value, { asked, asOf, dataCut: dataCut.value, view, same })
  if (!before.ok) return before
  const { from } = before.value
  const looked = recordLook(ctx, opened.value, {
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
function prepare(ctx: Ctx, opened: OpenStudy, known: KnownState, dataCut: CalendarDate, view: AnalysisView) {
  const { study, view: masking, sites } = opened
  const own = sites === 'all' ? 'all' : listSites(ctx.db, study.id, sites).map(site => site.code)
  const scope = { studyId: study.id, protocol: known.protocol, view: masking }
  const { protocol, data } = concealArms(ctx.db, opened, {
    protocol: known.protocol,
    data: loadCohort(known.db, scope),
  })
  const parameters = deriveReportedParameters(protocol, findInstrument)
  const { restrictedSince } = known
  const shown = concealOtherSites(data, own)
  return {
    cohort: prepareCohort({ protocol, parameters, data: shown, dataCut, masking, view, restrictedSince }),
    protocol,
    asOf: known.asOf,
    protocolVersion: known.protocolVersion,
  }
}

interface Before {
  readonly asked: ExplainAsked
  readonly asOf: number
  readonly dataCut: CalendarDate
  readonly view: AnalysisView
  readonly same: { readonly code: string; readonly visit: string }
}

function readBefore(
  ctx: Ctx,
  opened: OpenStudy,
  { asked, asOf, dataCut, view, same }: Before,
): Result<BothStates['before'], AppError> {
  const { from } = asked
  if (from === null) return ok({ from: null, explanation: null, protocolVersion: '' })
  if (from >= asOf) return err(refuseFrom(from, asOf))
  const read = withStateAsOf(ctx.db, opened.study, from, known => {
    const { cohort, protocol, protocolVersion } = prepare(ctx, opened, known, dataCut, view)
    // What may be told now may have been too small a group then.
    const fields = findSmallSubgroup(view, cohort.subgroups)
    if (fields.length > 0) return err<AppError>({ code: 'invalidInput', fields })
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
