import Link from 'next/link'
import { formatDate } from '@/lib/format/dates'
import type { DueReconsent } from '@/lib/schemas/worklist'

/** More lines than this help nobody: the site filter does. */
const MAX_LINES = 50

/** Participants who are to be asked for consent again. */
export function Reconsents(props: { reconsents: readonly DueReconsent[]; base: string; mayRecord: boolean }) {
  const { reconsents, base, mayRecord } = props
  if (reconsents.length === 0) return null
  return (
    <section className="grp" id="reconsents" aria-labelledby="reconsents-h">
      <header>
        <h2 id="reconsents-h">Re-consent</h2>
        <span className="n">{reconsents.length}</span>
        <span className="why">A newer version of the consent form is to be signed.</span>
      </header>
      <ul className="lines">
        {reconsents.slice(0, MAX_LINES).map(({ number, version, since }) => {
          const participant = `${base}/participants/${encodeURIComponent(number)}`
          return (
            <li key={number}>
              <Link className="id" href={participant} prefetch={false}>
                {number}
              </Link>
              <span>
                Re-consent due: version {version}, since {formatDate(since)}
              </span>
              {mayRecord && (
                <Link
                  href={`${participant}/logs/consents/new?${new URLSearchParams({ VERSION: version })}`}
                  prefetch={false}
                  aria-label={`Record the consent of ${number}`}
                >
                  Record
                </Link>
              )}
            </li>
          )
        })}
      </ul>
      {reconsents.length > MAX_LINES && (
        <p className="note">{reconsents.length - MAX_LINES} more are not shown. Choose a site to see them.</p>
      )}
    </section>
  )
}
