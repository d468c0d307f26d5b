import { and, asc, eq, inArray, isNull, ne, or, sql } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { participants } from '@/db/schema/participants'
import { assessments, scheduledVisits, visits } from '@/db/schema/visits'
import { findInstrument } from '@/lib/domain/instruments/registry'
import type { PopulationData } from '@/lib/domain/population/population-data'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { StudyId } from '@/lib/domain/shared/ids'
import { ofStudy } from './cohort-scope'

interface FormQuery {
  readonly studyId: StudyId
  readonly protocol: Protocol
}

/** Day of a form: its own, else the visit's. */
const FORM_DATE = sql<CalendarDate | null>`coalesce(${assessments.assessmentDate}, ${visits.visitDate})`

/** The study's own forms about the whole person at the baseline visits, and the places that any form there was about. */
export function listBaselineForms(
  db: Db | Tx,
  { studyId, protocol }: FormQuery,
): { readonly own: PopulationData['baselineForms']; readonly imaged: PopulationData['imaged'] } {
  const forms = protocol.forms.map(({ code }) => code)
  const rows = db
    .select({
      participant: visits.participantId,
      visit: visits.code,
      form: assessments.form,
      date: FORM_DATE,
      beforeTreatment: assessments.beforeTreatment,
      location: assessments.location,
      laterality: assessments.laterality,
      repeat: assessments.repeat,
      answers: assessments.answers,
    })
    .from(assessments)
    .innerJoin(visits, eq(visits.id, assessments.visitId))
    .innerJoin(participants, eq(participants.id, visits.participantId))
    .where(
      and(
        ofStudy(studyId),
        inArray(visits.code, [...protocol.baseline.visits]),
        or(inArray(assessments.form, forms), ne(assessments.location, '')),
        isNull(assessments.notDoneReason),
        isNull(assessments.voidedAt),
        isNull(visits.voidedAt),
      ),
    )
    .orderBy(asc(assessments.id))
    .all()
  return {
    own: rows
      .filter(row => row.location === '' && row.laterality === '' && forms.includes(row.form))
      .map(({ location: _, laterality: __, beforeTreatment, ...row }) => ({
        ...row,
        beforeTreatment: beforeTreatment === true,
      })),
    imaged: rows
      .filter(row => row.location !== '')
      .map(({ participant, location, date }) => ({ participant, location, date })),
  }
}

/** Codes of what is entered at visits and yields no score. */
function listUnscoredForms({ visits: plans, forms, settings }: Protocol): string[] {
  const instruments = new Set(plans.flatMap(visit => visit.instruments))
  const unscored = [...instruments].filter(code => findInstrument(code)?.parameters(settings).length === 0)
  return [...unscored, ...forms.map(({ code }) => code)]
}

/** Forms without a score that were filled in. */
export function listReceipts(db: Db | Tx, { studyId, protocol }: FormQuery): PopulationData['receipts'] {
  const forms = listUnscoredForms(protocol)
  if (forms.length === 0) return []
  return db
    .selectDistinct({
      participant: visits.participantId,
      visit: visits.code,
      form: assessments.form,
      date: FORM_DATE,
    })
    .from(assessments)
    .innerJoin(visits, eq(visits.id, assessments.visitId))
    .innerJoin(participants, eq(participants.id, visits.participantId))
    .where(
      and(
        ofStudy(studyId),
        inArray(assessments.form, forms),
        isNull(assessments.notDoneReason),
        isNull(assessments.voidedAt),
        isNull(visits.voidedAt),
      ),
    )
    .all()
}

/** When the windows close of the visits that ask for such a form. */
export function listUnscoredWindows(
  db: Db | Tx,
  { studyId, protocol }: FormQuery,
): PopulationData['unscoredWindows'] {
  const forms = listUnscoredForms(protocol)
  const codes = protocol.visits
    .filter(visit => [...visit.instruments, ...visit.forms].some(code => forms.includes(code)))
    .map(({ code }) => code)
  if (codes.length === 0) return []
  return db
    .select({
      participant: scheduledVisits.participantId,
      visit: scheduledVisits.visit,
      windowEnd: scheduledVisits.windowEnd,
    })
    .from(scheduledVisits)
    .innerJoin(participants, eq(participants.id, scheduledVisits.participantId))
    .where(and(ofStudy(studyId), inArray(scheduledVisits.visit, codes)))
    .all()
}
