import { ScrollBox } from '@/app/_ui/scroll-box'
import { EVENT_CATEGORIES } from '@/lib/domain/logs/adverse-event-fields'
import { formatPartial } from '@/lib/domain/logs/date-checks'
import { groupRows } from '@/lib/domain/shared/group-rows'
import { formatPercentBounds } from '@/lib/format/numbers'
import {
  type AboutAsked,
  type AboutPage,
  type ExplainedEvents,
  formatAboutQuery,
  type ToldEventsPerson,
} from '@/lib/schemas/explain-about'
import { ParticipantLink } from './about-people'
import { capitalise, describeCounting, describeRelations, nameStanding } from './about-words'
import { Pager, pageOf } from './pager'

/** The safety set: with an event of the class, with one that does not count, or without. */
export function AboutEvents(props: {
  page: AboutPage
  explained: ExplainedEvents
  asked: AboutAsked
  path: string
}) {
  const { page, explained, asked, path } = props
  const { arms, outside, people, set } = explained
  const nameOf = (reason: string) => nameStanding(reason, set)
  return (
    <>
      <section className="mt-4">
        <h2>The counts</h2>
        {arms.map(({ arm, label, counts, groups }) => (
          <p key={arm}>
            {arms.length > 1 && `${label}: `}
            {counts.participants}/{counts.n}
            {counts.clopperPearson &&
              ` (95% CI ${formatPercentBounds(counts.clopperPearson)} Clopper–Pearson)`}
            , {counts.events} events. {counts.n} {set} ={' '}
            {groups.map(({ n, reason }) => `${n} ${nameOf(reason)}`).join(' + ') || '0'}.
          </p>
        ))}
        {outside
          .filter(({ events }) => events > 0)
          .map(({ why, events, participants, seriousEvents }) => (
            <p key={why} className="ink3">
              In no count: {events} events of any class ({seriousEvents} serious) of {participants}{' '}
              {why === 'notTreated' ? 'without a dose' : 'treated, but outside the set shown'}.
            </p>
          ))}
        <p className="ink3">
          Counted are treatment-emergent events: begun on or after the first study procedure, an unknown onset
          included.
        </p>
      </section>
      <section className="mt-4">
        <h2>Participants</h2>
        {people === null ? (
          <p>Nobody is listed while arms are hidden or masked for you: a line in an arm would tell it.</p>
        ) : (
          <EventsTable {...{ page, explained, people, asked, path, nameOf }} />
        )}
      </section>
    </>
  )
}

function EventsTable(props: {
  page: AboutPage
  explained: ExplainedEvents
  people: readonly ToldEventsPerson[]
  asked: AboutAsked
  path: string
  nameOf: (reason: string) => string
}) {
  const { page, explained, people, asked, path, nameOf } = props
  const { at, pages, shown } = pageOf(people, asked.page)
  const hasArms = explained.arms.length > 1
  const sizeOf = (reason: string) =>
    explained.arms
      .flatMap(({ groups }) => groups)
      .filter(group => group.reason === reason)
      .reduce((sum, { n }) => sum + n, 0)
  const columns = [
    ...['Participant', ...(hasArms ? ['Arm'] : []), 'Event', 'Grade', 'Serious', 'Relation'],
    ...['Began', 'Days since dose', 'Counted'],
  ]
  return (
    <>
      <ScrollBox label="Participants, with and without an event">
        <table className="hov min-w-200">
          <thead>
            <tr>
              {columns.map(label => (
                <th key={label} scope="col" className={label === 'Days since dose' ? 'num' : undefined}>
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          {[...groupRows(shown, ({ standing }) => standing.reason)].map(([reason, each]) => (
            <tbody key={reason}>
              <tr>
                <th scope="rowgroup" colSpan={columns.length} className="ink">
                  {capitalise(nameOf(reason))} ({sizeOf(reason)})
                </th>
              </tr>
              {each.map(person => (
                <EventRows key={person.subject} {...{ page, person, hasArms }} />
              ))}
            </tbody>
          ))}
        </table>
      </ScrollBox>
      <Pager
        {...{ at, pages }}
        hrefOf={to => `${path}?${formatAboutQuery(asked.controls, asked.subject, to)}`}
      />
    </>
  )
}

function EventRows(props: { page: AboutPage; person: ToldEventsPerson; hasArms: boolean }) {
  const { page, person, hasArms } = props
  const head = (
    <>
      <td className="whitespace-nowrap">
        <ParticipantLink page={page} person={person} />
      </td>
      {hasArms && <td>{person.arm}</td>}
    </>
  )
  if (person.events.length === 0)
    return (
      <tr>
        {head}
        <td colSpan={7}>no event</td>
      </tr>
    )
  return person.events.map((event, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: the events of a participant have no identity here and never move
    <tr key={index}>
      {head}
      <td>{event.term || nameCategory(event.category)}</td>
      <td>{event.grade ?? 'not graded'}</td>
      <td>{event.isSerious ? 'yes' : 'no'}</td>
      <td>{describeRelations(event)}</td>
      <td className="whitespace-nowrap">{person.concealed ? 'not told' : describeOnset(event.onset)}</td>
      <td className="num">{event.daysSinceLastDose ?? 'none'}</td>
      <td>{describeCounting(event)}</td>
    </tr>
  ))
}

function describeOnset(onset: string | null): string {
  return onset === null ? 'not known' : formatPartial(onset)
}

function nameCategory(code: string): string {
  return EVENT_CATEGORIES.find(each => each.code === code)?.label ?? code
}
