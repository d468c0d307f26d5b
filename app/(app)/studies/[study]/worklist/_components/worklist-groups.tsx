import { WORKLIST_GROUPS, type Worklist, type WorklistGroup, type WorklistItem } from '@/lib/schemas/worklist'
import { deriveReach } from './window-mark'
import { type RowLayout, WorklistRow } from './worklist-row'

const GROUPS: Readonly<
  Record<WorklistGroup, { readonly name: string; readonly why: string; readonly tone: string }>
> = {
  overdue: {
    name: 'Overdue',
    why: 'Window closed. Enter late, or record as missed with a reason.',
    tone: 't-danger',
  },
  closing: { name: 'Window closing', why: 'Seven days left or fewer.', tone: 't-warn' },
  today: { name: 'Due today', why: 'Booked for today, or today is the target day.', tone: '' },
  open: { name: 'Open', why: 'In window, or partly entered.', tone: '' },
}

/** More rows than this help nobody: the site filter does. */
const MAX_ROWS = 200

function groupItems(worklist: Worklist) {
  return WORKLIST_GROUPS.map(group => ({
    group,
    items: worklist.items.filter(item => item.group === group),
  }))
}

/** How much is in each group, and the way there. */
export function GroupCounts({ worklist }: { worklist: Worklist }) {
  return (
    <nav className="jump" aria-label="Groups">
      {groupItems(worklist).map(({ group, items }) => (
        <a key={group} href={items.length > 0 ? `#${group}` : undefined}>
          <b className={items.length > 0 && GROUPS[group].tone ? GROUPS[group].tone : undefined}>
            {items.length}
          </b>
          <span>{GROUPS[group].name}</span>
        </a>
      ))}
    </nav>
  )
}

export function WorklistGroups({ worklist, base }: { worklist: Worklist; base: string }) {
  const groups = groupItems(worklist)
  const layout: RowLayout = {
    base,
    site: worklist.site,
    mayEnter: worklist.mayEnter && !worklist.study.locked,
    mayBook: worklist.mayBook && !worklist.study.locked,
    hasSites: worklist.sites.length > 1,
    reachDays: deriveReach(worklist.items),
  }
  return (
    <>
      {groups
        .filter(({ items }) => items.length > 0)
        .map(({ group, items }) => (
          <section key={group} className="grp" id={group} aria-labelledby={`${group}-h`}>
            <header>
              <h2 id={`${group}-h`}>{GROUPS[group].name}</h2>
              <span className="n">{items.length}</span>
              <span className="why">{GROUPS[group].why}</span>
            </header>
            <GroupTable items={items.slice(0, MAX_ROWS)} layout={layout} />
            {items.length > MAX_ROWS && (
              <p className="note">{items.length - MAX_ROWS} more are not shown. Choose a site to see them.</p>
            )}
          </section>
        ))}
    </>
  )
}

const WIDTHS = [20, 16, 21, 22, 11, 10] as const
const WIDTHS_WITHOUT_SITE = [20, 16, 24, 28, 12] as const

function GroupTable({ items, layout }: { items: readonly WorklistItem[]; layout: RowLayout }) {
  return (
    <table className="wl hov">
      <colgroup>
        {(layout.hasSites ? WIDTHS : WIDTHS_WITHOUT_SITE).map((width, index) => (
          <col key={index.toString()} style={{ width: `${width}%` }} />
        ))}
      </colgroup>
      <thead>
        <tr>
          <th scope="col">Participant and visit</th>
          <th scope="col">Window</th>
          <th scope="col">Status</th>
          <th scope="col">To enter</th>
          {layout.hasSites && <th scope="col">Site</th>}
          <th scope="col">
            <span className="vh">Action</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {items.map(item => (
          <WorklistRow key={`${item.number} ${item.visit}`} item={item} layout={layout} />
        ))}
      </tbody>
    </table>
  )
}
