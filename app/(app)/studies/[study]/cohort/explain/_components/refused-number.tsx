import type { FieldError } from '@/lib/domain/shared/errors'

const TYPED = [
  ['code', 'Score or rule, by code', 'the main score'],
  ['visit', 'Visit, by code', 'the last with values'],
  ['from', 'From audit entry', 'none'],
  ['to', 'To audit entry', 'the last'],
  ['dataCut', 'Data cut', 'today'],
  ['asOf', 'As known at audit entry', 'the last'],
] as const

/** Names that the form sends as one of its own. */
const REPLACED: readonly string[] = ['code', 'rule', 'parameter']

/** An address that asks for what there is not: what was wrong, with everything typed kept. */
export function RefusedNumber(props: {
  given: Readonly<Record<string, string | string[] | undefined>>
  fields: readonly FieldError[]
  path: string
}) {
  const { given, fields, path } = props
  const isRefused = (name: string) => fields.some(({ field }) => field === name)
  const kept = Object.entries(given).filter(
    ([name]) => !isRefused(name) && !REPLACED.includes(name) && !TYPED.some(([typed]) => typed === name),
  )
  const typed = (name: string) =>
    [name === 'code' ? (given.code ?? given.rule ?? given.parameter ?? '') : (given[name] ?? '')].flat()[0]
  return (
    <form className="report-form" method="get" action={path}>
      {kept.flatMap(([name, value]) =>
        [value ?? []]
          .flat()
          .map(each => <input key={`${name} ${each}`} type="hidden" name={name} value={each} />),
      )}
      {TYPED.map(([name, label, placeholder]) => (
        <label key={name}>
          {label}
          <input
            name={name}
            type="text"
            defaultValue={typed(name)}
            placeholder={placeholder}
            autoComplete="off"
            aria-invalid={isRefused(name)}
            aria-describedby={isRefused(name) ? `${name}-error` : undefined}
          />
        </label>
      ))}
      <button type="submit" className="btn pri">
        Explain
      </button>
      <a href={path} className="btn">
        Start again
      </a>
      {fields.map(({ field, value, text }) => (
        <p key={`${field} ${value}`} className="err" id={`${field}-error`} role="alert">
          {text}
        </p>
      ))}
    </form>
  )
}
