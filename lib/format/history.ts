import { formatConfirmation } from '@/lib/domain/checks/confirmation'
import { type FormDefinition, findFormDefinition } from '@/lib/domain/instruments/form-definition'
import type { Answer } from '@/lib/domain/instruments/instrument'
import { formOf } from '@/lib/domain/logs/log'
import { findLog } from '@/lib/domain/logs/registry'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'
import type { MissingReason } from '@/lib/domain/shared/missing'
import { doseForm, listDoseFields } from '@/lib/domain/treatments/dose-form'
import { formatAnswer, formatItemName, formatSetting } from './answers'
import { formatDate, formatInstant } from './dates'
import { formatMissedVisit } from './reasons'

/** Columns of records as a person calls them. */
const FIELD_NAMES: Readonly<Record<string, string>> = {
  outcome: 'screening outcome',
  screenedOn: 'day of the eligibility decision',
  rescreenOf: 'earlier screening',
  enrolledOn: 'day of enrolment',
  consentVersion: 'consent version',
  consentDate: 'date of consent',
  ageAtConsent: 'age at consent',
  sex: 'sex',
  diagnosis: 'diagnosis',
  painType: 'type of pain',
  painDurationMonths: 'duration of pain, months',
  level: 'level or joint',
  previousTreatment: 'previous treatment',
  plannedDayZero: 'planned day zero',
  arm: 'arm',
  allocatedOn: 'date of allocation',
  plan: 'treatment',
  givenOn: 'date given',
  location: 'place',
  conditionMet: 'condition for the dose met',
  visitDate: 'visit date',
  cause: 'cause of the visit',
  forms: 'forms of the visit',
  missedReason: 'declared missed, because',
  missedNote: 'note on the missed visit',
  assessmentDate: 'assessment date',
  beforeTreatment: 'before the treatment of the day',
  mode: 'contact',
  source: 'source',
  entryKind: 'kind of entry',
  notDoneReason: 'not done, because',
  voidReason: 'reason for voiding',
  laterality: 'side',
  repeat: 'repeat',
  kind: 'kind of report',
  awareAt: 'awareness',
  note: 'note',
  reportedAt: 'reported to the sponsor',
  reportedBy: 'reported by',
  reference: 'reference',
  criterion: 'criterion',
  reason: 'reason of the decision',
  decidedOn: 'day of the decision',
  settledVersion: 'settled for version',
}

/** Columns that say nothing to a reader: keys, and what is told by the act itself. */
const SILENT = new Set([
  'studyId',
  'siteId',
  'participantId',
  'visitId',
  'entryId',
  'recordedBy',
  'decidedBy',
  'enteredBy',
  'number',
  'origin',
  'voidedAt',
  'duplicateOf',
  'form',
  'log',
  'code',
])

/** What a new record holds unless somebody chose otherwise. */
const DEFAULTS: Readonly<Record<string, unknown>> = {
  location: '',
  laterality: '',
  repeat: 1,
  entryKind: 'items',
}

/**
 * Whether a changed column is worth a line: keys are not, nor a first value that nobody chose.
 * Example: `isTold('participantId', null, 7)` → false; `isTold('repeat', null, 1)` → false.
 */
export function isTold(field: string, old: unknown, now: unknown): boolean {
  if (SILENT.has(field)) return false
  return old !== null || !(field in DEFAULTS) || DEFAULTS[field] !== now
}

/** Table and form of a record, as its audit entry names them. */
interface ToldRecord {
  readonly entity: string | null
  readonly form: string | null
}

/** A log and an instrument may share a code, so that the table decides. */
function findRecordForm(protocol: Protocol, { entity, form }: ToldRecord): FormDefinition | undefined {
  if (form === null) return undefined
  if (entity !== 'log_entries') return findFormDefinition(protocol, form)
  const log = findLog(form)
  return log && { kind: 'plan', plan: formOf(log, protocol) }
}

/**
 * What a changed field is called: an item by its label, a criterion by its code, a column by its name.
 * Example: `answers.NPRS_AVG` of the form `nprs` → `'Average pain'`.
 */
