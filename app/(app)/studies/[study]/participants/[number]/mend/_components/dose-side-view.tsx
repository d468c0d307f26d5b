import { formatDate } from '@/lib/format/dates'
import type { DoseSide } from '@/lib/schemas/mending-view'

/** The doses of one participant now. `moved`: the one that is about to go. */
export function DoseSideView(props: { title: string; side: DoseSide; moved: number | null }) {
  const { title, side, moved } = props
  const { number, site, consentDate, treatmentEnd, doses } = side
  return (
    <section className="fsec">
      <h2 className="pb-1">{title}</h2>
      <p className="ink">
        {number}, site {site}
      </p>
      <dl className="grid gap-x-6 gap-y-2 py-2 sm:grid-cols-2">
        <div>
          <dt className="ink3">Consent</dt>
          <dd className="ink">{consentDate ? formatDate(consentDate) : 'not known'}</dd>
        </div>
        {treatmentEnd && (
          <div>
            <dt className="ink3">Left treatment or follow-up</dt>
            <dd className="ink">{formatDate(treatmentEnd)}</dd>
          </div>
        )}
      </dl>
      {doses.length === 0 ? (
        <p className="ink3">No dose is recorded.</p>
      ) : (
        <ul>
          {doses.map(({ id, name, date, location, values }) => (
            <li key={id} className="border-t border-(--color-line) py-1">
              <b className="ink">{name}</b>
              <span className="ink3">
                , {formatDate(date)}
                {id === moved && ', to be moved'}
              </span>
              <div>{[...(location ? [location] : []), ...values].join('; ')}</div>
            </li>
          ))}
        </ul>
      )}
    </section>
  )
}
