import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'

/** What the control shows: the date as staff type it, nothing where it is today's. */
export function typedDataCut(dataCut: CalendarDate, today: CalendarDate): string {
  return dataCut === today ? '' : formatDate(dataCut)
}
