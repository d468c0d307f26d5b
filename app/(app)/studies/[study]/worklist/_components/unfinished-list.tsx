import Link from 'next/link'
import { formatInstant } from '@/lib/format/dates'
import type { UnfinishedEntry } from '@/lib/schemas/drafts'

/** What this person began and did not save; nobody else sees it. */
export function UnfinishedList({ entries }: { entries: readonly UnfinishedEntry[] }) {
  if (entries.length === 0) return null
  return (
    <section className="formmsg unfinished" aria-labelledby="unfinished-h">
      <h2 id="unfinished-h">Unfinished</h2>
      <ul>
        {entries.map(({ number, what, path, keptAt }) => (
          <li key={`${path} ${what}`}>
            <Link href={path} prefetch={false}>
              {number ? `${number}, ${what.toLowerCase()}` : what}
            </Link>
            , kept {formatInstant(keptAt)}
          </li>
        ))}
      </ul>
    </section>
  )
}
