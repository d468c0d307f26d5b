import { and, asc, eq, gt, inArray, isNull, lt, type SQL } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Db, Tx } from '@/db/client'
import { participants } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { participantStatuses } from '@/db/schema/visits'
import type { ParticipantId, SiteId, StudyId } from '@/lib/domain/shared/ids'

const earlier = alias(participants, 'earlier')

const COLUMNS = {
  id: participants.id,
  siteId: participants.siteId,
  site: sites.code,
  siteName: sites.name,
  timeZone: sites.timeZone,
  number: participants.number,
  origin: participants.origin,
  outcome: participants.outcome,
  screenedOn: participants.screenedOn,
  enrolledOn: participants.enrolledOn,
  consentVersion: participants.consentVersion,
  consentDate: participants.consentDate,
  ageAtConsent: participants.ageAtConsent,
  sex: participants.sex,
  diagnosis: participants.diagnosis,
  painType: participants.painType,
  painDurationMonths: participants.painDurationMonths,
  level: participants.level,
  previousTreatment: participants.previousTreatment,
  eligibility: participants.eligibility,
  plannedDayZero: participants.plannedDayZero,
  confirmations: participants.confirmations,
  rescreenOf: earlier.number,
  rowVersion: participants.rowVersion,
  /** Last day of follow-up, latest possible; null: still in it. */
  followUpEnd: participantStatuses.followUpEnd,
  /** Asked for no further use of what was recorded. */
  restricted: participantStatuses.restricted,
}

function selectParticipants(db: Db | Tx, where: SQL | undefined) {
  return db
    .select(COLUMNS)
    .from(participants)
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .leftJoin(earlier, eq(earlier.id, participants.rescreenOf))
    .leftJoin(participantStatuses, eq(participantStatuses.participantId, participants.id))
    .where(where)
    .all()
}

export type ParticipantRow = NonNullable<ReturnType<typeof findParticipant>>

/** A participant by number, as long as the record was not voided. */
export function findParticipant(db: Db | Tx, studyId: StudyId, number: string) {
  const here = and(
    eq(participants.studyId, studyId),
    eq(participants.number, number),
    isNull(participants.voidedAt),
  )
  return selectParticipants(db, here)[0]
}

/** A participant by number, voided or not: for what is said of a number that was given. */
export function findParticipantEver(db: Db | Tx, studyId: StudyId, number: string) {
  const here = and(eq(participants.studyId, studyId), eq(participants.number, number))
  return selectParticipants(db, here)[0]
}

/** The number that stays in place of one that was voided as its duplicate; undefined: it was voided as no one's. */
export function findKeptNumber(db: Db | Tx, id: ParticipantId): string | undefined {
  const kept = alias(participants, 'kept')
  return db
    .select({ number: kept.number })
    .from(participants)
    .innerJoin(kept, eq(kept.id, participants.duplicateOf))
    .where(eq(participants.id, id))
    .get()?.number
}

/** Numbers under which the same person was registered too, and which were voided for it; those of a voided one as well. */
export function listDuplicates(db: Db | Tx, id: ParticipantId): string[] {
  const rows = db
    .select({ id: participants.id, number: participants.number })
    .from(participants)
    .where(eq(participants.duplicateOf, id))
    .orderBy(asc(participants.number))
    .all()
  return rows.flatMap(row => [row.number, ...listDuplicates(db, row.id)])
}

/** Those of these numbers whose records were not voided. */
export function listParticipantsByNumbers(
  db: Db | Tx,
  studyId: StudyId,
  numbers: readonly string[],
): ParticipantRow[] {
  const here = and(
    eq(participants.studyId, studyId),
    inArray(participants.number, [...numbers]),
    isNull(participants.voidedAt),
  )
  return selectParticipants(db, here)
}

/** In the order of the ids given. */
export function listParticipantsByIds(db: Db | Tx, ids: readonly ParticipantId[]): ParticipantRow[] {
  const rows = selectParticipants(db, inArray(participants.id, [...ids]))
  const byId = new Map(rows.map(row => [row.id, row]))
  return ids.flatMap(id => byId.get(id) ?? [])
}

/**
 * The next number of a site: its code and a running number of three digits, more when needed. Numbers of voided and
 * imported participants stay taken; an imported label of seven digits or more is no running number and is not counted
 * on from. Example: MEL-001 to MEL-009 → `MEL-010`.
 */
export function nextFreeNumber(
  tx: Db | Tx,
  site: { readonly id: SiteId; readonly studyId: StudyId; readonly code: string },
) {
  const prefix = `${site.code}-`
  const rows = tx
    .select({ number: participants.number })
    .from(participants)
    .where(
      and(
        eq(participants.studyId, site.studyId),
        // '.' follows '-' in the order of characters: the range that the index on the number serves.
        gt(participants.number, prefix),
        lt(participants.number, `${site.code}.`),
      ),
    )
    .all()
  const taken = new Set(rows.map(row => row.number))
  const running = rows.map(row => row.number.slice(prefix.length)).filter(rest => /^\d{1,6}$/.test(rest))
  const highest = running.reduce((most, rest) => Math.max(most, Number(rest)), 0)
  for (let next = highest + 1; ; next += 1) {
    const number = prefix + String(next).padStart(3, '0')
    if (!taken.has(number)) return number
  }
}
