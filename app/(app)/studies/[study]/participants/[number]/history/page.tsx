import Link from 'next/link'
import { Refusal } from '@/app/_ui/refusal'
import { HistoryQuery } from '@/lib/schemas/audit-trail'
import { pageContext } from '@/lib/server/auth'
import { readParticipantHistory } from '@/lib/server/history'
import { HistoryList } from '../_components/history-list'

interface Props {
  params: Promise<{ study: string; number: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props) {
  const { study, number } = await params
  return { title: `History of ${decodeURIComponent(number)} · ${study}` }
}

export default async function HistoryPage({ params, searchParams }: Props) {
  const { study, number: encoded } = await params
  const number = decodeURIComponent(encoded)
  const list = `/studies/${study}/participants`
  const path = `${list}/${encoded}/history`
  const { page, ...filter } = HistoryQuery.parse(await searchParams)
  const ctx = await pageContext(path)
  const history = readParticipantHistory(ctx, { study, number, ...filter, page })
  if (!history.ok) return <Refusal error={history.error} />
  const { entries, total, pageSize, locked } = history.value
  const pages = Math.max(1, Math.ceil(total / pageSize))
  const hrefOf = (target: number) => {
    const kept = Object.entries(filter).flatMap(([name, value]) => (value ? [[name, value]] : []))
    return `${path}?${new URLSearchParams([...kept, ['page', String(target)]])}`
  }
  return (
    <>
      <p className="crumb">
        <Link href={list} prefetch={false}>
          Participants
        </Link>{' '}
        /{' '}
        <Link href={`${list}/${encoded}`} prefetch={false}>
          {number}
        </Link>{' '}
        / History
      </p>
      <div className="head">
        <div>
          <div className="tline">
            <h1>History of {number}</h1>
            {locked && <span className="chip">Locked</span>}
          </div>
          <p>{total === 1 ? '1 entry' : `${total} entries`}, newest first</p>
        </div>
      </div>
      <form className="filters" method="get" action={path}>
        <label>
          Visit <input type="text" name="visit" size={8} defaultValue={filter.visit} />
        </label>
        <label>
          Form <input type="text" name="form" size={8} defaultValue={filter.form} />
        </label>
        <label>
          Field <input type="text" name="field" size={18} defaultValue={filter.field} />
        </label>
        <button type="submit" className="btn">
          Show
        </button>
        <Link href={path} prefetch={false}>
          All
        </Link>
      </form>
      {entries.length === 0 ? <p className="mt-4">No entry fits.</p> : <HistoryList entries={entries} />}
      {pages > 1 && (
        <nav aria-label="Pages" className="mt-3 flex flex-wrap items-center gap-3">
          {page > 1 && (
            <Link className="btn sm" href={hrefOf(page - 1)} prefetch={false}>
              Newer
            </Link>
          )}
          <span className="ink3">
            Page {page} of {pages}
          </span>
          {page < pages && (
            <Link className="btn sm" href={hrefOf(page + 1)} prefetch={false}>
              Older
            </Link>
          )}
        </nav>
      )}
    </>
  )
}
