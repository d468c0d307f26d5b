import Link from 'next/link'
import { HiddenForms } from '@/app/_ui/hidden-forms'
import { Refusal } from '@/app/_ui/refusal'
import { RunningClocks } from '@/app/_ui/running-clocks'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { formatDate, formatInstant } from '@/lib/format/dates'
import { listRunningClocks } from '@/lib/server/adverse-events'
import { newSubmissionKey, pageContext } from '@/lib/server/auth'
import { readFormDraft } from '@/lib/server/drafts'
import { deriveMedicationFacts } from '@/lib/server/medication'
import { readParticipantLeaving } from '@/lib/server/participant-leaving'
import { type ParticipantRecord, readParticipant } from '@/lib/server/participant-record'
import { readVoidedNumber } from '@/lib/server/voided-numbers'
import { STATUS_TEXT } from '../_components/wording'
import { Eligibility } from './_components/eligibility'
import { Facts, Registration } from './_components/facts'
import { HistoryList } from './_components/history-list'
import { LeavingNotes, RestrictedPage, ScreenFailureNote } from './_components/leaving-notes'
import { LogsSection } from './_components/logs-section'
import { AnalgesicCourse, Rescues } from './_components/medication-facts'
import { Timeline } from './_components/timeline'
import { VisitTable } from './_components/visit-table'
import { VoidedPage } from './_components/voided-page'
import { listCourses, listHiddenByVisit, listVisitLines, makeTimeline } from './record-views'
import { TreatmentSection } from './treatment-section'

interface Props {
  params: Promise<{ study: string; number: string }>
}

async function readNames({ params }: Props) {
  const { study, number } = await params
  return { study, number: decodeURIComponent(number) }
}

export async function generateMetadata(props: Props) {
  const { study, number } = await readNames(props)
  return { title: `${number} · ${study}` }
}

export default async function ParticipantPage(props: Props) {
  const about = await readNames(props)
  const list = `/studies/${about.study}/participants`
  const path = `${list}/${encodeURIComponent(about.number)}`
  const ctx = await pageContext(path)
  const read = readParticipant(ctx, about.study, about.number)
  if (!read.ok) {
    const voided = readVoidedNumber(ctx, about.study, about.number)
    if (read.error.code === 'notFound' && voided.ok) return <VoidedPage list={list} voided={voided.value} />
    return <Refusal error={read.error} />
  }
  const record = read.value
  const { participant, study } = record
  const isEnrolled = participant.outcome === 'enrolled'
  const leaving = readParticipantLeaving(ctx, record)
  if (leaving.isRestricted)
    return <RestrictedPage list={list} number={participant.number} leaving={leaving} />
  const medication = deriveMedicationFacts(ctx, record)
  const draftOf = (form: string) =>
    readFormDraft(ctx, { study: study.code, subject: participant.number, place: `record#${form}` })
  return (
    <>
      <p className="crumb">
        <Link href={list} prefetch={false}>
          Participants
        </Link>{' '}
        / {participant.number}
      </p>
      <div className="head">
        <div>
          <div className="tline">
            <h1>{participant.number}</h1>
            <span className="chip">{STATUS_TEXT[record.status]}</span>
            {study.lockedAt !== null && <span className="chip">Locked</span>}
            {study.synthetic && <SyntheticBadge />}
          </div>
          <p>{describeHead(record)}</p>
        </div>
      </div>
      {record.lock && (
        <p className="note">
          Locked by {record.lock.by}, {formatInstant(record.lock.since)}: {record.lock.reason}. Nothing can be
          changed.
        </p>
      )}
      <RunningClocks
        base={`/studies/${about.study}`}
        clocks={listRunningClocks(ctx, record, participant.id)}
      />
      {participant.outcome === 'screenFailure' && <ScreenFailureNote leaving={leaving} />}
      <LeavingNotes path={path} leaving={leaving} />
      <HiddenForms path={path} forms={listHiddenByVisit(record)} />
      <MissingBaseline path={path} record={record} />
      <Facts courses={listCourses(record)} next={record.next} />
      {isEnrolled && (
        <>
          <section className="fig" style={{ marginTop: 22 }}>
            <header style={{ borderTop: 0, paddingTop: 0 }}>
              <h2>Timeline</h2>
              <span className="n">one participant; windows and visits in true time</span>
              <span className="lk">
                <a href="#visits">Table</a>
                <Link href={`${path}/story`} prefetch={false}>
                  Story for a case report
                </Link>
              </span>
            </header>
            <Timeline
              data={makeTimeline(record)}
              title={`Timeline of ${participant.number}: visits, doses and scores`}
            />
          </section>
          <section className="fsec" id="visits">
            <h2 className="pb-2">Visits</h2>
            <VisitTable
              path={path}
              lines={listVisitLines(record)}
              columns={record.trends.map(({ parameter }) => parameter.label)}
            />
            {record.may.addVisit && (
              <p className="mt-2">
                <Link className="btn sm" href={`${path}/unscheduled`} prefetch={false}>
                  Add unscheduled visit
                </Link>
              </p>
            )}
          </section>
          <TreatmentSection about={about} record={record} path={path} draftOf={draftOf} />
        </>
      )}
      <LogsSection path={path} logs={record.logs} />
      <AnalgesicCourse {...medication} />
      <Rescues {...medication} />
      <Registration record={record} />
      <MendLinks path={path} record={record} />
      <Eligibility {...{ about, record, leaving, draftOf }} newKey={newSubmissionKey} />
      <section className="fsec">
        <h2 className="pb-2">History</h2>
        <HistoryList entries={record.history.entries} />
        {record.history.total > record.history.entries.length && (
          <p className="mt-2">
            <Link href={`${path}/history`} prefetch={false}>
              All {record.history.total} entries
            </Link>
          </p>
        )}
      </section>
    </>
  )
}

