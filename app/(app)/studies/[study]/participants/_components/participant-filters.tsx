import Form from 'next/form'
import { SearchKey } from '@/app/_ui/search-key'
import { PARTICIPANT_STATUSES, type ParticipantListInput } from '@/lib/schemas/participants'
import { STATUS_TEXT } from './wording'

/** Search and filters; a plain GET form, so that the address is the state. */
export function ParticipantFilters(props: {
  path: string
  query: ParticipantListInput
  sites: readonly { readonly code: string; readonly name: string }[]
}) {
  const { query } = props
  return (
    <Form action={props.path} prefetch={false} className="filters" role="search">
      <input
        type="search"
        name="q"
        defaultValue={query.q}
        placeholder="Participant"
        aria-label="Find participant"
        aria-keyshortcuts="/"
        size={12}
      />
      <SearchKey />
      <label>
        Site{' '}
        <select name="site" defaultValue={query.site} key={`site-${query.site}`}>
          <option value="">All</option>
          {props.sites.map(site => (
            <option key={site.code} value={site.code}>
              {site.code} {site.name}
            </option>
          ))}
        </select>
      </label>
      <label>
        Status{' '}
        <select name="status" defaultValue={query.status ?? ''} key={`status-${query.status}`}>
          <option value="">All</option>
          {PARTICIPANT_STATUSES.map(status => (
            <option key={status} value={status}>
              {STATUS_TEXT[status]}
            </option>
          ))}
        </select>
      </label>
      <label className="check">
        <input
          type="checkbox"
          name="overdue"
          value="1"
          defaultChecked={query.overdue}
          key={`overdue-${query.overdue}`}
        />
        Overdue
      </label>
      <input type="hidden" name="sort" value={query.sort} />
      <input type="hidden" name="dir" value={query.dir} />
      <button type="submit" className="btn">
        Show
      </button>
    </Form>
  )
}
