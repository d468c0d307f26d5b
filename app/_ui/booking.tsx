import Link from 'next/link'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'

interface Booked {
  readonly date: CalendarDate
  readonly time: string
  readonly place: string
  readonly mode: string
}

/** A booking in one line; a place that only names the way of meeting says nothing. Example: `16 Apr 2026, 10:30, phone`. */
export function formatBooking({ date, time, mode, place }: Booked): string {
  const where = place.toLowerCase() === mode.toLowerCase() ? '' : place
  return [formatDate(date), time, mode.toLowerCase(), where].filter(Boolean).join(', ')
}

/**
 * The way to a new appointment of a visit, filled in as far as it is known. `path`: the participant's page; `target`: the
 * day to propose, null for none.
 */
export function BookLink(props: { path: string; visit: string; name: string; target: CalendarDate | null }) {
  const preset = new URLSearchParams({ VISIT: props.visit, STATUS: 'booked' })
  if (props.target) preset.set('DATE', formatDate(props.target))
  return (
    <Link
      href={`${props.path}/logs/appointments/new?${preset}`}
      prefetch={false}
      aria-label={`Book: ${props.name}`}
    >
      Book
    </Link>
  )
}
