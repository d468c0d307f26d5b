import type { listParticipantAssessments } from '@/db/queries/assessments'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { FormPlace } from '@/lib/schemas/form-key'
import type { FormView } from '@/lib/schemas/visit-view'
import type { VisitEntry } from './visit-entry'

type Stored = ReturnType<typeof listParticipantAssessments>

/** Answers of the last earlier visit that has this form, of the same place of the body. */
export function findLastAnswers(entry: VisitEntry, form: FormPlace, all: Stored): FormView['last'] {
  const last = listEarlier(entry, all)
    .filter(({ assessment }) => isOfPlace(assessment, form))
    .filter(({ assessment }) => Object.keys(assessment.answers).length > 0)
    .at(-1)
  if (!last) return null
  const plan = entry.protocol.visits.find(visit => visit.code === last.visit)
  return { visitName: plan?.name ?? last.visit, answers: last.assessment.answers }
}

/** The forms of that code at the last earlier visit that has any. */
export function listLastPlaces(entry: VisitEntry, code: string, all: Stored) {
  const earlier = listEarlier(entry, all).filter(({ assessment }) => assessment.form === code)
  const visit = earlier.at(-1)?.visit
  return earlier.filter(row => row.visit === visit).map(row => row.assessment)
}

/**
 * Forms of earlier visits, in the order of the protocol. An unscheduled visit has no place in it: before it is what was
 * dated before it.
 */
function listEarlier(entry: VisitEntry, all: Stored): Stored {
  const position = (visit: string) => entry.protocol.visits.findIndex(plan => plan.code === visit)
  const here = position(entry.plan.code)
  const own = all.find(row => row.visit === entry.plan.code)?.assessment.assessmentDate
  const now = here === -1 ? (own ?? entry.today) : null
  const isEarlier = (visit: string, date: CalendarDate | null) =>
    position(visit) >= 0 && (now === null ? position(visit) < here : date !== null && date < now)
  return all
    .filter(({ visit, assessment }) => isEarlier(visit, assessment.assessmentDate))
    .toSorted((a, b) => position(a.visit) - position(b.visit))
}

function isOfPlace(
  row: { readonly form: string; readonly location: string; readonly laterality: string },
  { code, location, laterality }: FormPlace,
): boolean {
  return row.form === code && row.location === location && row.laterality === laterality
}
