import { randomUUID } from 'node:crypto'
import { Refusal } from '@/app/_ui/refusal'
import { formatInstant } from '@/lib/format/dates'
import type { LogEntryView } from '@/lib/schemas/log-view'
import { pageContext } from '@/lib/server/auth'
import { readFormDraft } from '@/lib/server/drafts'
import { readEventReports } from '@/lib/server/event-reports-read'
import { readLogEntry } from '@/lib/server/logs-read'
import { HistoryList } from '../../../_components/history-list'
import { EventReportsSection } from '../../_components/event-reports'
import { LogCrumbs } from '../../_components/log-crumbs'
import { LogEntryForm } from '../../_components/log-entry-form'
import { MoveEntryForm, VoidEntryForm } from '../../_components/mend-forms'

interface Props {
  params: Promise<{ study: string; number: string; log: string; entry: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props) {
  const { study, number, log, entry } = await params
  const what = entry === 'new' ? `New entry, ${log}` : `${log}, entry`
  return { title: `${what} of ${decodeURIComponent(number)} · ${study}` }
}

export default async function LogEntryPage({ params, searchParams }: Props) {
  const { study, number: encoded, log, entry: text } = await params
  const number = decodeURIComponent(encoded)
  const path = `/studies/${study}/participants/${encoded}/logs/${log}/${text}`
  const preset = readPreset(await searchParams)
  const ctx = await pageContext(path)
  const entry = text === 'new' ? 'new' : /^\d{1,15}$/.test(text) ? Number(text) : 0
  const read = readLogEntry(ctx, { study, number, log, entry, preset })
  if (!read.ok) return <Refusal error={read.error} />
  const { view, history } = read.value
  const { stored } = view
  const place = `logs/${view.log.path}/${text}`
  const draftOf = (form: string) =>
    readFormDraft(ctx, { study, subject: number, place: `${place}${form && `#${form}`}` })
  const about = { study, number, entry: stored?.id ?? 0 }
  const reports = stored && log === 'adverse-events' ? readEventReports(ctx, about) : null
  const title = stored ? stored.text || `Entry of ${view.log.name.toLowerCase()}` : `New ${view.log.one}`
  return (
    <>
      <LogCrumbs study={study} number={number} log={view.log} here={stored ? 'Entry' : 'New'} />
      <div className="head">
        <div>
          <div className="tline">
            <h1>{title}</h1>
            {stored?.voided && <span className="chip">Voided</span>}
            {view.study.locked && <span className="chip">Locked</span>}
          </div>
          <p>
            {view.log.name} of {number}
          </p>
        </div>
      </div>
      {view.log.note && <p className="note mb-4">{view.log.note}</p>}
      {stored?.voided && (
        <p className="formmsg">
          Voided {formatInstant(stored.voided.at)}: {stored.voided.reason}. It is in no list, count or export.
        </p>
      )}
      {reports?.ok && (
        <EventReportsSection
          about={about}
          view={reports.value}
          submissionKey={randomUUID}
          draftOf={draftOf}
        />
      )}
      <LogEntryForm view={view} submissionKey={randomUUID()} draft={draftOf('')} />
      {view.mine.length === 0 && stored && <AsRead view={view} />}
      {!stored && view.study.locked && <p className="empty">The study is locked. Nothing can be added.</p>}
      <div className="folds pt-6">
        <VoidEntryForm view={view} submissionKey={randomUUID()} draft={stored && draftOf('void')} />
        <MoveEntryForm view={view} submissionKey={randomUUID()} draft={stored && draftOf('move')} />
      </div>
      {history && (
        <section className="fsec">
          <h2 className="pb-2">History</h2>
          <HistoryList entries={history.entries} />
        </section>
      )}
    </>
  )
}

/** The entry for who may not change it. */
function AsRead({ view }: { view: LogEntryView }) {
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 lg:grid-cols-3">
      {(view.stored?.told ?? []).map(({ label, text }) => (
        <div key={label}>
          <dt className="ink3">{label}</dt>
          <dd className="ink">{text}</dd>
        </div>
      ))}
    </dl>
  )
}

/** Values that a link gives to a new entry, by field. */
function readPreset(query: Record<string, string | string[] | undefined>): Record<string, readonly string[]> {
  return Object.fromEntries(
    Object.entries(query).flatMap(([field, value]) => (value === undefined ? [] : [[field, [value].flat()]])),
  )
}
