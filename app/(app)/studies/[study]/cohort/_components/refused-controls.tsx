import type { FieldError } from '@/lib/domain/shared/errors'

/** Controls that may be typed; the others come from links. */
const TYPED = [
  ['dataCut', 'Data cut', 'today'],
  ['asOf', 'As known at audit entry', 'the last'],
] as const

/** An address that asks for what there is not: what was wrong, with everything typed kept. */
export function RefusedControls(props: {
  given: Readonly<Record<string, string | string[] | undefined>>
  fields: readonly FieldError[]
  path: string
}) {
  const { given, fields, path } = props
  const isRefused = (name: string) => fields.some(({ field }) => field === name)
  const others = Object.entries(given).filter(
    ([name]) => !isRefused(name) && !TYPED.some(([typed]) => typed === name),
  )
  return (
    <>
      <header className="head">
        <h1>Cohort outcomes</h1>
      </header>
      <form className="report-form" method="get" action={path}>
        {others.flatMap(([name, value]) =>
          [value ?? []]
            .flat()
            .map(each => <input key={`${name} ${each}`} type="hidden" name={name} value={each} />),
        )}
        {TYPED.map(([name, label, placeholder]) => (
          <label key={name}>
            {label}
            <input
              id={name}
              name={name}
              type="text"
              defaultValue={[given[name] ?? ''].flat()[0]}
              placeholder={placeholder}
              autoComplete="off"
              aria-invalid={isRefused(name)}
              aria-describedby={isRefused(name) ? `${name}-error` : undefined}
            />
          </label>
        ))}
        <button type="submit" className="btn">
          Show
        </button>
        <a href={path} className="btn">
          Reset
        </a>
        {fields.map(({ field, value, text }) => (
          <p key={`${field} ${value}`} className="err" id={`${field}-error`} role="alert">
            {text}
          </p>
        ))}
      </form>
    </>
  )
}
