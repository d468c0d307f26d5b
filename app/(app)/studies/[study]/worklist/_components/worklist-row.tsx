import Link from 'next/link'
import { BookLink, formatBooking } from '@/app/_ui/booking'
import { formatDate } from '@/lib/format/dates'
import type { WorklistItem } from '@/lib/schemas/worklist'
import { WindowMark } from './window-mark'

/** What all rows share. */
export interface RowLayout {
  readonly base: string
  /** The site that the list is limited to: entry goes on within it. */
  readonly site: string | null
  readonly mayEnter: boolean
  readonly mayBook: boolean
  readonly hasSites: boolean
  /** Days on either side of the target that the marks show. */
  readonly reachDays: number
}

export function WorklistRow({ item, layout }: { item: WorklistItem; layout: RowLayout }) {
  const { base, mayEnter, reachDays } = layout
  const participant = `${base}/participants/${encodeURIComponent(item.number)}`
  const within = layout.site === null ? '' : `?${new URLSearchParams({ site: layout.site })}`
  const visit = `${participant}/visits/${encodeURIComponent(item.visit)}${within}`
  const verb = !mayEnter
    ? 'View'
    : item.entered.length > 0 || item.standing.state === 'partly'
      ? 'Continue'
      : 'Enter visit'
  return (
    <tr data-row>
      <td className="c-id">
        <Link className="id" href={participant} prefetch={false}>
          {item.number}
        </Link>{' '}
        <span className="vis">{item.visitName}</span>
      </td>
      <td className="c-win">
        <WindowMark item={item} reachDays={reachDays} />
      </td>
      <td className="c-st">
        <Status item={item} />
        {item.booking && <span className="ink3">; booked {formatBooking(item.booking)}</span>}
        {!item.booking && layout.mayBook && (
          <>
            {' '}
            <BookLink
              path={participant}
              visit={item.visit}
              name={`${item.number}, ${item.visitName}`}
              target={item.days && item.days.today < 0 ? item.target : null}
            />
          </>
        )}
      </td>
      <td className="c-do">
        {item.lacksEvent && (
          <>
            <Link href={`${participant}/logs/adverse-events/new`} prefetch={false}>
              Record the adverse event
            </Link>
            {item.lacking.length > 0 && '; '}
          </>
        )}
        {item.lacking.join(', ')}
        {item.entered.length > 0 && <span className="ink3">; {item.entered.join(', ')} entered</span>}
      </td>
      {layout.hasSites && (
        <td className="c-site" title={`${item.site} ${item.siteName}`}>
          {item.site} {item.siteName}
        </td>
      )}
      <td className="c-act">
        <Link
          className="btn sm"
          href={visit}
          prefetch={false}
          data-open
          aria-label={`${verb}: ${item.number}, ${item.visitName}`}
        >
          {verb}
        </Link>
      </td>
    </tr>
  )
}

function Status({ item }: { item: WorklistItem }) {
  const { state, daysLeft, daysPast, isProvisional, isToday } = item.standing
  const until = item.windowEnd === null ? '' : `, ${formatDate(item.windowEnd).slice(0, -5)}`
  const provisional = isProvisional ? ' (provisional)' : ''
  if (state === 'overdue') {
    return (
      <>
        <span className="t-danger med">{countDays(daysPast ?? 0)} past window</span>
        {provisional}
      </>
    )
  }
  if (state === 'partly' && daysPast !== null) {
    return (
      <>
        <span className="ink med">Partly entered</span>,{' '}
        <span className="t-danger med">window closed {countDays(daysPast)} ago</span>
        {provisional}
      </>
    )
  }
  if (state === 'notOpen') return <span className="ink med">Today, before its window</span>
  if (daysLeft === null) return <>Open{state === 'partly' ? ', partly entered' : ' since consent'}</>
  const closes =
    daysLeft === 0 ? 'Closes today' : daysLeft === 1 ? 'Closes tomorrow' : `Closes in ${countDays(daysLeft)}`
  if (isToday)
    return (
      <>
        <span className="ink med">{item.booking ? 'Today' : 'Target today'}</span>, {closes.toLowerCase()}
        {provisional}
      </>
    )
  if (item.group === 'closing')
    return (
      <>
        <span className="t-warn med">{closes}</span>
        {until}
        {provisional}
      </>
    )
  return (
    <>
      {state === 'partly' ? 'Partly entered, c' : 'C'}
      {closes.slice(1)}
      {provisional}
    </>
  )
}

function countDays(days: number): string {
  return days === 1 ? '1 day' : `${days} days`
}
