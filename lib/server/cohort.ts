import { loadPopulation } from '@/db/queries/cohort-population'
import { loadSafety } from '@/db/queries/cohort-safety'
import { findEntryHash } from '@/db/queries/exports'
import type { ReleaseInForce } from '@/db/queries/releases'
import { listSites } from '@/db/queries/studies'
import { studyChain } from '@/db/table-kinds'
import { recordAct } from '@/db/write'
import { findInstrument } from '@/lib/domain/instruments/registry'
import { type AnalysisView, DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import { type CohortReport, computeCohortReport } from '@/lib/domain/outcomes/cohort-report'
import { prepareCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveReportedParameters } from '@/lib/domain/outcomes/reported-parameters'
import { composeStudyResult, type ResultRequest, type StudyResult } from '@/lib/domain/outcomes/study-result'
import { hasMaskedArms } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { findUnknownSubgroup } from '@/lib/schemas/offered-controls'
import type { LooksByArm } from '@/lib/schemas/releases'
import { withStateAsOf } from './as-of'
import { readCohortFacts } from './cohort-facts'
import type { Ctx } from './context'
import { readDataCut } from './data-cut'
import { listSeenBeforeUnlock, type SeenBeforeUnlock } from './locks'
import { countLooksByArm } from './looks'
import { authorise } from './policy'
import { SOFTWARE_VERSION } from './software-version'
import { type OpenStudy, openStudy } from './studies'
import { inTransaction } from './transaction'

export interface CohortQuery {
  /** Code of the study. */
  readonly study: string
  /** As typed; nothing typed is today in the study's zone. */
  readonly dataCut?: string | undefined
  /** Entry of the study's audit that the values are of; none named is the last. */
  readonly asOf?: number | undefined
  /** Who and what counts; none said: everybody, observed. */
  readonly view?: AnalysisView | undefined
}

/** A take-away of one figure: what went out, for the audit. */
export interface FigureCopy {
  readonly figure: string
  readonly format: 'csv' | 'svg' | 'png' | 'pdf'
  /** Entry of the study's audit that the figure is of. */
  readonly asOf: number
  /** The controls in force, as an address has them: what was filtered, and how it was counted. */
  readonly controls: string
  readonly sha256: string
}

export interface Cohort extends CohortReport {
  readonly title: string
  readonly protocol: Protocol
  /** Whether the reader may open participants of their sites at all. */
  readonly opensParticipants: boolean
  /** Hash of the entry that the values are of; '' for none. */
  readonly auditHead: string
  readonly today: CalendarDate
  readonly lockedAt: string | null
  /** Arms are hidden from this reader: until lock or a release, or here for `summary.armsReason`. */
  readonly isPooled: boolean
  /** Arms are letters for this reader: `protocol` then names neither arms nor treatments. */
  readonly armsMasked: boolean
  /** The release by which these results stand by arm; null: they are pooled, or open without one. */
  readonly openedBy: ReleaseInForce | null
  /** Looks by arm while the study was not locked, this one included; null where the study has one arm. */
  readonly looksByArm: LooksByArm | null
  /** Times at which the study was unlocked after results by arm had been seen. */
  readonly seenBeforeUnlock: readonly SeenBeforeUnlock[]
}

/** The cohort page. Results by arm of a study with several arms are handed out only with the look recorded. */
export function readCohort(ctx: Ctx, query: CohortQuery): Result<Cohort, AppError> {
  const opened = openCohort(ctx, query)
  if (!opened.ok) return opened
  const { open, request, today } = opened.value
  const report = computeCohortReport(request)
  const fields = findUnknownSubgroup(request.view, report.subgroups)
  if (fields.length > 0) return err({ code: 'invalidInput', fields })
  const looked = recordLook(ctx, open, { what: 'cohort', dataCut: request.dataCut, asOf: request.asOf })
  if (!looked.ok) return looked
  return ok({
    ...report,
    title: open.study.title,
    protocol: request.protocol,
    opensParticipants: authorise(ctx, 'readParticipants', { studyId: open.study.id }).ok,
    auditHead: findEntryHash(ctx.db, studyChain(open.study.code), request.asOf) ?? '',
    today,
    lockedAt: open.study.lockedAt,
    isPooled: !open.view.resultsByArm && request.protocol.arms.length > 1,
    armsMasked: hasMaskedArms(open.view),
    openedBy: open.openedBy,
    looksByArm: request.protocol.arms.length > 1 ? countLooksByArm(ctx.db, open.study) : null,
    seenBeforeUnlock: listSeenBeforeUnlock(ctx.db, open.study),
  })
}

/** The result document of a study; a look by arm is recorded as on the page. */
export function readSummary(ctx: Ctx, query: CohortQuery): Result<StudyResult, AppError> {
  const opened = openCohort(ctx, query)
  if (!opened.ok) return opened
  const { open, request } = opened.value
  const cohort = prepareCohort(request)
  const fields = findUnknownSubgroup(request.view, cohort.subgroups)
  if (fields.length > 0) return err({ code: 'invalidInput', fields })
  const looked = recordLook(ctx, open, { what: 'summary', dataCut: request.dataCut, asOf: request.asOf })
  return looked.ok ? ok(composeStudyResult(request, cohort)) : looked
}

/** Records that a figure or table left the product. */
export function recordFigureCopy(ctx: Ctx, query: CohortQuery, copy: FigureCopy): Result<null, AppError> {
  const opened = openStudy(ctx, query.study, 'readCohort')
  if (!opened.ok) return opened
  const { study, write } = opened.value
  return inTransaction(ctx, tx => {
    const details = { what: 'figure', study: study.code, dataCut: query.dataCut ?? null, ...copy }
    recordAct(tx, write, { chain: 'system' }, 'export', details)
    return ok(null)
  })
}

interface OpenCohort {
  readonly open: OpenStudy
  readonly request: ResultRequest
  readonly today: CalendarDate
}

function openCohort(ctx: Ctx, query: CohortQuery): Result<OpenCohort, AppError> {
  const opened = openStudy(ctx, query.study, 'readCohort')
  if (!opened.ok) return opened
  const { study, sites } = opened.value
  const today = calendarDateIn(study.timeZone, ctx.now)
  const dataCut = readDataCut(query.dataCut, today)
  if (!dataCut.ok) return dataCut
  // What was known is of the past where one is named; who may see what of it follows from the present.
  const own = sites === 'all' ? 'all' : listSites(ctx.db, study.id, sites).map(site => site.code)
  const read = withStateAsOf(ctx.db, study, query.asOf, ({ db, ...known }) => {
    const { open, ...facts } = readCohortFacts(
      ctx,
      opened.value,
      { db, ...known },
      { dataCut: dataCut.value, today },
    )
    const about = { studyId: study.id, protocol: known.protocol, view: open.view }
    return {
      ...known,
      open,
      population: loadPopulation(db, { ...about, dataCut: dataCut.value, sites: own }),
      safety: loadSafety(db, about),
      ...facts,
    }
  })
  if (!read.ok) return read
  const { open, data, population, safety, asOf, protocol, protocolVersion, restrictedSince, armsReason } =
    read.value
  return ok({
    open,
    today,
    request: {
      protocol,
      parameters: deriveReportedParameters(protocol, findInstrument),
      data: concealOtherSites(data, own),
      population,
      safety,
      dataCut: dataCut.value,
      masking: open.view,
      ...(armsReason ? { armsReason } : {}),
      view: query.view ?? DEFAULT_ANALYSIS_VIEW,
      restrictedSince,
      asOf,
      version: protocolVersion,
      softwareVersion: SOFTWARE_VERSION,
      synthetic: study.synthetic,
    },
  })
}

/** Results are of the whole study; a participant is known by number only to who works at the site. */
export function concealOtherSites(data: CohortData, own: 'all' | readonly string[]): CohortData {
  if (own === 'all') return data
  let others = 0
  const participants = data.participants.map(participant => {
    if (own.includes(participant.site)) return participant
    others += 1
    return { ...participant, subject: `Other site ${others}`, site: '' }
  })
  return { ...data, participants }
}

/** A look by arm while a study with several arms runs is an act of the person who looks. */
export function recordLook(
  ctx: Ctx,
  { study, protocol, view, openedByLock, openedBy, write }: OpenStudy,
  details: {
    readonly what: string
    readonly dataCut: CalendarDate
    readonly asOf: number
  } & Readonly<Record<string, string | number>>,
): Result<null, AppError> {
  if (protocol.arms.length <= 1 || !view.resultsByArm) return ok(null)
  return inTransaction(ctx, tx => {
    const by = { openedByLock, release: openedBy?.id ?? null }
    const about = { ...details, study: study.code, byArm: true, armsNamed: view.armsNamed, ...by }
    recordAct(tx, write, { chain: 'system' }, 'look', about)
    return ok(null)
  })
}
