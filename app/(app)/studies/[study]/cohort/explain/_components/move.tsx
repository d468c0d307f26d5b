import Link from 'next/link'
import { ScrollBox } from '@/app/_ui/scroll-box'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import { formatInstant } from '@/lib/format/dates'
import { formatExplainedValue, formatGroup } from '@/lib/format/explanation'
import { formatScore } from '@/lib/format/scores'
import type { ExplainPage, ToldChange, ToldParticipant } from '@/lib/schemas/explain'
import { listLines } from './number-lines'
import { TouchingEntries } from './touching-entries'

/** So many are shown one by one. */
const MOST_SHOWN = 100

/** How the number moved between two entries of the audit, and by whose records. */
export function Move({ page }: { page: ExplainPage }) {
  const { between, explanation, code } = page.explained
  const parameter = page.parameters.get(explanation.parameter)
  if (!between || !parameter) return null
  const { from, to, before, changed, nChanged, versions, ofStudy } = between
  const rule = explanation.rules.find(each => each.rule.code === code)?.rule.code
  return (
    <section className="mt-4">
      <h2>What moved it</h2>
      <p className="ink3">
        Entry {from.seq} of the audit ({formatInstant(from.at)}) to entry {to.seq} ({formatInstant(to.at)}),
        both counted by the same rules and to the same data cut.
        {versions[0] !== versions[1] &&
          ` Protocol version ${versions[0]} was in force at the first, ${versions[1]} at the second.`}
      </p>
      <ScrollBox label="The number before and now" className="mt-2">
        <table className="hov min-w-150">
          <thead>
            <tr>
              {explanation.arms.length > 1 && <th scope="col">Arm</th>}
              <th scope="col">Number</th>
              <th scope="col">Before</th>
              <th scope="col">Now</th>
            </tr>
          </thead>
          <tbody>
            {explanation.arms.flatMap(arm => {
              const earlier = before?.arms.find(each => each.arm === arm.arm)
              const then = earlier ? listLines(earlier, parameter, rule) : []
              return listLines(arm, parameter, rule).map(({ name, text }) => (
                <tr key={`${arm.arm} ${name}`}>
                  {explanation.arms.length > 1 && <td>{arm.label}</td>}
                  <td>{name}</td>
                  <td>{then.find(each => each.name === name)?.text ?? 'there was none'}</td>
                  <td className="ink">{text}</td>
                </tr>
              ))
            })}
          </tbody>
        </table>
      </ScrollBox>
      <p className="mt-3">
        {nChanged === 0
          ? 'Nobody’s part in the number differs.'
          : `The part of ${nChanged} ${nChanged === 1 ? 'participant' : 'participants'} differs.`}{' '}
        {changed === null && nChanged > 0 && 'Nobody is listed while arms are hidden or masked for you.'}
      </p>
      {ofStudy.length > 0 && <TouchingEntries entries={ofStudy} />}
      {changed !== null && changed.length > 0 && (
        <ScrollBox label="Participants whose part differs" className="mt-2">
          <table className="hov min-w-200">
            <thead>
              <tr>
                <th scope="col">Participant</th>
                <th scope="col">Before</th>
                <th scope="col">Now</th>
                <th scope="col">Written in between</th>
              </tr>
            </thead>
            <tbody>
              {changed.slice(0, MOST_SHOWN).map(each => (
                <Row key={each.subject} {...{ page, parameter, change: each }} />
              ))}
            </tbody>
          </table>
        </ScrollBox>
      )}
      {changed !== null && changed.length > MOST_SHOWN && (
        <p className="ink3">
          The first {MOST_SHOWN} are listed. All are in “longitude explain {code} --study{' '}
          {page.explained.study} --visit {explanation.visit} --between {from.seq} {to.seq}”.
        </p>
      )}
    </section>
  )
}

function Row(props: { page: ExplainPage; parameter: Parameter; change: ToldChange }) {
  const { page, parameter, change } = props
  const { study, code } = page.explained
  const { subject, concealed, before, now, entries } = change
  const mayOpen = page.opensParticipants && !concealed
  return (
    <tr className="align-top">
      <td className="whitespace-nowrap">
        {mayOpen ? (
          <Link
            href={`/studies/${study}/participants/${encodeURIComponent(subject)}/history`}
            prefetch={false}
            aria-label={`History: ${subject}`}
          >
            {subject}
          </Link>
        ) : (
          subject
        )}
      </td>
      <td>{tellState(before, parameter, code)}</td>
      <td>{tellState(now, parameter, code)}</td>
      <td>
        {entries === null ? (
          <span className="ink3">Not open to you</span>
        ) : entries.length === 0 ? (
          <span className="ink3">No row of this participant; see the protocol or the schedule</span>
        ) : (
          <TouchingEntries entries={entries} />
        )}
      </td>
    </tr>
  )
}

function tellState(person: ToldParticipant | null, parameter: Parameter, code: string): string {
  if (person === null) return 'not in the set'
  const { baseline, value, standing, outcomes } = person
  const was = baseline.value === null ? 'No baseline' : `Baseline ${formatScore(parameter, baseline.value)}`
  const stands = formatGroup(outcomes.find(outcome => outcome.code === code) ?? standing)
  return `${was}; at the visit ${formatExplainedValue(value, parameter)}. ${stands}`
}
