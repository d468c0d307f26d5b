import { KeptFields, QueryText } from '@/app/_ui/query-fields'
import type { FieldError } from '@/lib/domain/shared/errors'
import { CONTROL_NAMES } from './control-names'

/** Controls that are typed, with what leaving them out means; the others are chosen. */
const TYPED = { dataCut: 'today', asOf: 'the last' } as const
const isTyped = (name: string): name is keyof typeof TYPED => name in TYPED
const NAMES: Readonly<Record<string, string>> = CONTROL_NAMES

type Given = Readonly<Record<string, string | string[] | undefined>>

/** An address that asks for what there is not: each field with its value and what is allowed, everything else kept. */
export function RefusedControls(props: { given: Given; fields: readonly FieldError[]; path: string }) {
  const { given, fields, path } = props
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
              <b>{NAMES[field] ?? field}:</b> {text}
            </li>
          ))}
        </ul>
      </div>
      {chosen.length > 0 && (
        <p className="note">Show leaves out what is refused and keeps your other choices.</p>
      )}
      <form className="report-form refused-form" method="get" action={path}>
        <KeptFields
          pairs={Object.entries(given).flatMap(([name, value]) =>
            isTyped(name)
              ? []
              : keepValues(name, [value ?? []].flat(), fields).map(each => [name, each] as const),
          )}
        />
        {Object.entries(TYPED).map(([name, placeholder]) => (
          <QueryText
            key={name}
            name={name}
            label={NAMES[name] ?? name}
            value={[given[name] ?? ''].flat()[0] ?? ''}
            placeholder={placeholder}
            error={fields.find(({ field }) => field === name)?.text}
          />
        ))}
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
