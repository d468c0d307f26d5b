import Link from 'next/link'
import type { VisitReference } from '@/lib/schemas/mending-view'

interface Props {
  /** Address of the participant whose logs they are of. */
  path: string
  references: readonly VisitReference[]
  /** What of the visit they name, e.g. `this visit`. */
  visit: string
}

/** Entries of logs that name a visit by its code: a move leaves them behind, and nobody but a person knows what is right. */
export function VisitReferences({ path, references, visit }: Props) {
  if (references.length === 0) return null
  const verb = references.length === 1 ? 'names' : 'name'
  const them = references.length === 1 ? 'it' : 'them'
  return (
    <div className="formmsg">
      <p>
        {countReferences(references)} {verb} {visit}. The move leaves {them} as{' '}
        {references.length === 1 ? 'it is' : 'they are'}: move or correct {them} too.
      </p>
      <ul>
        {references.map(({ id, path: log, one, text }) => (
          <li key={id}>
            <Link href={`${path}/logs/${log}/${id}`} prefetch={false}>
              {one[0]?.toUpperCase() + one.slice(1)}: {text}
            </Link>
          </li>
        ))}
      </ul>
    </div>
  )
}

/** Example: `1 deviation and 2 appointments`. */
function countReferences(references: readonly VisitReference[]): string {
  const counts = [...new Set(references.map(({ one }) => one))].map(one => {
    const count = references.filter(reference => reference.one === one).length
    return `${count} ${one}${count === 1 ? '' : 's'}`
  })
  const last = counts.pop() ?? ''
  return counts.length === 0 ? last : `${counts.join(', ')} and ${last}`
}
