interface Change {
  readonly at: string
  readonly actor: string
  readonly old: string
  readonly now: string
  readonly reason: string | null
}

/** Every write to one value, behind a small mark at the value: who, when, from what to what, and why. */
export function ValueHistory({ name, changes }: { name: string; changes: readonly Change[] }) {
  if (changes.length === 0) return null
  const changed = changes.length - 1
  return (
    <details className="vhist">
      <summary
        aria-label={`History of ${name}: ${changed === 0 ? 'entered once' : `changed ${changed} times`}`}
        title="History"
      >
        <svg viewBox="0 0 16 16" aria-hidden="true">
          <circle cx="8" cy="8" r="6" />
          <path d="M8 4.5V8l2.5 1.5" />
        </svg>
        {changed > 0 && <span aria-hidden="true">{changed}</span>}
      </summary>
      <ol>
        {changes.map((change, index) => (
          <li key={`${change.at}-${index.toString()}`}>
            <b>
              {change.old === '' ? '' : `${change.old} → `}
              {change.now === '' ? 'empty' : change.now}
            </b>
            <span>
              {change.actor}, {change.at}
            </span>
            {change.reason && <span>{change.reason}</span>}
          </li>
        ))}
      </ol>
    </details>
  )
}
