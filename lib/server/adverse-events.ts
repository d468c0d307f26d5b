import type { Tx } from '@/db/client'
import { addEventReport } from '@/db/commands/event-reports'
import { listEventReports, listInitialReports, listRunningReports } from '@/db/queries/event-reports'
import { type LogEntryRow, listLogEntries } from '@/db/queries/logs'
import { listSites } from '@/db/queries/studies'
import { WriteRefused } from '@/db/write-guards'
import { isSerious, readAwareness } from '@/lib/domain/events/event-facts'
import { deriveReportClock } from '@/lib/domain/events/report-clock'
import { deriveSiteTime } from '@/lib/domain/events/site-time'
import { adverseEvents } from '@/lib/domain/logs/adverse-events'
import { boolOf } from '@/lib/domain/logs/answer-values'
import type { FieldError } from '@/lib/domain/shared/errors'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import type { RunningClock } from '@/lib/schemas/event-reports'
import type { Ctx } from './context'
import {
  checkAwareAfterOnset,
  describeSiteTime,
  readTypedTime,
  siteTimeOf,
  type TypedTime,
} from './event-times'
import { type OpenParticipant, openParticipant } from './participants'
import type { OpenStudy } from './studies'

/** The participant whose events were written, and the role in which. */
type EventPlace = Pick<OpenParticipant, 'study' | 'participant' | 'write'>

/**
 * Starts the clock of every serious event of a participant that has none; called after an event was written, in the same
 * transaction. A clock that was started is never reset: an awareness that no longer agrees with it is refused. One that
 * was voided because the investigator judged the event not serious stays off until the judgement or the awareness changes.
 */
export function startEventClocks(tx: Tx, place: EventPlace): void {
  const initials = listInitialReports(tx, place.participant.id)
  for (const entry of listLogEntries(tx, place.participant.id, adverseEvents.code)) {
    if (!isSerious(entry.answers)) continue
    const mine = initials.filter(report => report.entryId === entry.id)
    const running = mine.find(report => report.voidedAt === null)
    if (running) {
      assertSameAwareness(tx, place, entry, running.awareAt)
      continue
    }
    const awareAt = readAwareAt(place, entry)
    const isSettled = mine.some(report => report.awareAt === awareAt)
    if (isSettled && boolOf(entry.answers, 'AESERINV') === false) continue
    addEventReport(tx, place.write, { entryId: entry.id, kind: 'initial', awareAt })
  }
}

const AWARE_FIELDS = ['answers.AWARE_ON', 'answers.AWARE_AT'] as const

/** As typed; judged serious without a criterion, the judgement itself is the latest instant of awareness. */
function readAwareAt({ participant, write }: EventPlace, { answers }: LogEntryRow): string {
  const typed = readAwareness(answers)
  if (typed === null) return `${write.now.slice(0, 16)}:00.000Z`
  const time: TypedTime = { ...typed, fields: AWARE_FIELDS }
  const instant = readTypedTime(participant.timeZone, time, 'earlier', write.now)
  if (!instant.ok) throw refusal(instant.error)
  const early = checkAwareAfterOnset(answers, time)
  if (early) throw refusal(early)
  return instant.value
}

/** An event moved from a site of another zone keeps the time that was typed there. */
function assertSameAwareness(
  tx: Tx,
  { study, participant }: EventPlace,
  { answers }: LogEntryRow,
  awareAt: string,
): void {
  const typed = readAwareness(answers)
  if (typed === null) return
  const zones = new Set([participant.timeZone, ...listSites(tx, study.id).map(site => site.timeZone)])
  const time: TypedTime = { ...typed, fields: AWARE_FIELDS }
  const agrees = [...zones].some(zone => {
    const read = readTypedTime(zone, time, 'earlier', '9999', awareAt)
    return read.ok && read.value === awareAt
  })
  if (agrees) return
  const since = describeSiteTime(participant.timeZone, awareAt)
  const { day } = deriveSiteTime(participant.timeZone, awareAt)
  const [on, at] = AWARE_FIELDS
  const field = day === typed.day ? at : on
  const text = `The clock of this event runs since ${since}, and changing the event does not reset it. Enter that, or correct the report with a reason.`
  throw refusal({ field, value: field === on ? typed.day : typed.time, text })
}

function refusal(problem: FieldError): WriteRefused {
  return new WriteRefused({ code: 'invalidInput', fields: [problem] })
}

/** Events whose clock runs, the most pressing first. `participantId`: only of this participant. */
export function listRunningClocks(
  ctx: Ctx,
  { study, protocol, sites }: Pick<OpenStudy, 'study' | 'protocol' | 'sites'>,
  participantId?: ParticipantId,
): RunningClock[] {
  const scope = { studyId: study.id, sites, ...(participantId === undefined ? {} : { participantId }) }
  return listRunningReports(ctx.db, scope).flatMap(row => {
    const clock = deriveReportClock(row.awareAt, null, ctx.now)
    if (clock.state !== 'running' || row.kind === 'note') return []
    return {
      number: row.number,
      site: row.site,
      entry: row.entryId,
      kind: row.kind,
      // The duty to report stays; what was recorded of who asked for no further use is shown nowhere.
      event: row.restricted ? 'Adverse event' : adverseEvents.describe(row.answers, protocol),
      restricted: row.restricted === true,
      aware: siteTimeOf(row.timeZone, row.awareAt),
      clock,
    }
  })
}

/** As `listRunningClocks`, of one participant; none for who may not read the participant. */
export function listParticipantClocks(ctx: Ctx, study: string, number: string): RunningClock[] {
  const opened = openParticipant(ctx, study, number, 'readParticipants')
  return opened.ok ? listRunningClocks(ctx, opened.value, opened.value.participant.id) : []
}

/** Whether new information on an event starts a clock: it is serious, or was when its clock was started. */
export function isReportable(
  tx: Tx | Ctx['db'],
  { id, answers }: Pick<LogEntryRow, 'id' | 'answers'>,
): boolean {
  return isSerious(answers) || listEventReports(tx, [id]).some(({ kind }) => kind === 'initial')
}
