import type { Db } from '@/db/client'
import { listEventContacts, listEvents, listPeopleWithEvents } from '@/db/queries/event-contacts'
import { listEventReports } from '@/db/queries/event-reports'
import { lacksEvent } from '@/lib/domain/events/event-contact'
import { deriveSiteTime } from '@/lib/domain/events/site-time'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { numberOf } from '@/lib/domain/logs/answer-values'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { formatVisitName } from '@/lib/domain/protocol/unscheduled'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { ParticipantId, SiteId, StudyId } from '@/lib/domain/shared/ids'
import type { LackingEvent } from '@/lib/schemas/worklist'

const FORM = 'adverseEvents'

interface Person {
  readonly id: ParticipantId
  readonly timeZone: string
}

/** Codes of the participant's visits at which a new or changed event was told, and none is recorded. */
export function listVisitsLackingEvent(db: Db, participant: Person): readonly string[] {
  return deriveLacking(db, [participant]).map(({ visit }) => visit)
}

/** Every visit of the study at which an event was told that is not recorded, by number; entered completely or not. */
export function listLackingEvents(
  db: Db,
  protocol: Protocol,
  scope: { readonly studyId: StudyId; readonly sites: 'all' | readonly SiteId[] },
): readonly LackingEvent[] {
  return deriveLacking(db, listPeopleWithEvents(db, scope)).map(({ person, visit }) => ({
    number: person.number,
    site: person.site,
    visit,
    visitName: formatVisitName(protocol, visit),
  }))
}

/** Whether an adverse-event contact was answered with yes. Other forms and unanswered contacts were not. */
export function toldOfEvent(form: string | null, answers: Answers | null): boolean {
  return form === FORM && answers !== null && numberOf(answers, 'AE_ANY') === 1
}

function deriveLacking<P extends Person>(db: Db, people: readonly P[]): { person: P; visit: string }[] {
  const ids = people.map(({ id }) => id)
  const contacts = groupRows(listEventContacts(db, ids), row => row.participantId)
  const told = people.filter(({ id }) => contacts.get(id)?.some(row => toldOfEvent(FORM, row.answers)))
  if (told.length === 0) return []
  const entries = listEvents(
    db,
    told.map(({ id }) => id),
  )
  const events = groupRows(entries, row => row.participantId)
  const allReports = listEventReports(
    db,
    entries.map(({ id }) => id),
  )
  const reports = groupRows(
    allReports.filter(({ kind }) => kind !== 'initial'),
    row => row.entryId,
  )
  return told.flatMap(person => {
    const known = (events.get(person.id) ?? []).map(({ id, answers }) => ({
      answers,
      followedUpOn: (reports.get(id) ?? []).map(row => deriveSiteTime(person.timeZone, row.awareAt).day),
    }))
    const own = (contacts.get(person.id) ?? []).map(row => {
      const any = numberOf(row.answers, 'AE_ANY')
      return {
        visit: row.visit,
        contact: { date: row.assessmentDate ?? row.visitDate, any: any === null ? null : any === 1 },
      }
    })
    const all = own.map(({ contact }) => contact)
    return own
      .filter(({ contact }) => lacksEvent(contact, all, known))
      .map(({ visit }) => ({ person, visit }))
  })
}
