import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'

/** The data cut as staff type dates; nothing typed is today. */
export function DataCutField({ typed, id }: { typed: string; id?: string }) {
  return (
    <label>
      Data cut
      <input id={id} name="dataCut" type="text" defaultValue={typed} placeholder="today" autoComplete="off" />
    </label>
  )
}

/** What the control shows: the date as staff type it, nothing where it is today's. */
export function typedDataCut(dataCut: CalendarDate, today: CalendarDate): string {
  return dataCut === today ? '' : formatDate(dataCut)
}