export function formatFieldName(protocol: Protocol, record: ToldRecord, field: string): string {
  const member = field.slice(field.indexOf('.') + 1)
  if (field.startsWith('answers.')) {
    const definition = findRecordForm(protocol, record)
    return definition ? formatItemName(definition, member, protocol.settings) : member
  }
  if (field.startsWith('details.')) return findDoseField(protocol, member)?.label ?? member
  if (field.startsWith('eligibility.')) return `criterion ${member}`
  if (field.startsWith('confirmations.')) return `question ${member.split(':')[0]}`
  return FIELD_NAMES[field] ?? field
}

/**
 * Puts the changed fields of a record in the order in which they are asked: its columns, then its items, criteria or
 * details as their form has them, then what was confirmed. Example: `answers.NPRS_AVG` before `answers.NPRS_WORST`.
 */
export function compareFields(protocol: Protocol, record: ToldRecord): (a: string, b: string) => number {
  const columns = Object.keys(FIELD_NAMES)
  const { inclusion, exclusion } = protocol.eligibility
  const members = [
    ...listItems(findRecordForm(protocol, record), protocol).map(code => `answers.${code}`),
    ...protocol.treatments.flatMap(listDoseFields).map(({ code }) => `details.${code}`),
    ...[...inclusion, ...exclusion].map(({ code }) => `eligibility.${code}`),
  ]
  const order = new Map([...columns, ...members].map((field, index) => [field, index]))
  const rank = (field: string) => order.get(field) ?? order.size + (field.includes('.') ? 1 : 0)
  return (a, b) => rank(a) - rank(b)
}

function listItems(form: FormDefinition | undefined, { settings }: Protocol): readonly string[] {
  if (!form) return []
  return form.kind === 'plan'
    ? form.plan.fields.map(({ code }) => code)
    : form.instrument.items(settings).map(({ code }) => code)
}

/** A stored value as a person reads it; no value is an empty text. Example: `'2026-04-16'` → `'16 Apr 2026'`. */
export function formatStoredValue(
  protocol: Protocol,
  record: ToldRecord,
  field: string,
  value: unknown,
): string {
  if (value === null || value === undefined) return ''
  if (field.startsWith('answers.')) {
    const definition = findRecordForm(protocol, record)
    if (definition)
      return formatAnswer(definition, field.slice('answers.'.length), value as Answer, protocol.settings)
  }
  if (field.startsWith('details.'))
    return formatDoseDetail(protocol, field.slice('details.'.length), value as Answer)
  if (field.startsWith('confirmations.')) return formatConfirmation(value)
  if (field === 'arm') return protocol.arms.find(arm => arm.code === value)?.name ?? String(value)
  if (field === 'plan') return protocol.treatments.find(plan => plan.code === value)?.name ?? String(value)
  if (field === 'missedReason') return formatMissedVisit(value as MissingReason, null).toLowerCase()
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (field === 'awareAt' || field === 'reportedAt') return formatInstant(String(value))
  if (typeof value === 'string') return formatText(field, value)
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}

/** Codes of a dose's fields mean the same at each treatment. */
function findDoseField(protocol: Protocol, code: string) {
  return protocol.treatments.flatMap(listDoseFields).find(field => field.code === code)
}

function formatDoseDetail(protocol: Protocol, code: string, answer: Answer): string {
  const plan = protocol.treatments.find(one => listDoseFields(one).some(field => field.code === code))
  return plan ? formatAnswer({ kind: 'plan', plan: doseForm(plan) }, code, answer, protocol.settings) : ''
}

function formatText(field: string, value: string): string {
  const date: CalendarDate | null = parseCalendarDate(value)
  return date ? formatDate(date) : (WORDS[value] ?? formatSetting(field, value))
}

const WORDS: Readonly<Record<string, string>> = {
  enrolled: 'enrolled',
  screenFailure: 'screen failure',
  declined: 'declined',
  notStated: 'not stated',
  initial: 'first report',
  followUp: 'follow-up',
}
