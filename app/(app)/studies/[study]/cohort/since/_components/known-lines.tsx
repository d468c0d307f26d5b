import type { KnownCounts } from '@/lib/domain/knowledge/known-counts'
import type { KnownSince, SinceLine, SinceView } from '@/lib/schemas/since-view'
import { CorrectedTable } from './corrected-table'
import { LineList } from './line-list'

/** What was entered, corrected, taken out and recorded, each with the way to it and to its history. */
export function KnownLines({ study, view, since }: { study: string; view: SinceView; since: KnownSince }) {
  const { lines, counts } = since
  const ofValues = (kinds: readonly SinceLine['kind'][]) =>
    lines.filter(({ topic, kind }) => topic === 'values' && kinds.includes(kind))
  const others = lines.filter(({ topic }) => topic !== 'values' && topic !== 'events')
  return (
    <>
      {counts === null && (
        <p className="report-problem">
          More than 20,000 entries were made since then, so they are not listed one by one. The results below
          are complete.
        </p>
      )}
      {!view.mayReadParticipants && counts !== null && <Totals counts={counts} />}
      <CorrectedTable study={study} lines={ofValues(['corrected'])} />
      <LineList title="New values" study={study} lines={ofValues(['new'])} />
      <LineList title="Taken out or moved" study={study} lines={ofValues(['takenOut', 'moved'])} />
      <LineList
        title="Adverse events"
        study={study}
        lines={lines.filter(({ topic }) => topic === 'events')}
      />
      <LineList title="Participants, doses and other records" study={study} lines={others} />
      <Untold since={since} mayReadParticipants={view.mayReadParticipants} />
    </>
  )
}

function Totals({ counts }: { counts: KnownCounts }) {
  const told = [
    [counts.newValues, 'new value', 'new values'],
    [counts.correctedValues, 'corrected value', 'corrected values'],
    [counts.takenOut, 'form or visit taken out', 'forms or visits taken out'],
    [counts.moved, 'form or visit moved', 'forms or visits moved'],
    [counts.newEvents, 'new adverse event', 'new adverse events'],
    [counts.changedEvents, 'changed adverse event', 'changed adverse events'],
  ] as const
  const parts = told.flatMap(([n, one, many]) => (n === 0 ? [] : [`${n} ${n === 1 ? one : many}`]))
  return <p>{parts.length === 0 ? 'No value or event changed.' : `${parts.join(', ')}.`}</p>
}

function Untold(props: { since: KnownSince; mayReadParticipants: boolean }) {
  const { hidden, beyond } = props.since.untold
  const why = props.mayReadParticipants
    ? 'of participants whom you may not open'
    : 'of single participants, which your role does not open'
  return (
    <>
      {hidden > 0 && (
        <p className="mt-3 ink3">
          {hidden} changed {hidden === 1 ? 'record is' : 'records are'} not shown: {why}.
        </p>
      )}
      {beyond > 0 && (
        <p className="mt-3 ink3">
          The newest are listed. {beyond} more changed {beyond === 1 ? 'record is' : 'records are'} in the
          histories of the participants.
        </p>
      )}
    </>
  )
}
