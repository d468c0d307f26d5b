import { and, asc, eq, inArray, isNotNull, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { allocations, participants, treatments } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { assessments, participantStatuses, scheduledVisits, scores, visits } from '@/db/schema/visits'
import type {
  CohortData,
  CohortParticipant,
  CohortScheduledVisit,
  CohortScore,
} from '@/lib/domain/outcomes/cohort-data'
import { deriveCrossovers } from '@/lib/domain/outcomes/crossover'
import { HIDDEN_TREATMENT } from '@/lib/domain/outcomes/masked-arms'
import { deriveRescuePerson, deriveRescueRule, deriveRescues } from '@/lib/domain/outcomes/rescue'
import { type MaskingView, mayNameArms } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { deriveDayZero } from '@/lib/domain/protocol/schedule'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { StudyId } from '@/lib/domain/shared/ids'
import { followUpEndOf, isUsed, listLeaving } from './leaving'
import { listInterventions } from './medications'

interface OutcomeQuery {
  readonly studyId: StudyId
  readonly protocol: Protocol
  readonly view: MaskingView
}

/** Of the study, not voided, and not restricted: who asked for no further use is in no result. */
function ofStudy(studyId: StudyId) {
  return and(eq(participants.studyId, studyId), isNull(participants.voidedAt), isUsed())
}

/**
 * Everything from which a study's results are computed, in seven flat reads. Voided rows are left out, as is who asked for no
 * further use; who was not enrolled is flagged. Where results by arm are closed to the reader no arm is in the data; where arms
 * may not be named no treatment's code is, and the codes of arms are for `maskArms` to take out.
 */
export function loadCohort(db: Db | Tx, query: OutcomeQuery): CohortData {
  return {
    participants: loadParticipants(db, query),
    schedule: loadSchedule(db, query.studyId),
    scores: loadScores(db, query.studyId),
    missedVisits: loadMissedVisits(db, query.studyId),
  }
}

function loadParticipants(db: Db | Tx, { studyId, protocol, view }: OutcomeQuery): CohortParticipant[] {
  const doses = groupRows(listDoses(db, studyId), row => row.participant)
  const interventions = groupRows(listInterventions(db, studyId), row => row.participant)
  const rescueRule = deriveRescueRule(protocol)
  const leaving = listLeaving(db, studyId)
  const baselineVisits = groupRows(
    listBaselineVisits(db, studyId, protocol.baseline.visits),
    row => row.participant,
  )
  return db
    .select({
      id: participants.id,
      subject: participants.number,
      site: sites.code,
      outcome: participants.outcome,
      origin: participants.origin,
      enrolledOn: participants.enrolledOn,
      arm: allocations.arm,
      allocatedOn: allocations.allocatedOn,
      followUpEnd: participantStatuses.followUpEnd,
      status: participantStatuses.status,
      sex: participants.sex,
      ageAtConsent: participants.ageAtConsent,
      diagnosis: participants.diagnosis,
    })
    .from(participants)
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .leftJoin(allocations, and(eq(allocations.participantId, participants.id), isNull(allocations.voidedAt)))
    .leftJoin(participantStatuses, eq(participantStatuses.participantId, participants.id))
    .where(ofStudy(studyId))
    .orderBy(asc(participants.id))
    .all()
    .map(row => {
      const given = (doses.get(row.id) ?? []).map(({ treatment, date }) => ({ treatment, date }))
      const facts = {
        enrolledOn: row.enrolledOn,
        randomisedOn: row.allocatedOn,
        doses: given,
        baselineVisitDates: (baselineVisits.get(row.id) ?? []).map(visit => visit.date),
      }
      const dayZero = deriveDayZero(protocol, facts)
      const imported = row.origin === 'imported'
      const rescuePerson = deriveRescuePerson(protocol, { dayZero, imported }, given)
      const left = leaving.get(row.id)
      const crossovers = deriveCrossovers(protocol, row.arm, given)
      return {
        participant: row.id,
        subject: row.subject,
        site: row.site,
        arm: view.resultsByArm ? row.arm : null,
        enrolled: row.outcome === 'enrolled',
        enrolledOn: row.enrolledOn,
        allocated: row.arm !== null,
        allocatedOn: row.allocatedOn,
        dayZero,
        doses: mayNameArms(view) ? given : given.map(({ date }) => ({ treatment: HIDDEN_TREATMENT, date })),
        followUpEnd: followUpEndOf(row),
        ...(left ? { leaving: left } : {}),
        ...(crossovers.length > 0 ? { crossovers } : {}),
        rescues: deriveRescues(interventions.get(row.id) ?? [], rescueRule, rescuePerson),
        sex: row.sex,
        ageAtConsent: row.ageAtConsent,
        diagnosis: row.diagnosis,
        imported,
      }
    })
}

function listDoses(db: Db | Tx, studyId: StudyId) {
  return db
    .select({ participant: treatments.participantId, treatment: treatments.plan, date: treatments.givenOn })
    .from(treatments)
    .innerJoin(participants, eq(participants.id, treatments.participantId))
    .where(and(ofStudy(studyId), isNull(treatments.voidedAt)))
    .orderBy(asc(treatments.participantId), asc(treatments.givenOn))
    .all()
}

function listBaselineVisits(db: Db | Tx, studyId: StudyId, codes: readonly string[]) {
  return db
    .select({ participant: visits.participantId, date: visits.visitDate })
    .from(visits)
    .innerJoin(participants, eq(participants.id, visits.participantId))
    .where(
      and(
        ofStudy(studyId),
        inArray(visits.code, [...codes]),
        isNull(visits.missedReason),
        isNull(visits.voidedAt),
      ),
    )
    .all()
}

type ScheduleRow = [
  participant: number,
  visit: string,
  target: CalendarDate | null,
  windowStart: CalendarDate | null,
  windowEnd: CalendarDate | null,
]

function loadSchedule(db: Db | Tx, studyId: StudyId): CohortScheduledVisit[] {
  const rows = db
    .select({
      participant: scheduledVisits.participantId,
      visit: scheduledVisits.visit,
      target: scheduledVisits.target,
      windowStart: scheduledVisits.windowStart,
      windowEnd: scheduledVisits.windowEnd,
    })
    .from(scheduledVisits)
    .innerJoin(participants, eq(participants.id, scheduledVisits.participantId))
    .where(ofStudy(studyId))
    .orderBy(asc(scheduledVisits.participantId), asc(scheduledVisits.position))
    .values() as ScheduleRow[]
  return rows.map(([participant, visit, target, windowStart, windowEnd]) => ({
    participant,
    visit,
    target,
    windowStart,
    windowEnd,
  }))
}

function loadMissedVisits(db: Db | Tx, studyId: StudyId): CohortData['missedVisits'] {
  return db
    .select({ participant: visits.participantId, visit: visits.code, reason: visits.missedReason })
    .from(visits)
    .innerJoin(participants, eq(participants.id, visits.participantId))
    .where(and(ofStudy(studyId), isNotNull(visits.missedReason), isNull(visits.voidedAt)))
    .all()
    .flatMap(({ reason, ...visit }) => (reason === null ? [] : [{ ...visit, reason }]))
}

/** A score as it is read: its participant is known from the row that it comes in. */
type ScoreRow = [
  visit: string,
  parameter: string,
  value: number | null,
  missingReason: string | null,
  date: CalendarDate | null,
  beforeTreatment: number | null,
  location: string,
  laterality: string,
  repeat: number,
]

/**
 * There are far more of these than of anything else, and the driver takes longer to hand over a row than SQLite to find it:
 * the scores of a participant come as one text. Numbers keep every digit on that way (outcomes.test.ts).
 */
function loadScores(db: Db | Tx, studyId: StudyId): CohortScore[] {
  const rows = db
    .select({
      participant: scores.participantId,
      scores: sql`json_group_array(json_array(${scores.visit}, ${scores.parameter}, ${scores.value}, ${scores.missingReason},
        coalesce(${assessments.assessmentDate}, ${visits.visitDate}), ${assessments.beforeTreatment},
        ${assessments.location}, ${assessments.laterality}, ${assessments.repeat}))`,
    })
    .from(scores)
    .innerJoin(participants, eq(participants.id, scores.participantId))
    .innerJoin(assessments, eq(assessments.id, scores.assessmentId))
    .innerJoin(visits, eq(visits.id, assessments.visitId))
    .where(and(ofStudy(studyId), isNull(assessments.voidedAt), isNull(visits.voidedAt)))
    .groupBy(scores.participantId)
    .values() as [participant: number, scores: string][]
  const read: CohortScore[] = []
  for (const [participant, text] of rows) {
    for (const row of JSON.parse(text) as ScoreRow[]) {
      read.push({
        participant,
        visit: row[0],
        parameter: row[1],
        value: row[2],
        missingReason: row[3],
        date: row[4],
        beforeTreatment: row[5] === 1,
        location: row[6] || null,
        laterality: row[7] || null,
        repeat: row[8],
      })
    }
  }
  return read
}
