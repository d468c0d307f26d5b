import Link from 'next/link'

interface Offer {
  readonly number: string
  readonly text: string
  readonly query: string | null
}

/** Shown at once; the rest is counted. */
const MOST = 50

/** What the schedule shows and nobody has logged; nothing is entered by itself. */
export function DeviationOffers({ study, offers }: { study: string; offers: readonly Offer[] }) {
  if (offers.length === 0) return null
  return (
    <section className="fsec">
      <h2 className="pb-2">Not logged</h2>
      <p className="note">Visits and forms out of window, and missed visits, without an entry.</p>
      <ul className="lines mt-3">
        {offers.slice(0, MOST).map(({ number, text, query }) => {
          const log = `/studies/${study}/participants/${encodeURIComponent(number)}/logs/deviations`
          return (
            <li key={`${number} ${text}`}>
              <span>
                <b className="ink">{number}</b> {text}
              </span>
              {query !== null && (
                <Link href={`${log}/new?${query}`} prefetch={false} aria-label={`Log it: ${number} ${text}`}>
                  Log it
                </Link>
              )}
            </li>
          )
        })}
      </ul>
      {offers.length > MOST && <p className="ink3">And {offers.length - MOST} more.</p>}
    </section>
  )
}