/** The ways to what was entered wrongly, and other numbers of the same person. */
function MendLinks({ path, record }: { path: string; record: ParticipantRecord }) {
  const { duplicates, may, participant } = record
  const list = path.slice(0, path.lastIndexOf('/'))
  return (
    <>
      {duplicates.length > 0 && (
        <>
          <p className="note">
            Also registered as {duplicates.join(', ')}: voided, since it is the same person.
          </p>
          <ul className="flex flex-wrap gap-4">
            {duplicates.map(number => (
              <li key={number}>
                <Link href={`${list}/${encodeURIComponent(number)}/history`} prefetch={false}>
                  History of {number}
                </Link>
              </li>
            ))}
          </ul>
        </>
      )}
      {may.correct && (
        <p className="mt-2 flex flex-wrap gap-4">
          <Link href={`${path}/mend/registration`} prefetch={false}>
            Correct the registration
          </Link>
          <Link href={`${path}/mend`} prefetch={false}>
            Something was entered for the wrong participant or visit
          </Link>
          <Link href={`${path}/mend/duplicate`} prefetch={false}>
            {participant.number} is a duplicate or was registered in error
          </Link>
        </p>
      )}
    </>
  )
}

function describeHead({ participant, doses, dayZero, protocol, allocation }: ParticipantRecord): string {
  const given = doses.map(dose => `${dose.name.toLowerCase()} ${formatDate(dose.givenOn)}`)
  const arm =
    protocol.arms.length > 1 && allocation
      ? allocation.arm
        ? nameOf(protocol.arms, allocation.arm)
        : 'Arm allocated'
      : null
  const planned = dayZero?.planned ? `day zero planned ${formatDate(dayZero.date)}` : null
  return [`${participant.site} ${participant.siteName}`, arm, participant.level, ...given, planned]
    .filter(Boolean)
    .join(', ')
}

function nameOf(list: readonly { readonly code: string; readonly name: string }[], code: string): string {
  return list.find(entry => entry.code === code)?.name ?? code
}

/** Without baseline values a treated participant counts as a non-responder and in no change. */
function MissingBaseline({ path, record }: { path: string; record: ParticipantRecord }) {
  const { withoutBaseline, protocol } = record
  if (withoutBaseline.length === 0) return null
  const visits = protocol.visits.filter(({ code }) => protocol.baseline.visits.includes(code))
  return (
    <p className="formmsg" role="note">
      <b>Treated, but no baseline value: {withoutBaseline.join(', ')}.</b> A value of the dosing day counts
      only if recorded as before the treatment. See{' '}
      {visits.map(({ code, name }, index) => (
        <span key={code}>
          {index > 0 && ', '}
          <Link className="underline" href={`${path}/visits/${encodeURIComponent(code)}`} prefetch={false}>
            {name.toLowerCase()}
          </Link>
        </span>
      ))}
      .
    </p>
  )
}
