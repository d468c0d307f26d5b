import Link from 'next/link'
import { Refusal } from '@/app/_ui/refusal'
import { RunningClocks } from '@/app/_ui/running-clocks'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatDate } from '@/lib/format/dates'
import { pageContext } from '@/lib/server/auth'
import { readWorklist } from '@/lib/server/worklist'
import { AwaitedDoses } from './_components/awaited-doses'
import { DoubleEntryList } from './_components/double-entry-list'
import { LackingEvents } from './_components/lacking-events'
import { Legend } from './_components/legend'
import { Reconsents } from './_components/reconsents'
import { UnfinishedList } from './_components/unfinished-list'
import { GroupCounts, WorklistGroups } from './_components/worklist-groups'
import { WorklistKeys } from './_components/worklist-keys'

interface Props {
  params: Promise<{ study: string }>
  searchParams: Promise<{ site?: string | string[]; saved?: string | string[] }>
}

export async function generateMetadata({ params }: Props) {
  return { title: `Worklist · ${decodeURIComponent((await params).study)}` }
}

export default async function WorklistPage({ params, searchParams }: Props) {
  const study = decodeURIComponent((await params).study)
  const { site, saved } = await searchParams
  const base = `/studies/${encodeURIComponent(study)}`
  const ctx = await pageContext(`${base}/worklist`)
  const read = readWorklist(ctx, { study, site: typeof site === 'string' && site !== '' ? site : null })
  if (!read.ok) return <Refusal error={read.error} />
  const worklist = read.value
  const { items, sites, mayRegister } = worklist
  const total = sites.reduce((sum, one) => sum + one.count, 0)
  return (
    <>
      <div className="head">
        <div>
          <div className="tline">
            <h1>Worklist</h1>
            {worklist.study.synthetic && <SyntheticBadge />}
            {worklist.study.locked && <span className="chip">Locked</span>}
          </div>
          <p>
            {formatLongDate(worklist.today)}. {items.length === 1 ? '1 visit' : `${items.length} visits`}
            {worklist.site === null && sites.length > 1 ? ` at ${sites.length} sites` : ''}
          </p>
        </div>
        <div className="acts">
          <Link className="btn" href={`${base}/participants`} prefetch={false} data-key="/">
            Find participant <kbd>/</kbd>
          </Link>
          {mayRegister && !worklist.study.locked && (
            <Link className="btn" href={`${base}/participants/register`} prefetch={false}>
              Register participant
            </Link>
          )}
        </div>
      </div>
      {typeof saved === 'string' && (
        <p className="formmsg done" role="status">
          Saved {saved}.
        </p>
      )}
      <RunningClocks base={base} clocks={worklist.clocks} />
      <UnfinishedList entries={worklist.unfinished} />
      <GroupCounts worklist={worklist} />
      {sites.length <= 1 ? (
        <div className="filters under">
          <span className="sp" />
          <Legend />
        </div>
      ) : (
        <form className="filters under" method="get">
          <label>
            Site{' '}
            <select name="site" defaultValue={worklist.site ?? ''} key={worklist.site ?? ''}>
              <option value="">All sites ({total})</option>
              {sites.map(({ code, name, count }) => (
                <option key={code} value={code}>
                  {code} {name} ({count})
                </option>
              ))}
            </select>
          </label>
          <button type="submit" className="btn sm">
            Show
          </button>
          <span className="sp" />
          <Legend />
        </form>
      )}
      <AwaitedDoses doses={worklist.awaitedDoses} base={base} />
      <LackingEvents
        events={worklist.lackingEvents}
        base={base}
        mayRecord={worklist.mayBook && !worklist.study.locked}
      />
      <Reconsents
        reconsents={worklist.reconsents}
        base={base}
        mayRecord={worklist.mayBook && !worklist.study.locked}
      />
      {items.length === 0 ? (
        <p className="empty">
          Nothing is due{worklist.site === null ? '' : ' at this site'}.{' '}
          <Link href={`${base}/participants`} prefetch={false}>
            See the participants
          </Link>
        </p>
      ) : (
        <WorklistGroups worklist={worklist} base={base} />
      )}
      <DoubleEntryList base={base} items={worklist.doubleEntry} />
      <WorklistKeys hasRows={items.length > 0} hasSites={sites.length > 1} />
    </>
  )
}

const WEEKDAYS = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'] as const

/** With the day of the week: `Thursday 16 Apr 2026`. */
function formatLongDate(date: CalendarDate): string {
  const weekday = WEEKDAYS[new Date(`${date}T00:00:00Z`).getUTCDay()]
  return `${weekday} ${formatDate(date)}`
}
