import { type CalendarDate, parseTypedDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatDate } from '@/lib/format/dates'

/** The data cut as typed; nothing typed is `today`, the date in the study's zone. One that has not come is refused. */
export function readDataCut(typed: string | undefined, today: CalendarDate): Result<CalendarDate, AppError> {
  const value = typed?.trim() ?? ''
  if (value === '') return ok(today)
  const refuse = (text: string) =>
    err<AppError>({ code: 'invalidInput', fields: [{ field: 'dataCut', value, text }] })
  const read = parseTypedDate(value)
  if (!read.ok) return refuse(`“${value}” is not a date that can be read. Enter it as ${formatDate(today)}.`)
  if (read.value <= today) return read
  return refuse(
    `${formatDate(read.value)} has not come yet. Enter today, ${formatDate(today)}, or an earlier day.`,
  )
}
