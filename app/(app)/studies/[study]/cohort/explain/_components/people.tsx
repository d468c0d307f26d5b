import { ScrollBox } from '@/app/_ui/scroll-box'
import type { ExplainedOutcome, Place } from '@/lib/domain/explain/explanation'
import { compareStandings } from '@/lib/domain/explain/group-participants'
import type { Protocol, ResponderCondition } from '@/lib/domain/protocol/protocol'
import { groupRows } from '@/lib/domain/shared/group-rows'
import { formatGroup } from '@/lib/format/explanation'
import {
  type ExplainAsked,
  type ExplainPage,
  formatExplainQuery,
  type ToldParticipant,
} from '@/lib/schemas/explain'
import { Pager, pageOf } from './pager'
import { PersonRow } from './person-row'

interface Standing {
  readonly place: Place
  readonly reason: string
}

/** Everybody of the set, in or out, by reason. */
export function People({ page, asked, path }: { page: ExplainPage; asked: ExplainAsked; path: string }) {
  const { explained, protocol } = page
  const { participants, code, explanation } = explained
  if (participants === null)
    return (
      <section className="mt-4">
        <h2>Participants</h2>
        <p>Nobody is listed while arms are hidden or masked for you: a line in an arm would tell it.</p>
      </section>
    )
  const standingOf = (each: ToldParticipant): Standing => outcomeOf(each, code) ?? each.standing
  const inOrder = participants.toSorted((a, b) => compareStandings(standingOf(a), standingOf(b)))
  const { at, pages, shown } = pageOf(inOrder, asked.page)
  const groups = groupRows(shown, each => formatGroup(standingOf(each)))
  const counts = groupRows(inOrder, each => formatGroup(standingOf(each)))
  const rule = explanation.rules.find(each => each.rule.code === code)?.rule
  // A rule of one condition is told by the columns of the score itself.
  const hasParts = rule !== undefined && (rule.noIntervention || !isSingle(rule.condition))
  const columns = listColumns(page, hasParts)
  return (
    <section className="mt-4">
      <h2>Participants</h2>
      <p className="ink3">{describeBaselineRule(protocol)}</p>
      {pages > 1 && <p>{[...counts].map(([group, each]) => `${group} (${each.length})`).join('; ')}.</p>}
      <ScrollBox label="Participants, in or out" className="mt-2">
        <table className="hov min-w-200">
          <thead>
            <tr>
              {columns.map(({ label, isNumber }) => (
                <th key={label} scope="col" className={isNumber ? 'num' : undefined}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          {[...groups].map(([group, each]) => (
            <tbody key={group}>
              <tr>
                <th scope="rowgroup" colSpan={columns.length} className="ink">
                  {group} ({counts.get(group)?.length ?? each.length})
                </th>
              </tr>
              {each.map(person => (
                <PersonRow key={person.subject} {...{ page, person, hasParts }} />
              ))}
            </tbody>
          ))}
        </table>
      </ScrollBox>
      <Pager {...{ at, pages }} hrefOf={to => `${path}?${formatExplainQuery(asked, { page: to })}`} />
    </section>
  )
}

function outcomeOf({ outcomes }: ToldParticipant, code: string): ExplainedOutcome | undefined {
  return outcomes.find(outcome => outcome.code === code)
}

function isSingle(condition: ResponderCondition): boolean {
  return 'parameter' in condition && (condition.visits ?? []).length <= 1
}

function describeBaselineRule({ baseline, visits }: Protocol): string {
  const names = baseline.visits.map(code => visits.find(visit => visit.code === code)?.name ?? code)
  const of = baseline.rule === 'mean' ? 'the mean of the last values' : 'the last value'
  return `Baseline: ${of} at ${names.join(', ')}, dated on or before day zero and before the first dose; on the day of the dose only if recorded as before it. Undated ones count.`
}

function listColumns({ explained: { explanation }, opensParticipants }: ExplainPage, hasParts: boolean) {
  return [
    { label: 'Participant', isNumber: false },
    ...(explanation.arms.length > 1 ? [{ label: 'Arm', isNumber: false }] : []),
    { label: 'Baseline', isNumber: false },
    { label: 'At the visit', isNumber: false },
    ...(explanation.noChangeReason === null
      ? [
          { label: 'Change', isNumber: true },
          { label: 'Improvement', isNumber: true },
        ]
      : []),
    ...(hasParts ? [{ label: 'Conditions', isNumber: false }] : []),
    ...(opensParticipants ? [{ label: 'Record', isNumber: false }] : []),
  ]
}
