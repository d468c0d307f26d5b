import Link from 'next/link'
import type { LogSummary } from '@/lib/schemas/log-view'

/** What is recorded of the participant beside the visits: each log with its count and its latest entries. */
export function LogsSection({ path, logs }: { path: string; logs: readonly LogSummary[] }) {
  return (
    <section className="fsec" id="logs">
      <h2 className="pb-2">Logs</h2>
      <ul className="grid gap-x-8 gap-y-3 sm:grid-cols-2 xl:grid-cols-3">
        {logs.map(log => (
          <li key={log.path} className="border-t border-(--color-line-strong) pt-1 pb-2">
            <div className="flex flex-wrap items-baseline gap-x-3">
              <Link className="med inline-block leading-6" href={`${path}/logs/${log.path}`} prefetch={false}>
                {log.name}
              </Link>
              <span className="ink3">{log.count === 0 ? 'none' : log.count}</span>
              {log.mayAdd && (
                <Link
                  href={`${path}/logs/${log.path}/new`}
                  prefetch={false}
                  className="ml-auto inline-block leading-6"
                  aria-label={`Add ${log.one}`}
                >
                  Add
                </Link>
              )}
            </div>
            {log.latest.length > 0 && (
              <ul>
                {log.latest.map(entry => (
                  <li key={entry.id} className="py-0.5">
                    {entry.date && <span className="ink3">{entry.date} </span>}
                    {entry.text}
                  </li>
                ))}
              </ul>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
