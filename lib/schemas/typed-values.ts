import { z } from 'zod'
import { type CalendarDate, parseTypedDate, type TypedDateProblem } from '@/lib/domain/shared/calendar-date'

const EXAMPLE = 'Type it as 16 Apr 2026.'

function describeDateProblem(text: string, problem: TypedDateProblem): string {
  switch (problem) {
    case 'unreadable':
      return `“${text}” is not a date. ${EXAMPLE}`
    case 'ambiguous':
      return `“${text}” is written in digits alone, so that day and month could be exchanged. ${EXAMPLE}`
    case 'noSuchDay':
      return `“${text}” is a day that does not exist. ${EXAMPLE}`
    case 'yearOutOfRange':
      return `“${text}” is not between 1900 and 2199. ${EXAMPLE}`
  }
}

const read = z.string().trim().max(40, EXAMPLE).optional()

/** A typed date; blank is null. */
export const optionalDate = read.transform((text, context): CalendarDate | null => {
  if (!text) return null
  const date = parseTypedDate(text)
  if (date.ok) return date.value
  context.addIssue({ code: 'custom', message: describeDateProblem(text, date.error) })
  return z.NEVER
})

/** A typed date that must be given. `missing`: what to say when it is not. */
export function requiredDate(missing: string) {
  return optionalDate.transform((date, context): CalendarDate => {
    if (date !== null) return date
    context.addIssue({ code: 'custom', message: missing })
    return z.NEVER
  })
}

/** A whole number as typed; blank is null. Its range is the use case's to check. */
export function optionalWhole(label: string) {
  return z
    .string()
    .trim()
    .max(20, `${label} is a whole number.`)
    .optional()
    .transform((text, context): number | null => {
      if (!text) return null
      if (/^-?\d+$/.test(text)) return Number(text)
      context.addIssue({ code: 'custom', message: `“${text}” is not a whole number. Enter digits only.` })
      return z.NEVER
    })
}

/** Free text; blank is null. */
export function optionalText(max: number) {
  return z
    .string()
    .trim()
    .max(max, `Use at most ${max} characters.`)
    .optional()
    .transform(text => text || null)
}

/** Text or choice that must be given. */
export function requiredText(missing: string, max = 200) {
  return z.string({ error: missing }).trim().min(1, missing).max(max, `Use at most ${max} characters.`)
}

/** Codes of the questions that the person confirmed. */
export const confirmedQuestions = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform(value => (value === undefined ? [] : [value].flat()))

/** The record's version that the form was drawn from; after a conflict, the one that was shown. */
export const recordVersion = z.coerce.number().int().min(1)
