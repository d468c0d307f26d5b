import { formatAct } from '@/lib/format/audit-entry'

/** A plain GET form: the filters stand in the address. */
export function TrailFilters(props: {
  filter: Readonly<Partial<Record<string, string>>>
  actors: readonly string[]
  acts: readonly string[]
  /** Entries of a study's records have participants, visits and forms; those of the system have none. */
  ofRecords: boolean
  /** Kept beside the filters. */
  source?: string
}) {
  const { filter } = props
  return (
    <form className="filters" method="get" aria-label="Filter the trail">
      {props.source && <input type="hidden" name="source" value={props.source} />}
      {props.ofRecords && (
        <>
          <label>
            Participant <input type="search" name="subject" size={10} defaultValue={filter.subject} />
          </label>
          <label>
            Visit <input type="search" name="visit" size={6} defaultValue={filter.visit} />
          </label>
          <label>
            Form <input type="search" name="form" size={8} defaultValue={filter.form} />
          </label>
        </>
      )}
      <label>
        Person{' '}
        <select name="actor" defaultValue={filter.actor ?? ''}>
          <option value="">Everybody</option>
          {props.actors.map(actor => (
            <option key={actor}>{actor}</option>
          ))}
        </select>
      </label>
      <label>
        Act{' '}
        <select name="act" defaultValue={filter.act ?? ''}>
          <option value="">All</option>
          {props.acts.map(act => (
            <option key={act} value={act}>
              {formatAct(act, null)}
            </option>
          ))}
        </select>
      </label>
      <label>
        From <input type="date" name="from" defaultValue={filter.from} />
      </label>
      <label>
        To <input type="date" name="to" defaultValue={filter.to} />
      </label>
      <button type="submit" className="btn sm">
        Filter
      </button>
    </form>
  )
}
