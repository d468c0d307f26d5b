import Form from 'next/form'
import { GRADES } from '@/lib/domain/logs/adverse-event-fields'
import type { SafetyListInput } from '@/lib/schemas/event-reports'

const FLAGS = [
  ['serious', 'Serious'],
  ['open', 'To be reported'],
  ['judge', 'To be judged'],
] as const

/** A plain GET form, so that the address is the state. */
export function SafetyFilters(props: {
  path: string
  query: SafetyListInput
  sites: readonly { readonly code: string; readonly name: string }[]
}) {
  const { query, sites } = props
  return (
    <Form action={props.path} prefetch={false} className="filters under" role="search">
      {sites.length > 1 && (
        <label>
          Site{' '}
          <select name="site" defaultValue={query.site} key={`site-${query.site}`}>
            <option value="">All</option>
            {sites.map(({ code, name }) => (
              <option key={code} value={code}>
                {code} {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <label>
        Grade{' '}
        <select name="grade" defaultValue={query.grade ?? ''} key={`grade-${query.grade}`}>
          <option value="">All</option>
          {GRADES.map(({ code, label }) => (
            <option key={code} value={code}>
              {label}
            </option>
          ))}
        </select>
      </label>
      {FLAGS.map(([name, label]) => (
        <label key={name} className="check">
          <input
            type="checkbox"
            name={name}
            value="1"
            defaultChecked={query[name]}
            key={`${name}-${query[name]}`}
          />
          {label}
        </label>
      ))}
      <button type="submit" className="btn">
        Show
      </button>
    </Form>
  )
}
