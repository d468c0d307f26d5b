import type { FieldError } from '@/lib/domain/shared/errors'

/** Controls that are typed; the others are chosen. */
const TYPED = [
  ['dataCut', 'Data cut', 'today'],
  ['asOf', 'As known at audit entry', 'the last'],
] as const

/** What the controls are called where they stand. */
const LABELS: Readonly<Record<string, string>> = {
  parameter: 'Scores',
  visit: 'Visits',
  arm: 'Arms',
  reference: 'Published results laid over',
  subgroup: 'Subgroup at baseline',
  strategy: 'After a second dose or rescue',
  missing: 'Missing values',
  axis: 'Time',
  inWindow: 'Only values inside their visit window',
}

type Given = Readonly<Record<string, string | string[] | undefined>>

/** An address that asks for what there is not: each field with its value and what is allowed, everything else kept. */
export function RefusedControls(props: { given: Given; fields: readonly FieldError[]; path: string }) {
  const { given, fields, path } = props
  const isTyped = (name: string) => TYPED.some(([typed]) => typed === name)
  const chosen = fields.filter(({ field }) => !isTyped(field))
  return (
    <>
      <header className="head">
        <h1>Cohort outcomes</h1>
      </header>
      <div role="alert">
        <p>Nothing is shown, because this address asks for what there is not.</p>
        <ul className="refused">
          {chosen.map(({ field, value, text }) => (
            <li key={`${field} ${value}`}>
              <b>{LABELS[field] ?? field}:</b> {text}
            </li>
          ))}
        </ul>
      </div>
      {chosen.length > 0 && (
        <p className="note">Show leaves out what is refused and keeps your other choices.</p>
      )}
      <form className="report-form refused-form" method="get" action={path}>
        {Object.entries(given).flatMap(([name, value]) =>
          isTyped(name)
            ? []
            : keepValues(name, [value ?? []].flat(), fields).map(each => (
                <input key={`${name} ${each}`} type="hidden" name={name} value={each} />
              )),
        )}
        {TYPED.map(([name, label, placeholder]) => {
          const error = fields.find(({ field }) => field === name)
          return (
            <label key={name}>
              {label}
              <input
                name={name}
                type="text"
                defaultValue={[given[name] ?? ''].flat()[0]}
                placeholder={placeholder}
                autoComplete="off"
                aria-invalid={error !== undefined}
                aria-describedby={error && `${name}-error`}
              />
              {error && (
                <span className="err" id={`${name}-error`}>
                  {error.text}
                </span>
              )}
            </label>
          )
        })}
        <div className="acts">
          <button type="submit" className="btn pri">
            Show
          </button>
          <a href={path} className="btn">
            Reset
          </a>
        </div>
      </form>
    </>
  )
}

/** The values of a control that were not refused; none where it was refused as a whole. */
function keepValues(name: string, values: readonly string[], fields: readonly FieldError[]): string[] {
  const refused = fields.filter(({ field }) => field === name).map(({ value }) => value)
  const isPartly = refused.every(value => values.includes(value))
  return isPartly ? values.filter(value => !refused.includes(value)) : []
}
