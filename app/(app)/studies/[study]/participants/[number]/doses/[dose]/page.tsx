import { randomUUID } from 'node:crypto'
import Link from 'next/link'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { formatAnswer } from '@/lib/format/answers'
import { formatDate } from '@/lib/format/dates'
import { MendedQuery } from '@/lib/schemas/mending'
import { pageContext } from '@/lib/server/auth'
import { type DoseView, readDosePage } from '@/lib/server/dose-view'
import { readFormDraft } from '@/lib/server/drafts'
import { readMendedNote } from '@/lib/server/mending/mended-note'
import { VoidTreatmentForm } from '../../_components/forms'
import { HistoryList } from '../../_components/history-list'
import { DoseForm } from './_components/dose-form'

interface Props {
  params: Promise<{ study: string; number: string; dose: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Pick<Props, 'params'>) {
  const { number } = await params
  return { title: `Dose of ${decodeURIComponent(number)}` }
}

export default async function DosePage({ params, searchParams }: Props) {
  const { study, number: encoded, dose: address } = await params
  const number = decodeURIComponent(encoded)
  const list = `/studies/${study}/participants`
  const ctx = await pageContext(`${list}/${encoded}/doses/${address}`)
  const read = readDosePage(ctx, { study, number, dose: address })
  if (!read.ok) return <Refusal error={read.error} />
  const view = read.value
  const { dose } = view
  const mended = readMendedNote(ctx, study, MendedQuery.parse(await searchParams))
  const draft = readFormDraft(ctx, { study, subject: number, place: `doses/${address}` })
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
        / {view.plan.name}
      </p>
      <div className="head">
        <div>
          <div className="tline">
            <h1>
              {number}, {view.plan.name.toLowerCase()}
            </h1>
            {view.study.lockedAt !== null && <span className="chip">Locked</span>}
            {view.study.synthetic && <SyntheticBadge />}
          </div>
          <p>
            {dose ? `Given ${formatDate(dose.givenOn)}` : 'Not recorded yet'}
            {view.plan.from && `. The protocol allows it from ${formatDate(view.plan.from)}`}
          </p>
        </div>
      </div>
      {mended && (
        <p className="formmsg done" role="status">
          {mended}
        </p>
      )}
      {view.closed && <p className="formmsg">{view.closed}</p>}
      {view.treatmentEnd && view.may.record && (
        <p className="formmsg" role="note">
          The participant withdrew from treatment or left follow-up on {formatDate(view.treatmentEnd)}. Only a
          dose given on or before that day can be recorded.
        </p>
      )}
      <DoseForm
        about={{ study, number }}
        meant={view.meant}
        plan={view.plan}
        fields={view.fields}
        level={view.participant.level}
        dose={dose}
        closed={!view.may.record || view.closed !== null}
        submissionKey={randomUUID()}
        draft={draft}
      />
      {dose && !view.may.record && <AsRead view={view} />}
      <VoidTreatmentForm
        about={{ study, number }}
        id={dose?.id ?? 0}
        version={dose?.rowVersion ?? 0}
        name={view.plan.name}
        closed={!view.may.mend || !dose || !view.isLast}
        draft={null}
        submissionKey={randomUUID()}
      />
      {dose && view.may.mend && (
        <p className="py-2">
          <Link className="btn sm" href={`${list}/${encoded}/mend/doses/${address}`} prefetch={false}>
            Move to another participant
          </Link>
        </p>
      )}
      {view.history && (
        <section className="fsec">
          <h2 className="pb-2">History</h2>
          <HistoryList entries={view.history.entries} />
        </section>
      )}
    </>
  )
}

/** The dose for who may not change it. */
function AsRead({ view }: { view: DoseView }) {
  const { dose, fields, plan, protocol } = view
  if (!dose) return null
  const form = {
    kind: 'plan',
    plan: { code: 'dose', label: plan.name, repeating: false, fields },
  } as const
  const lines = [
    { label: 'Date given', text: formatDate(dose.givenOn) },
    { label: 'Level or joint', text: dose.location ?? '' },
    ...fields.map(({ code, label, unit }) => {
      const text = formatAnswer(form, code, dose.details[code], protocol.settings)
      return { label, text: text && unit ? `${text} ${unit}` : text }
    }),
  ]
  return (
    <dl className="grid grid-cols-2 gap-x-6 gap-y-3 lg:grid-cols-3">
      {lines.map(({ label, text }) => (
        <div key={label}>
          <dt className="ink3">{label}</dt>
          <dd className="ink">{text || '–'}</dd>
        </div>
      ))}
    </dl>
  )
}
