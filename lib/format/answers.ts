import type { FormDefinition } from '@/lib/domain/instruments/form-definition'
import type { Answer } from '@/lib/domain/instruments/instrument'
import { formatMissingReason } from '@/lib/domain/instruments/missing-label'
import type { FormField, Settings } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'
import type { MissingReason } from '@/lib/domain/shared/missing'
import { formatDate } from './dates'

export const MODE_LABELS: Readonly<Record<string, string>> = {
  clinic: 'Clinic',
  phone: 'Phone',
  post: 'Post',
  proxy: 'Proxy',
}

export const SOURCE_LABELS: Readonly<Record<string, string>> = {
  paper: 'Paper form, read by staff',
  interview: 'Asked by staff',
  electronic: 'Filled in on a device',
  record: 'Medical record',
}

/** What a form is called, without its code. Example: `formatFormName(odi)` → `'Oswestry Disability Index (ODI)'`. */
export function formatFormName(form: FormDefinition): string {
  return form.kind === 'instrument' ? form.instrument.name : form.plan.label
}

/** A short name for lists: the code in capitals, or the label of the study's form. Example: `nprs` → `NPRS`. */
export function formatShortFormName(form: FormDefinition): string {
  if (form.kind === 'plan') return form.plan.label
  return SHORT_NAMES[form.instrument.code] ?? form.instrument.name
}

const SHORT_NAMES: Readonly<Record<string, string>> = {
  nprs: 'NPRS',
  odi: 'ODI',
  vas: 'VAS',
  pgic: 'PGIC',
  work: 'Work',
  analgesics: 'Analgesics',
  satisfaction: 'Satisfaction',
  tolerance: 'Tolerance',
  mri: 'MRI',
  rmdq: 'RMDQ',
  dass21: 'DASS-21',
  hads: 'HADS',
  wpai: 'WPAI',
  promisPi4a: 'PROMIS PI',
}

/** What an item or field of a form is called. Example: `ODI_03` → `'Lifting'`; an unknown code is shown as it is. */
export function formatItemName(form: FormDefinition, code: string, settings: Settings): string {
  if (form.kind === 'plan') return form.plan.fields.find(field => field.code === code)?.label ?? code
  const total = form.instrument.total(settings)
  if (total?.code === code) return total.label
  return form.instrument.items(settings).find(item => item.code === code)?.label ?? code
}

/** An answer as a person reads it: a value with the words of its level, or the reason for its absence. */
export function formatAnswer(
  form: FormDefinition,
  code: string,
  answer: Answer | undefined,
  settings: Settings,
): string {
  if (!answer) return ''
  const item =
    form.kind === 'instrument' ? form.instrument.items(settings).find(one => one.code === code) : undefined
  if ('missing' in answer) return formatMissingReason(answer.missing, item)
  const text = formatAnswerValue(form, code, answer.value, item?.choices)
  return answer.twoMarked ? `${text} (two marked)` : text
}

function formatAnswerValue(
  form: FormDefinition,
  code: string,
  value: Extract<Answer, { value: unknown }>['value'],
  levels: readonly { readonly value: number; readonly label: string }[] | undefined,
): string {
  if (typeof value === 'number')
    return levels?.find(level => level.value === value)?.label ?? formatNumber(value)
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  const field = form.kind === 'plan' ? form.plan.fields.find(one => one.code === code) : undefined
  const label = (choice: string) => field?.choices?.find(one => one.code === choice)?.label ?? choice
  if (typeof value !== 'string') return value.map(label).join(', ')
  return field?.type === 'choice' ? label(value) : formatTextValue(field?.type, value)
}

/**
 * A stored text as its control shows it: dates as they are typed, in as much as is known of them; free text as it is,
 * whatever it looks like. Example: `formatTextValue('partialDate', '2024-04')` → `'Apr 2024'`.
 */
export function formatTextValue(type: FormField['type'] | undefined, value: string): string {
  if (type !== 'date' && type !== 'partialDate') return value
  const date = parseCalendarDate(value)
  if (date) return formatDate(date)
  const month = type === 'partialDate' && parseCalendarDate(`${value}-01`)
  return month ? formatDate(month).slice('1 '.length) : value
}

/** As it was entered, with a true minus. */
function formatNumber(value: number): string {
  return String(value).replace('-', '−')
}

/** A reason stored with a whole form. */
export function formatReason(reason: string): string {
  return formatMissingReason(reason as MissingReason) ?? reason
}

export function formatDateOrEmpty(date: CalendarDate | null): string {
  return date === null ? '' : formatDate(date)
}

/** A setting of a form (date, contact, source …) as a person reads it, by its column. */
export function formatSetting(column: string, value: unknown): string {
  if (value === null || value === undefined) return ''
  if (typeof value === 'boolean') return value ? 'Yes' : 'No'
  const text = String(value)
  if (column === 'assessmentDate') return formatDateOrEmpty(text as CalendarDate)
  if (column === 'notDoneReason') return formatReason(text)
  return MODE_LABELS[text] ?? SOURCE_LABELS[text] ?? text
}
