import { and, asc, eq, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { allocations, eligibilityOverrides, participants, treatments } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { participantStatuses } from '@/db/schema/visits'
import { listUnmetCriteria } from '@/lib/domain/checks/override'
import type { DoseDetails, ScreenedRecord } from '@/lib/domain/population/population-data'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { StudyId } from '@/lib/domain/shared/ids'
import type { ParticipantHistory } from './cohort-history'
import { ofStudy } from './cohort-scope'

interface ScreeningQuery {
  readonly studyId: StudyId
  readonly protocol: Protocol
}

/** Every screening of a study whose record may be used, and every dose given, in the order of the records. */
export function loadScreened(
  db: Db | Tx,
  { studyId, protocol }: ScreeningQuery,
  history: Pick<ParticipantHistory, 'departures' | 'consents' | 'harvests'>,
): { readonly people: readonly ScreenedRecord[]; readonly doses: readonly DoseDetails[] } {
  const doses = listDoses(db, studyId)
  const dosesOf = groupRows(doses, (dose): number => dose.participant)
  const overridden = groupRows(listOverridden(db, studyId), (row): number => row.participant)
  const people = listRecords(db, studyId).map((row): ScreenedRecord => {
    const [participant, site, outcome, origin, screenedOn, enrolledOn, consentDate, rescreenOf, eligibility] =
      row
    const [, , , , , , , , , age, sex, diagnosis, painType, painDurationMonths, level, previousTreatment] =
      row
    const waived = (overridden.get(participant) ?? []).map(({ criterion }) => criterion)
    const unmet =
      outcome === 'screenFailure'
        ? listUnmetCriteria(protocol, JSON.parse(eligibility) as Record<string, boolean>)
        : []
    return {
      participant,
      site,
      outcome,
      screenedOn: screenedOn ?? consentDate,
      enrolledOn,
      rescreenOf,
      failedCriteria: unmet.map(({ code }) => code).filter(code => !waived.includes(code)),
      allocated: row[16] === 1,
      allocatedOn: row[17],
      doseDates: (dosesOf.get(participant) ?? []).map(({ date }) => date),
      harvestDates: history.harvests.get(participant) ?? [],
      departures: history.departures.get(participant) ?? [],
      consentDates: [...(consentDate ? [consentDate] : []), ...(history.consents.get(participant) ?? [])],
      imported: origin === 'imported',
      age,
      sex,
      diagnosis,
      painType,
      painDurationMonths,
      level,
      previousTreatment,
    }
  })
  return { people, doses }
}

/** How many records of a study no result may use, because it was asked for. */
export function countRestricted(db: Db | Tx, studyId: StudyId): number {
  const row = db
    .select({ k: sql<number>`count(*)` })
    .from(participants)
    .innerJoin(participantStatuses, eq(participantStatuses.participantId, participants.id))
    .where(
      and(
        eq(participants.studyId, studyId),
        isNull(participants.voidedAt),
        eq(participantStatuses.restricted, true),
      ),
    )
    .get()
  return row?.k ?? 0
}

/** A record as a plain row, with the criteria as text: most are never read. */
type RecordRow = [
  participant: number,
  site: string,
  outcome: ScreenedRecord['outcome'],
  origin: 'entered' | 'imported',
  screenedOn: CalendarDate | null,
  enrolledOn: CalendarDate | null,
  consentDate: CalendarDate | null,
  rescreenOf: number | null,
  eligibility: string,
  age: number | null,
  sex: ScreenedRecord['sex'],
  diagnosis: string | null,
  painType: ScreenedRecord['painType'],
  painDurationMonths: number | null,
  level: string | null,
  previousTreatment: string | null,
  isAllocated: number,
  allocatedOn: CalendarDate | null,
]

function listRecords(db: Db | Tx, studyId: StudyId): RecordRow[] {
  return db
    .select({
      participant: participants.id,
      site: sites.code,
      outcome: participants.outcome,
      origin: participants.origin,
      screenedOn: participants.screenedOn,
      enrolledOn: participants.enrolledOn,
      consentDate: participants.consentDate,
      rescreenOf: participants.rescreenOf,
      eligibility: participants.eligibility,
      age: participants.ageAtConsent,
      sex: participants.sex,
      diagnosis: participants.diagnosis,
      painType: participants.painType,
      painDurationMonths: participants.painDurationMonths,
      level: participants.level,
      previousTreatment: participants.previousTreatment,
      isAllocated: sql`${allocations.arm} IS NOT NULL`,
      allocatedOn: allocations.allocatedOn,
    })
    .from(participants)
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .leftJoin(allocations, and(eq(allocations.participantId, participants.id), isNull(allocations.voidedAt)))
    .where(ofStudy(studyId))
    .orderBy(asc(participants.id))
    .values() as RecordRow[]
}

function listDoses(db: Db | Tx, studyId: StudyId): DoseDetails[] {
  return db
    .select({
      participant: treatments.participantId,
      plan: treatments.plan,
      date: treatments.givenOn,
      details: treatments.details,
    })
    .from(treatments)
    .innerJoin(participants, eq(participants.id, treatments.participantId))
    .where(and(ofStudy(studyId), isNull(treatments.voidedAt)))
    .orderBy(asc(treatments.participantId), asc(treatments.givenOn))
    .all()
}

function listOverridden(db: Db | Tx, studyId: StudyId) {
  return db
    .select({ participant: eligibilityOverrides.participantId, criterion: eligibilityOverrides.criterion })
    .from(eligibilityOverrides)
    .innerJoin(participants, eq(participants.id, eligibilityOverrides.participantId))
    .where(and(ofStudy(studyId), isNull(eligibilityOverrides.voidedAt)))
    .all()
}
