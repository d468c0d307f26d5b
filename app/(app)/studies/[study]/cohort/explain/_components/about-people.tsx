import Link from 'next/link'
import { ScrollBox } from '@/app/_ui/scroll-box'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { groupRows } from '@/lib/domain/shared/group-rows'
import { formatDate } from '@/lib/format/dates'
import {
  type AboutAsked,
  type AboutPage,
  type ExplainedPeople,
  formatAboutQuery,
  type ToldPerson,
} from '@/lib/schemas/explain-about'
import { capitalise, describeDoses, describeEnd, nameStanding } from './about-words'
import { PAGE_SIZE, Pager, pageOf } from './pager'

/** Everybody screened: in the set or why not. */
export function AboutPeople(props: {
  page: AboutPage
  explained: ExplainedPeople
  asked: AboutAsked
  path: string
}) {
  const { page, explained, asked, path } = props
  const { assessed, groups, arms, analysisSet, noFurtherUse, people } = explained
  const nameOf = (reason: string) => nameStanding(reason, analysisSet, page.view.subgroup !== null)
  const inSet = arms.reduce((sum, arm) => sum + arm.inSet, 0)
  const hasArms = arms.length > 1
  return (
    <>
      <section className="mt-4">
        <h2>The counts</h2>
        <p>
          {assessed} assessed = {groups.map(({ n, reason }) => `${n} ${nameOf(reason)}`).join(' + ') || '0'}.
        </p>
        {hasArms && (
          <p>
            {inSet} in the analysis set = {arms.map(arm => `${arm.inSet} ${arm.label}`).join(' + ')}.
          </p>
        )}
        <p className="ink3">
          In persons: who was screened again counts once, by the last screening.
          {noFurtherUse > 0 &&
            ` In no count: ${noFurtherUse} whose data may not be used any further, as they asked.`}
        </p>
      </section>
      <section className="mt-4">
        <h2>Participants</h2>
        {people === null ? (
          <p>Nobody is listed while arms are hidden or masked for you: a line in an arm would tell it.</p>
        ) : (
          <PeopleTable {...{ page, people, asked, path, nameOf, hasArms, groups }} />
        )}
      </section>
    </>
  )
}

function PeopleTable(props: {
  page: AboutPage
  people: readonly ToldPerson[]
  asked: AboutAsked
  path: string
  nameOf: (reason: string) => string
  hasArms: boolean
  groups: ExplainedPeople['groups']
}) {
  const { page, people, asked, path, nameOf, hasArms, groups } = props
  const { at, pages, shown } = pageOf(people, asked.page)
  const columns = [
    'Participant',
    ...(hasArms ? ['Arm'] : []),
    ...['Criteria failed', 'Enrolled', 'Day zero', 'Doses', 'End of follow-up'],
  ]
  return (
    <>
      {people.length > PAGE_SIZE && <p>All groups and their sizes stand above.</p>}
      <ScrollBox label="Participants, in the set or not">
        <table className="hov min-w-200">
          <thead>
            <tr>
              {columns.map(label => (
                <th key={label} scope="col">
                  {label}
                </th>
              ))}
            </tr>
          </thead>
          {[...groupRows(shown, ({ standing }) => standing.reason)].map(([reason, each]) => (
            <tbody key={reason}>
              <tr>
                <th scope="rowgroup" colSpan={columns.length} className="ink">
                  {capitalise(nameOf(reason))} ({groups.find(group => group.reason === reason)?.n})
                </th>
              </tr>
              {each.map(person => (
                <tr key={person.subject}>
                  <td className="whitespace-nowrap">
                    <ParticipantLink page={page} person={person} />
                    {person.screenings > 1 && <div className="ink3 text-xs">screened again</div>}
                  </td>
                  {hasArms && <td>{person.arm ?? 'none'}</td>}
                  <td>{person.criteria.join(', ') || 'none'}</td>
                  <td>{describeDay(person.enrolledOn, person.concealed)}</td>
                  <td>{describeDay(person.dayZero, person.concealed)}</td>
                  <td>{describeDoses(person, person.concealed)}</td>
                  <td>{describeEnd(person, page.protocol)}</td>
                </tr>
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

function describeDay(day: CalendarDate | null, concealed: boolean): string {
  if (concealed) return 'not told'
  return day === null ? 'none' : formatDate(day)
}

/** The number, leading to the record where the reader may open it. */
export function ParticipantLink(props: {
  page: AboutPage
  person: { readonly subject: string; readonly concealed: boolean }
}) {
  const { page, person } = props
  if (!page.opensParticipants || person.concealed) return <span className="ink">{person.subject}</span>
  return (
    <Link href={`/studies/${page.study}/participants/${encodeURIComponent(person.subject)}`} prefetch={false}>
      {person.subject}
    </Link>
  )
}
