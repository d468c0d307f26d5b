import { and, asc, eq, inArray, isNull, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { participants } from '@/db/schema/participants'
import { assessments, scores, visits } from '@/db/schema/visits'
import { statement } from '@/db/statement'
import { MME_DAY } from '@/lib/domain/instruments/analgesics'
import { type Medication, readMedication } from '@/lib/domain/medication/medication'
import { ANALGESICS_FORM } from '@/lib/domain/medication/morphine-score'
import { type Intervention, readIntervention } from '@/lib/domain/outcomes/rescue'
import type { AssessmentId, ParticipantId, StudyId } from '@/lib/domain/shared/ids'

const MEDICATIONS = 'medications'
const INTERVENTIONS_LOG = 'interventions'

const medicationsOf = statement(db =>
  db
    .select({ answers: logEntries.answers })
    .from(logEntries)
    .where(
      and(
        eq(logEntries.participantId, sql.placeholder('participantId')),
        eq(logEntries.log, MEDICATIONS),
        isNull(logEntries.voidedAt),
      ),
    )
    .orderBy(asc(logEntries.id))
    .prepare(),
)

/** What a participant takes or took, in the order of entry. */
export function listMedications(db: Db | Tx, participantId: ParticipantId): Medication[] {
  return medicationsOf(db)
    .all({ participantId })
    .map(({ answers }) => readMedication(answers))
}

/** As `listMedications`, of several participants at once; who has no entry is left out. */
export function mapMedications(
  db: Db | Tx,
  participantIds: readonly ParticipantId[],
): ReadonlyMap<ParticipantId, readonly Medication[]> {
  const rows = db
    .select({ participantId: logEntries.participantId, answers: logEntries.answers })
    .from(logEntries)
    .where(
      and(
        inArray(logEntries.participantId, [...participantIds]),
        eq(logEntries.log, MEDICATIONS),
        isNull(logEntries.voidedAt),
      ),
    )
    .orderBy(asc(logEntries.id))
    .all()
  const taken = new Map<ParticipantId, Medication[]>()
  for (const { participantId, answers } of rows) {
    const known = taken.get(participantId)
    if (known) known.push(readMedication(answers))
    else taken.set(participantId, [readMedication(answers)])
  }
  return taken
}

const analgesicsFormsOf = statement(db =>
  db
    .select({
      assessmentId: assessments.id,
      participantId: visits.participantId,
      visit: visits.code,
      answers: assessments.answers,
      notDoneReason: assessments.notDoneReason,
      assessmentDate: assessments.assessmentDate,
      visitDate: visits.visitDate,
      value: scores.value,
      missingReason: scores.missingReason,
      ruleVersion: scores.ruleVersion,
      scoredFor: scores.participantId,
      scoredAt: scores.visit,
    })
    .from(assessments)
    .innerJoin(visits, eq(visits.id, assessments.visitId))
    .leftJoin(scores, and(eq(scores.assessmentId, assessments.id), eq(scores.parameter, MME_DAY.code)))
    .where(
      and(
        eq(visits.participantId, sql.placeholder('participantId')),
        eq(assessments.form, ANALGESICS_FORM),
        isNull(visits.voidedAt),
        isNull(assessments.voidedAt),
      ),
    )
    .prepare(),
)

/** Every analgesics form of a participant with the day it is about and the morphine equivalents stored of it. */
export function listAnalgesicsForms(db: Db | Tx, participantId: ParticipantId) {
  return analgesicsFormsOf(db)
    .all({ participantId })
    .map(({ assessmentDate, visitDate, ...row }) => ({
      ...row,
      assessmentId: row.assessmentId as AssessmentId,
      date: assessmentDate ?? visitDate,
    }))
}

interface RecordedIntervention extends Intervention {
  readonly participant: ParticipantId
}

/** Interventions recorded of participants of a study, or of these alone, in the order of entry. */
export function listInterventions(
  db: Db | Tx,
  of: StudyId | readonly ParticipantId[],
): RecordedIntervention[] {
  const whose =
    typeof of === 'number' ? eq(participants.studyId, of) : inArray(logEntries.participantId, [...of])
  return db
    .select({ participant: logEntries.participantId, answers: logEntries.answers })
    .from(logEntries)
    .innerJoin(participants, eq(participants.id, logEntries.participantId))
    .where(
      and(
        eq(logEntries.log, INTERVENTIONS_LOG),
        whose,
        isNull(logEntries.voidedAt),
        isNull(participants.voidedAt),
      ),
    )
    .orderBy(asc(logEntries.id))
    .all()
    .map(({ participant, answers }) => ({ participant, ...readIntervention(answers) }))
}
