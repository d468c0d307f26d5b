import Link from 'next/link'
import type { SinceLine } from '@/lib/schemas/since-view'

/** One way to the value as it stands, one to its history. */
export function LineLinks({ study, line }: { study: string; line: SinceLine }) {
  if (line.subject === null) return null
  const { value, history } = addressesOf(study, line.subject, line)
  return (
    <span className="lk inline-flex gap-3 whitespace-nowrap">
      <Link href={value} prefetch={false} aria-label={`Show: ${line.subject}, ${line.summary}`}>
        Show
      </Link>
      <Link href={history} prefetch={false} aria-label={`History: ${line.subject}, ${line.summary}`}>
        History
      </Link>
    </span>
  )
}

/** The addresses of a participant's record: the narrowest page that every reader of participants may open. */
function addressesOf(study: string, subject: string, { visit, log, form, field, topic }: SinceLine) {
  const participant = `/studies/${study}/participants/${encodeURIComponent(subject)}`
  const place =
    topic === 'values' && visit !== null
      ? `/visits/${encodeURIComponent(visit)}`
      : log !== null
        ? `/logs/${log}`
        : ''
  const filter = {
    ...(visit && topic === 'values' ? { visit } : {}),
    ...(form ? { form } : {}),
    ...(field ? { field } : {}),
  }
  const query = new URLSearchParams(filter).toString()
  return { value: `${participant}${place}`, history: `${participant}/history${query && `?${query}`}` }
}
