import Link from 'next/link'
import type { DoubleEntryItem } from '@/lib/schemas/double-entry'

/** A list longer than this is no list: the site narrows it. */
const MAX_LINES = 50

/** Forms that are to be entered a second time, and differences to be decided. */
export function DoubleEntryList({ base, items }: { base: string; items: readonly DoubleEntryItem[] }) {
  if (items.length === 0) return null
  return (
    <section className="grp" aria-labelledby="double-entry-h">
      <header>
        <h2 id="double-entry-h">Double entry</h2>
        <span className="n">{items.length}</span>
        <span className="why">Entered by one person so far, or differing.</span>
      </header>
      <ul className="lines">
        {items.slice(0, MAX_LINES).map(({ number, visit, visitName, wants, forms }) => {
          const visitPath = `${base}/participants/${encodeURIComponent(number)}/visits/${encodeURIComponent(visit)}`
          const isEntry = wants === 'secondEntry'
          return (
            <li key={`${number} ${visit} ${wants}`}>
              <Link href={`${visitPath}/second${isEntry ? '' : '/settle'}`} prefetch={false}>
                {number}, {visitName.toLowerCase()}: {isEntry ? 'second entry' : 'decide differences'}
              </Link>
              <span className="ink3">{forms.join(', ')}</span>
            </li>
          )
        })}
      </ul>
      {items.length > MAX_LINES && (
        <p className="note">{items.length - MAX_LINES} more are not shown. Choose a site to see them.</p>
      )}
    </section>
  )
}
