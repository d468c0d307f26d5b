import type { Db, Tx } from '@/db/client'
import { type AssessmentRow, listParticipantAssessments } from '@/db/queries/assessments'
import { listMedications } from '@/db/queries/medications'
import { listVisits, type VisitRow } from '@/db/queries/visits'
import { formatDay } from '@/lib/domain/checks/day-text'
import { checkAssessmentDate } from '@/lib/domain/checks/hard'
import { deriveNeighbours } from '@/lib/domain/checks/soft-visit-order'
import { findFormDefinition } from '@/lib/domain/instruments/form-definition'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { FieldError, Question } from '@/lib/domain/shared/errors'
import type { VisitId } from '@/lib/domain/shared/ids'
import type { MissingReason } from '@/lib/domain/shared/missing'
import { formatShortFormName } from '@/lib/format/answers'
import { type FormPlace, formatFormKey } from '@/lib/schemas/form-key'
import type { EntryForm } from '../entry-forms'
import { findLastAnswers } from '../last-answers'
import type { VisitEntry } from '../visit-entry'
import { askAboutForms } from '../visit-questions'

/** What puts a date in reach for one person. */
interface DatedPerson {
  readonly number: string
  readonly consentDate: CalendarDate | null
  readonly today: CalendarDate
  readonly followUpEnd: CalendarDate | null
}

/** Refuses a date that the person cannot have been seen on: after today, before consent, after follow-up ended. */
export function checkArrivalDate(
  field: string,
  date: CalendarDate | null,
  { number, consentDate, today, followUpEnd }: DatedPerson,
): FieldError[] {
  const problem = checkAssessmentDate({ field, date, today, followUpEnd })
  if (problem) return [{ ...problem, text: `${number}: ${problem.text}` }]
  if (date === null || consentDate === null || date >= consentDate) return []
  const text = `${formatDay(date)} is before the consent of ${number}, ${formatDay(consentDate)}. Choose another participant or correct the date first.`
  return [{ field, value: date, text }]
}

/** Where something is to go, opened as an entry of that visit would be. */
export interface Arrival {
  readonly entry: VisitEntry
  readonly followUpEnd: CalendarDate | null
  /** The same person as before: what was said of the day holds. */
  readonly isSamePerson: boolean
}

/** What is to go there: some forms, and the date of their visit where the visit itself goes. */
export interface Arriving {
  readonly visitDate: CalendarDate | null
  readonly forms: readonly AssessmentRow[]
}

/** What the new place refuses: its dates, and forms that are not asked there. */
export function checkArrival({ entry, followUpEnd }: Arrival, arriving: Arriving): FieldError[] {
  const { participant, plan, protocol, today } = entry
  const { number, consentDate } = participant
  const dates = new Set([arriving.visitDate, ...arriving.forms.map(form => form.assessmentDate)])
  const asked = listAskedForms(plan)
  const unasked = [...new Set(arriving.forms.map(({ form }) => form))].filter(form => !asked.includes(form))
  return [
    ...[...dates].flatMap(date =>
      checkArrivalDate('toNumber', date, { number, consentDate, today, followUpEnd }),
    ),
    ...unasked.map(form => {
      const definition = findFormDefinition(protocol, form)
      const name = definition ? formatShortFormName(definition) : form
      const text = `${name} is not asked at ${plan.name.toLowerCase()}. Choose another visit, or void or move that form by itself first.`
      return { field: 'toVisit', value: form, text }
    }),
  ]
}

/** A form as it will stand at the new place. */
export interface ArrivingForm {
  readonly row: AssessmentRow
  readonly beforeTreatment: boolean | null
  /** A dosing day there, and nobody said whether before or after the dose. */
  readonly asksBefore: boolean
}

/** On a dosing day of another person what was said of the first no longer holds. */
export function readBefore(
  { entry, isSamePerson }: Pick<Arrival, 'entry' | 'isSamePerson'>,
  { visitDate, forms }: Arriving,
  answer: 'yes' | 'no' | '',
): ArrivingForm[] {
  return forms.map(row => {
    const date = row.assessmentDate ?? visitDate
    const isDosingDay = entry.doses.some(dose => dose.date !== null && dose.date === date)
    const known = isSamePerson ? row.beforeTreatment : null
    if (!isDosingDay || row.notDoneReason !== null || known !== null)
      return { row, beforeTreatment: known, asksBefore: false }
    return { row, beforeTreatment: answer === '' ? null : answer === 'yes', asksBefore: answer === '' }
  })
}

