import { randomUUID } from 'node:crypto'
import Link from 'next/link'
import { NEXT_DOSE } from '@/lib/domain/protocol/dose-name'
import { formatDate } from '@/lib/format/dates'
import type { FormDraft } from '@/lib/schemas/drafts'
import type { ParticipantRecord } from '@/lib/server/participant-record'
import { AllocationForm, PlannedDayZeroForm } from './_components/forms'

/**
 * The arm, the doses and the plan of day zero. Every form keeps its place, open or closed, so that a refusal is told even
 * where the page has moved on since it was drawn.
 */
export function TreatmentSection({
  about,
  record,
  path,
  draftOf,
}: {
  about: { study: string; number: string }
  record: ParticipantRecord
  path: string
  draftOf: (form: string) => FormDraft | null
}) {
  const { participant, protocol, doses, may, view } = record
  return (
    <section className="fsec">
      <h2 className="pb-2">Treatment</h2>
      {protocol.arms.length > 1 && <p>{describeArm(record)}</p>}
      <AllocationForm
        about={about}
        arms={
          view.participantArms ? protocol.arms.map(({ code, name }) => ({ value: code, label: name })) : []
        }
        closed={!may.allocate}
        draft={draftOf('arm')}
        submissionKey={randomUUID()}
      />
      {doses.length === 0 && (
        <p className="ink3">
          {protocol.treatments.length > 0 ? 'No dose recorded.' : 'This study records no treatment.'}
        </p>
      )}
      <ul className="lines">
        {doses.map((dose, index) => (
          <li key={dose.id}>
            <Link className="med" href={`${path}/doses/${index + 1}`} prefetch={false}>
              {dose.name}
            </Link>
            <span>
              {formatDate(dose.givenOn)}
              {dose.location && `, ${dose.location}`}
            </span>
          </li>
        ))}
      </ul>
      <StaleBaseline record={record} />
      {may.treat && <Offer record={record} path={path} />}
      <PlannedDayZeroForm
        about={about}
        version={participant.rowVersion}
        planned={participant.plannedDayZero}
        closed={!may.planDayZero}
        draft={draftOf('plan-day-zero')}
        submissionKey={randomUUID()}
      />
    </section>
  )
}

/** The dose that comes next, from the day on which the protocol allows it; after the end, one that was given before it. */
function Offer({ record, path }: { record: ParticipantRecord; path: string }) {
  const { treatmentEnd, view } = record
  const [next] = record.offers
  if (!next) return null
  const { treatment, from, isOpen } = next
  const page = `${path}/doses/${view.participantArms ? treatment.code : NEXT_DOSE}`
  if (treatmentEnd) {
    const name = treatment.name.toLowerCase()
    return (
      <p className="flex flex-wrap items-center gap-3 py-1">
        <Link href={page} prefetch={false} className="btn sm">
          Record {name} late
        </Link>
        <span className="ink3">
          Only if it was given on or before {formatDate(treatmentEnd)}, when the participant withdrew from
          treatment or left follow-up
        </span>
      </p>
    )
  }
  const when = from ? ` from ${formatDate(from)}` : ''
  const condition = treatment.condition ? `, with ${treatment.condition}` : ''
  return (
    <p className="flex flex-wrap items-center gap-3 py-1">
      <Link href={page} prefetch={false} className={isOpen ? 'btn' : 'btn sm'}>
        Record {treatment.name.toLowerCase()}
      </Link>
      {(when || condition) && (
        <span className="ink3">
          {treatment.optional ? 'Optional' : 'Planned'}
          {when}
          {condition}
        </span>
      )}
    </p>
  )
}

/** A treatment planned so late that the baseline falls out of its window: the baseline may be taken again before it. */
function StaleBaseline({ record: { visits, dayZero, protocol } }: { record: ParticipantRecord }) {
  if (!dayZero?.planned) return null
  const stale = visits.filter(
    ({ plan, inWindow }) => protocol.baseline.visits.includes(plan.code) && inWindow === false,
  )
  return stale.map(({ plan, date }) => (
    <p key={plan.code} className="formmsg">
      {plan.name} of {date && formatDate(date)} lies outside its window, counted from the planned day zero.
      Repeat it before the first dose, or plan an earlier day.
    </p>
  ))
}

function describeArm({ allocation, protocol, view }: ParticipantRecord): string {
  if (!allocation) {
    return view.participantArms
      ? 'No arm recorded.'
      : 'No arm recorded here. It is held elsewhere; treatment is recorded without it.'
  }
  const when = allocation.allocatedOn ? `, ${formatDate(allocation.allocatedOn)}` : ''
  const by = allocation.recordedBy ? `, recorded by ${allocation.recordedBy}` : ''
  const name = protocol.arms.find(({ code }) => code === allocation.arm)?.name ?? allocation.arm
  return name ? `Arm: ${name}${when}${by}.` : `An arm is allocated${when}; which one is masked.`
}
