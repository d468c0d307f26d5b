import type { KnownCounts } from '@/lib/domain/knowledge/known-counts'
import type { KnownSince, SinceLine, SinceView } from '@/lib/schemas/since-view'
import { CorrectedTable } from './corrected-table'
import { LineList } from './line-list'

interface Props {
  readonly study: string
  readonly view: SinceView
  readonly since: KnownSince
}

const ofValues = ({ lines }: KnownSince, kinds: readonly SinceLine['kind'][]) =>
  lines.filter(({ topic, kind }) => topic === 'values' && kinds.includes(kind))

/** What a reader would miss among all that is new: corrections, what left the results, adverse events. */
export function NotableLines({ study, view, since }: Props) {
  const { lines, counts } = since
  return (
    <>
      {counts === null && (
        <p className="report-problem">
          More than 20,000 entries were made since then, so they are not listed one by one. The results below
          are complete.
        </p>
      )}
      {!view.mayReadParticipants && counts !== null && <Totals counts={counts} />}
      <CorrectedTable study={study} lines={ofValues(since, ['corrected'])} />
      <LineList title="Taken out or moved" study={study} lines={ofValues(since, ['takenOut', 'moved'])} />
      <LineList
        title="Adverse events"
        study={study}
        lines={lines.filter(({ topic }) => topic === 'events')}
      />
    </>
  )
}

/** All that is new, and what is not shown of it. */
export function NewLines({ study, view, since }: Props) {
  const others = since.lines.filter(({ topic }) => topic !== 'values' && topic !== 'events')
  return (
    <>
      <LineList title="New values" study={study} lines={ofValues(since, ['new'])} />
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