/** What is about to stand at a new place, and what will then be elsewhere. */
export interface Landing {
  readonly entry: VisitEntry
  readonly visitDate: CalendarDate | null
  readonly forms: readonly ArrivingForm[]
  /** Ids of the visits that leave where they stand. */
  readonly leaving: readonly VisitId[]
  /** Visits that come to other places of the same person at the same time. */
  readonly alsoComing: readonly { readonly code: string; readonly date: CalendarDate | null }[]
}

/** The checks of entry, run again at the new place. What was confirmed of the same values holds. */
export function askAboutLanding(
  db: Db | Tx,
  landing: Landing,
  confirmedKeys: readonly string[],
): {
  readonly open: readonly Question[]
  /** By key of the form. */
  readonly confirmations: ReturnType<typeof askAboutForms>['confirmations']
} {
  const { entry, visitDate, leaving, alsoComing } = landing
  const { participant, protocol, plan } = entry
  const forms = landing.forms.flatMap(one => toEntryForm(entry, one, visitDate) ?? [])
  const staying = listVisits(db, participant.id).filter(({ id }) => !leaving.includes(id))
  const dated = [...staying.map(({ code, visitDate: date }) => ({ code, date })), ...alsoComing]
  const moved = new Set(forms.map(({ stored }) => stored?.id))
  const all = listParticipantAssessments(db, participant.id).filter(row => !moved.has(row.assessment.id))
  const surroundings = {
    forms,
    last: (form: EntryForm) => findLastAnswers(entry, placeOf(form), all),
    neighbours: deriveNeighbours(protocol.visits, dated, plan.code),
    medication: listMedications(db, participant.id),
  }
  const given = Object.fromEntries(confirmedKeys.map(key => [key, 'asMarked' as const]))
  const { unanswered, confirmations } = askAboutForms(entry, surroundings, given)
  const open = unanswered.map(question => ({
    ...question,
    code: 'key' in question ? String(question.key) : question.code,
    text: `${participant.number}, ${plan.name.toLowerCase()}. ${question.text}`,
  }))
  return { open, confirmations }
}

/** A stored form as the checks of entry read one; null where the protocol no longer has it. */
export function toEntryForm(
  entry: VisitEntry,
  { row, beforeTreatment }: ArrivingForm,
  visitDate: CalendarDate | null,
): EntryForm | null {
  const definition = findFormDefinition(entry.protocol, row.form)
  if (!definition) return null
  const { answers, assessmentDate, mode, source, entryKind } = row
  const notDoneReason = row.notDoneReason as MissingReason | null
  return {
    ...formPlaceOf(row),
    key: formKeyOf(row),
    definition,
    assessment: { answers, notDoneReason, assessmentDate, beforeTreatment, mode, source, entryKind },
    hasOwnDate: assessmentDate !== visitDate,
    stored: row,
    expectedVersion: row.rowVersion,
    differences: [],
    contested: [],
    asksBefore: false,
    isTouched: true,
  }
}

function formPlaceOf({ form: code, location, laterality, repeat }: AssessmentRow): FormPlace {
  return { code, location, laterality, repeat }
}

function placeOf(form: EntryForm): FormPlace {
  const { code, repeat } = form
  return form.stored ? formPlaceOf(form.stored) : { code, location: '', laterality: '', repeat }
}

/** Tells forms of a visit apart. */
export function formKeyOf(row: AssessmentRow): string {
  return formatFormKey(formPlaceOf(row))
}

/** Whether a visit is nobody's yet: neither begun nor declared. */
export function refuseTaken(entry: VisitEntry, there: VisitRow | undefined): FieldError[] {
  if (!there) return []
  const text = `${entry.plan.name} of ${entry.participant.number} holds entries already. Void that visit first, or move it to its right place.`
  return [{ field: 'toVisit', value: there.code, text }]
}
