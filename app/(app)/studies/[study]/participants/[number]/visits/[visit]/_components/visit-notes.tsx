import Link from 'next/link'
import { BookLink, formatBooking } from '@/app/_ui/booking'
import { formatDate } from '@/lib/format/dates'
import type { VisitView } from '@/lib/schemas/visit-view'

/** The appointment of the visit, an event to be recorded, and that the participant has left. `path`: the participant's page. */
export function VisitNotes({ view, path }: { view: VisitView; path: string }) {
  const { booking, followUpEnd, mayBook, visit } = view
  const isBookable = mayBook && view.page.date === '' && visit.missed === null
  const isAhead = visit.target !== null && visit.target > view.today
  return (
    <>
      {followUpEnd && (
        <p className="formmsg" role="note">
          <b>Out of follow-up since {formatDate(followUpEnd)}.</b> Only what was assessed up to that day is
          entered.
        </p>
      )}
      {view.lacksEvent && (
        <p className="formmsg" role="note">
          <b>
            A new or changed adverse event was told at this visit, and none is recorded since the last
            contact.
          </b>{' '}
          <Link href={`${path}/logs/adverse-events/new`} prefetch={false}>
            Record the event
          </Link>{' '}
          or add to one in the{' '}
          <Link href={`${path}/logs/adverse-events`} prefetch={false}>
            adverse events
          </Link>
          .
        </p>
      )}
      {booking ? (
        <p className="note">
          Booked {formatBooking(booking)}.{' '}
          <Link href={`${path}/logs/appointments`} prefetch={false}>
            Appointments
          </Link>
        </p>
      ) : (
        isBookable && (
          <p className="note">
            No appointment.{' '}
            <BookLink
              path={path}
              visit={visit.code}
              name={visit.name}
              target={isAhead ? visit.target : null}
            />
          </p>
        )
      )}
    </>
  )
}
