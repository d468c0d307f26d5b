import type { Db } from '@/db/client'
import { listParticipantAssessments } from '@/db/queries/assessments'
import { listEventReports } from '@/db/queries/event-reports'
import { listLogEntries } from '@/db/queries/logs'
import { type EventContact, lacksEvent } from '@/lib/domain/events/event-contact'
import { deriveSiteTime } from '@/lib/domain/events/site-time'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { numberOf } from '@/lib/domain/logs/answer-values'
import type { ParticipantId } from '@/lib/domain/shared/ids'

const FORM = 'adverseEvents'

/** Codes of the participant's visits at which a new or changed event was told, and none is recorded. */
export function listVisitsLackingEvent(
  db: Db,
  participant: { readonly id: ParticipantId; readonly timeZone: string },
): readonly string[] {
  const contacts = listParticipantAssessments(db, participant.id)
    .filter(({ assessment }) => assessment.form === FORM)
    .map(({ visit, assessment }) => ({ visit, contact: contactOf(assessment) }))
  if (!contacts.some(({ contact }) => contact.any)) return []
  const entries = listLogEntries(db, participant.id, FORM)
  const told = listEventReports(
    db,
    entries.map(({ id }) => id),
  ).filter(({ kind }) => kind !== 'initial')
  const events = entries.map(({ id, answers }) => ({
    answers,
    followedUpOn: told
      .filter(report => report.entryId === id)
      .map(report => deriveSiteTime(participant.timeZone, report.awareAt).day),
  }))
  const all = contacts.map(({ contact }) => contact)
  return contacts.filter(({ contact }) => lacksEvent(contact, all, events)).map(({ visit }) => visit)
}

/** Whether an adverse-event contact was answered with yes. Other forms and unanswered contacts were not. */
export function toldOfEvent(form: string | null, answers: Answers | null): boolean {
  return form === FORM && answers !== null && numberOf(answers, 'AE_ANY') === 1
}

function contactOf(assessment: {
  readonly assessmentDate: EventContact['date']
  readonly answers: Answers
}): EventContact {
  const any = numberOf(assessment.answers, 'AE_ANY')
  return { date: assessment.assessmentDate, any: any === null ? null : any === 1 }
}
