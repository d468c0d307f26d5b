import Link from 'next/link'
import { DraftNames } from '@/app/_ui/draft-form'
import { formatInstant } from '@/lib/format/dates'
import { DRAFT_ADDRESS, DRAFT_FIELDS, FROM_WORKLIST, type UnfinishedEntry } from '@/lib/schemas/drafts'

/** What this person began and did not save; nobody else sees it. */
export function UnfinishedList({ entries }: { entries: readonly UnfinishedEntry[] }) {
  if (entries.length === 0) return null
  return (
    <section className="formmsg unfinished" aria-labelledby="unfinished-h">
      <h2 id="unfinished-h">Unfinished</h2>
      <ul>
        {entries.map(({ number, what, path, keptAt, moved, draft }) => (
          <li key={draft.place + draft.subject} className="flex flex-wrap items-center gap-x-3">
            <span>
              <Link href={path} prefetch={false}>
                {number ? `${number}, ${what.toLowerCase()}` : what}
              </Link>
              , kept {formatInstant(keptAt)}
              {moved !== null && `. ${moved}`}
            </span>
            <form action={DRAFT_ADDRESS} method="post" encType="multipart/form-data">
              <DraftNames draft={draft} />
              <input type="hidden" name={DRAFT_FIELDS.from} value={FROM_WORKLIST} />
              <button
                type="submit"
                className="btn sm"
                name={DRAFT_FIELDS.discard}
                value="yes"
                aria-label={`Discard ${number ? `${number}, ` : ''}${what.toLowerCase()}, kept ${formatInstant(keptAt)}`}
              >
                Discard
              </button>
            </form>
          </li>
        ))}
      </ul>
    </section>
  )
}
