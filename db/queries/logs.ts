import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { participants, treatments } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { participantStatuses } from '@/db/schema/visits'
import type { LogCode } from '@/lib/domain/logs/log'
import type { LogEntryId, ParticipantId, SiteId, StudyId } from '@/lib/domain/shared/ids'
import { isUsed } from './leaving'

const COLUMNS = {
  id: logEntries.id,
  participantId: logEntries.participantId,
  log: logEntries.log,
  answers: logEntries.answers,
  confirmations: logEntries.confirmations,
  rowVersion: logEntries.rowVersion,
  voidedAt: logEntries.voidedAt,
  voidReason: logEntries.voidReason,
}

export type LogEntryRow = NonNullable<ReturnType<typeof findLogEntry>>

/** One entry of a participant's log, voided or not. */
export function findLogEntry(
  db: Db | Tx,
  place: { readonly participantId: ParticipantId; readonly log: LogCode },
  id: LogEntryId,
) {
  return db
    .select(COLUMNS)
    .from(logEntries)
    .where(
      and(
        eq(logEntries.id, id),
        eq(logEntries.participantId, place.participantId),
        eq(logEntries.log, place.log),
      ),
    )
    .get()
}

/** Entries of one log of a participant in the order in which they were made, without the voided. */
export function listLogEntries(db: Db | Tx, participantId: ParticipantId, log: LogCode): LogEntryRow[] {
  return listLogEntriesWithVoided(db, participantId, log).filter(entry => entry.voidedAt === null)
}

/** As `listLogEntries`, with the voided: the place in this list is the entry's number, which a void does not change. */
export function listLogEntriesWithVoided(
  db: Db | Tx,
  participantId: ParticipantId,
  log: LogCode,
): LogEntryRow[] {
  return db
    .select(COLUMNS)
    .from(logEntries)
    .where(and(eq(logEntries.participantId, participantId), eq(logEntries.log, log)))
    .orderBy(asc(logEntries.id))
    .all()
}

/** Every entry of every log of a participant in the order in which they were made, without the voided. */
export function listAllLogEntries(db: Db | Tx, participantId: ParticipantId): LogEntryRow[] {
  return db
    .select(COLUMNS)
    .from(logEntries)
    .where(and(eq(logEntries.participantId, participantId), isNull(logEntries.voidedAt)))
    .orderBy(asc(logEntries.id))
    .all()
}

/**
 * Entries of one log over the participants of these sites, by site, number and order of entry, without the voided and
 * those of who asked for no further use.
 */
export function listStudyLogEntries(
  db: Db | Tx,
  scope: { readonly studyId: StudyId; readonly sites: 'all' | readonly SiteId[] },
  log: LogCode,
) {
  return db
    .select({ ...COLUMNS, site: sites.code, number: participants.number })
    .from(logEntries)
    .innerJoin(participants, eq(participants.id, logEntries.participantId))
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .where(
      and(
        eq(logEntries.log, log),
        eq(participants.studyId, scope.studyId),
        scope.sites === 'all' ? undefined : inArray(participants.siteId, [...scope.sites]),
        isNull(logEntries.voidedAt),
        isNull(participants.voidedAt),
        isUsed(),
      ),
    )
    .orderBy(asc(sites.code), asc(participants.number), asc(logEntries.id))
    .all()
}

/** Days of the doses given to a participant, earliest first. */
export function listDoseDays(db: Db | Tx, participantId: ParticipantId) {
  return db
    .select({ day: treatments.givenOn })
    .from(treatments)
    .where(and(eq(treatments.participantId, participantId), isNull(treatments.voidedAt)))
    .orderBy(asc(treatments.givenOn))
    .all()
    .map(row => row.day)
}

/** Last day of a participant's follow-up; null: still in follow-up. */
export function findFollowUpEnd(db: Db | Tx, participantId: ParticipantId) {
  return (
    db
      .select({ day: participantStatuses.followUpEnd })
      .from(participantStatuses)
      .where(eq(participantStatuses.participantId, participantId))
      .get()?.day ?? null
  )
}
