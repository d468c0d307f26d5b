import Link from 'next/link'
import { formatDate } from '@/lib/format/dates'
import { WORKLIST_GROUPS, type Worklist, type WorklistGroup, type WorklistItem } from '@/lib/schemas/worklist'
import { WindowMark } from './window-mark'

const GROUPS: Readonly<
  Record<WorklistGroup, { readonly name: string; readonly why: string; readonly tone: string }>
> = {
  overdue: {
    name: 'Overdue',
    why: 'Window closed. Enter late, or record as missed with a reason.',
    tone: 't-danger',
  },
  closing: { name: 'Window closing', why: 'Seven days left or fewer.', tone: 't-warn' },
  today: { name: 'Due today', why: 'Today is the target day.', tone: '' },
  open: { name: 'Open', why: 'In window, or partly entered.', tone: '' },
}

/** More rows than this help nobody: the site filter does. */
const MAX_ROWS = 200

export function WorklistGroups({ worklist, base }: { worklist: Worklist; base: string }) {
  const groups = WORKLIST_GROUPS.map(group => ({
    group,
    items: worklist.items.filter(item => item.group === group),
  }))
  return (
    <>
      <nav className="jump" aria-label="Groups">
        {groups.map(({ group, items }) => (
          <a key={group} href={items.length > 0 ? `#${group}` : undefined}>
            <b className={items.length > 0 && GROUPS[group].tone ? GROUPS[group].tone : undefined}>
              {items.length}
            </b>
            <span>{GROUPS[group].name}</span>
          </a>
        ))}
      </nav>
      {groups
        .filter(({ items }) => items.length > 0)
        .map(({ group, items }) => (
          <section key={group} className="grp" id={group} aria-labelledby={`${group}-h`}>
            <header>
              <h2 id={`${group}-h`}>{GROUPS[group].name}</h2>
              <span className="n">{items.length}</span>
              <span className="why">{GROUPS[group].why}</span>
            </header>
            <GroupTable
              items={items.slice(0, MAX_ROWS)}
              base={base}
              mayEnter={worklist.mayEnter && !worklist.study.locked}
            />
            {items.length > MAX_ROWS && (
              <p className="note">{items.length - MAX_ROWS} more are not shown. Choose a site to see them.</p>
            )}
          </section>
        ))}
    </>
  )
}

function GroupTable({
  items,
  base,
  mayEnter,
}: {
  items: readonly WorklistItem[]
  base: string
  mayEnter: boolean
}) {
  return (
    <table className="wl hov">
      <colgroup>
        {[20, 16, 21, 22, 11, 10].map((width, index) => (
          <col key={index.toString()} style={{ width: `${width}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Participant and visit</th>
          <th scope="col">Window</th>
          <th scope="col">Status</th>
          <th scope="col">To enter</th>
          <th scope="col">Site</th>
          <th scope="col">
            <span className="vh">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <Row key={`${item.number} ${item.visit}`} item={item} base={base} mayEnter={mayEnter} />
        ))}
      </tbody>
    </table>
  )
}

function Row({ item, base, mayEnter }: { item: WorklistItem; base: string; mayEnter: boolean }) {
  const participant = `${base}/participants/${encodeURIComponent(item.number)}`
  const visit = `${participant}/visits/${encodeURIComponent(item.visit)}`
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
        <WindowMark item={item} />
      </td>
      <td className="c-st">
        <Status item={item} />
      </td>
      <td className="c-do">
        {item.lacking.join(', ')}
        {item.entered.length > 0 && <span className="ink3">; {item.entered.join(', ')} entered</span>}
      </td>
      <td className="c-site" title={`${item.site} ${item.siteName}`}>
        {item.site} {item.siteName}
      </td>
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
    return <span className="t-danger med">{countDays(daysPast ?? 0)} past window</span>
  }
  if (state === 'partly' && daysPast !== null) {
    return (
      <>
        <span className="ink med">Partly entered</span>, closed {countDays(daysPast)} ago
      </>
    )
  }
  if (daysLeft === null) return <>Open{state === 'partly' ? ', partly entered' : ' since consent'}</>
  const closes =
    daysLeft === 0 ? 'Closes today' : daysLeft === 1 ? 'Closes tomorrow' : `Closes in ${countDays(daysLeft)}`
  if (isToday)
    return (
      <>
        <span className="ink med">Target today</span>, {closes.toLowerCase()}
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
