import { listKnownEntries } from '@/db/queries/cohort-looks'
import { loadCohort } from '@/db/queries/outcomes'
import { studyChain } from '@/db/table-kinds'
import { findInstrument } from '@/lib/domain/instruments/registry'
import { deriveRecordChanges, type RecordChange } from '@/lib/domain/knowledge/known-changes'
import { countKnown } from '@/lib/domain/knowledge/known-counts'
import { deriveResultShifts } from '@/lib/domain/knowledge/result-shifts'
import { deriveWorsened, type Worsened } from '@/lib/domain/knowledge/worsened'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import { prepareCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveReportedParameters } from '@/lib/domain/outcomes/reported-parameters'
import { composeSummary } from '@/lib/domain/outcomes/summary'
import type { MaskingView } from '@/lib/domain/protocol/masking'
import { type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { KnownSince, SinceCounts, SinceLine, SinceView, ToldWorsened } from '@/lib/schemas/since-view'
import { type KnownState, withStateAsOf } from './as-of'
import { findMoment, findPreviousLook, readHead } from './cohort-looks'
import type { Ctx } from './context'
import { type Replay, readPrepared } from './prepared-states'
import { makeTeller } from './since-lines'
import { SOFTWARE_VERSION } from './software-version'
import { type OpenStudy, openStudy } from './studies'

export type { SinceCounts }

/** Beyond so many entries (an import) nothing is listed or counted one by one; results are compared all the same. */
const MOST_ENTRIES = 20_000
const MOST_LINES = 300

export interface SinceQuery {
  /** Code of the study. */
  readonly study: string
  /** Entry to compare with; none named is what the person saw at the last sitting. */
  readonly from?: number | undefined
}

/** How much became known since the person last looked: from the audit alone, without computing a result. */
export function countSince(ctx: Ctx, study: string): Result<SinceCounts, AppError> {
  const opened = openStudy(ctx, study, 'readCohort')
  if (!opened.ok) return opened
  const from = findPreviousLook(ctx, opened.value.study)
  if (from === null) return ok({ kind: 'first' })
  const to = { seq: readHead(ctx.db, opened.value.study), at: ctx.now }
  const changes = listChanges(ctx, opened.value, from.seq, to.seq)
  return ok({ kind: 'since', from, to, counts: changes && countKnown(changes) })
}

/** As `readSince`, on a server: the earlier state is replayed in another thread. */
export function readSincePrepared(
  ctx: Ctx,
  query: SinceQuery,
  replay?: Replay,
): Promise<Result<SinceView, AppError>> {
  const opened = openStudy(ctx, query.study, 'readCohort')
  const before = opened.ok ? (query.from ?? findPreviousLook(ctx, opened.value.study)?.seq) : undefined
  return readPrepared(ctx, { study: query.study, entries: [before] }, () => readSince(ctx, query), replay)
}

/**
 * What became known of a study since an entry, in full, and which results moved: both states computed by the same code, at
 * today's data cut, all arms together, so that nothing tells an arm. A participant is named only to who may open them.
 * Refused: an entry that is not there.
 */
export function readSince(ctx: Ctx, query: SinceQuery): Result<SinceView, AppError> {
  const opened = openStudy(ctx, query.study, 'readCohort')
  if (!opened.ok) return opened
  const { study, protocol } = opened.value
  const about = {
    protocol,
    synthetic: study.synthetic,
    mayReadParticipants: openStudy(ctx, study.code, 'readParticipants').ok,
  }
  const from = query.from === undefined ? findPreviousLook(ctx, study) : findMoment(ctx.db, study, query.from)
  if (from === null)
    return query.from === undefined ? ok({ ...about, since: { kind: 'first' } }) : err(absent(query.from))
  const dataCut = calendarDateIn(study.timeZone, ctx.now)
  const before = withStateAsOf(ctx.db, study, from.seq, state => computeState(opened.value, state, dataCut))
  if (!before.ok) return before
  const now = withStateAsOf(ctx.db, study, undefined, state => computeState(opened.value, state, dataCut))
  if (!now.ok) return now
  const to = { seq: now.value.summary.asOf, at: ctx.now }
  const changes = listChanges(ctx, opened.value, from.seq, to.seq)
  return ok({
    ...about,
    since: {
      kind: 'since',
      from,
      to,
      counts: changes && countKnown(changes),
      ...tellChanges(ctx, opened.value, changes ?? []),
      ...tellWorsened(
        ctx,
        opened.value,
        now.value.people,
        deriveWorsened(before.value.grids, now.value.grids),
      ),
      shifts: deriveResultShifts(before.value.summary, now.value.summary),
      dataCut,
      restrictedSince: before.value.restrictedSince,
      versions: [before.value.summary.version, now.value.summary.version],
    },
  })
}

function absent(from: number): AppError {
  const text = `The study's audit has no entry ${from}. Name one that it has, or none to compare with your last look.`
  return { code: 'invalidInput', fields: [{ field: 'from', value: String(from), text }] }
}

function listChanges(ctx: Ctx, { study }: OpenStudy, from: number, last: number): RecordChange[] | null {
  const range = { first: from + 1, last, limit: MOST_ENTRIES }
  if (last - from > MOST_ENTRIES) return null
  return deriveRecordChanges(listKnownEntries(ctx.db, studyChain(study.code), range))
}

/** All arms together, whoever reads: to compare arms once more is a look by arm, and belongs to the cohort page. */
const POOLED: MaskingView = { participantArms: false, resultsByArm: false, armsNamed: false }

function computeState({ study }: OpenStudy, state: KnownState, dataCut: CalendarDate) {
  const { protocol, protocolVersion: version, asOf } = state
  const data = loadCohort(state.db, { studyId: study.id, protocol, view: POOLED })
  const parameters = deriveReportedParameters(protocol, findInstrument)
  const asked = { protocol, parameters, data, dataCut, masking: POOLED, view: DEFAULT_ANALYSIS_VIEW }
  const cohort = prepareCohort(asked)
  const named = { asOf, version, softwareVersion: SOFTWARE_VERSION, synthetic: study.synthetic }
  return {
    restrictedSince: state.restrictedSince,
    people: new Map(data.participants.map(person => [person.participant, person])),
    grids: cohort.grids,
    summary: composeSummary({ ...asked, ...named }, cohort),
  }
}

function tellChanges(ctx: Ctx, opened: OpenStudy, changes: readonly RecordChange[]) {
  const newest = changes.filter(isNews).toSorted((a, b) => b.last.seq - a.last.seq)
  const teller = makeTeller(ctx, opened)
  const lines: SinceLine[] = []
  let hidden = 0
  let beyond = 0
  for (const change of newest) {
    if (lines.length >= MOST_LINES) beyond += 1
    else if (!teller.mayTell(change)) hidden += 1
    else lines.push(...teller.tell(change))
  }
  return { lines, untold: { hidden, beyond } }
}

/** A second entry is of no result, and that a visit began is told by what was entered or declared of it. */
function isNews({ entity, kind, values }: RecordChange): boolean {
  if (entity === 'visits' && kind === 'new') return values.some(({ field }) => field === 'missedReason')
  return entity !== 'second_entries'
}

function tellWorsened(
  ctx: Ctx,
  opened: OpenStudy,
  people: ReadonlyMap<number, CohortParticipant>,
  all: readonly Worsened[],
): Pick<KnownSince, 'worsened' | 'othersWorsened'> {
  const teller = makeTeller(ctx, opened)
  const worsened: ToldWorsened[] = []
  const others = new Set<number>()
  for (const { participant, ...worse } of all) {
    const subject = people.get(participant)?.subject
    if (subject !== undefined && teller.maySee(subject, worse.visit)) worsened.push({ ...worse, subject })
    else others.add(participant)
  }
  return { worsened, othersWorsened: others.size }
}
