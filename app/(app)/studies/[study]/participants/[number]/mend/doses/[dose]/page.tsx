import { randomUUID } from 'node:crypto'
import Link from 'next/link'
import { RadioField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { Refusal } from '@/app/_ui/refusal'
import { formatDate } from '@/lib/format/dates'
import { MendQuery } from '@/lib/schemas/mending'
import { pageContext } from '@/lib/server/auth'
import { readFormDraft } from '@/lib/server/drafts'
import { type DoseMending, readDoseMending } from '@/lib/server/mending/dose-mending-view'
import { DoseSideView } from '../../_components/dose-side-view'
import { Confirm, Mended, MOVE_REASONS } from '../../_components/mend-fields'
import { MendHead } from '../../_components/mend-head'
import { NotPossible } from '../../_components/not-possible'
import { moveDose } from '../../actions'

interface Props {
  params: Promise<{ study: string; number: string; dose: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export async function generateMetadata({ params }: Props) {
  return { title: `Mend a dose of ${decodeURIComponent((await params).number)}` }
}

/** A dose that was recorded for the wrong participant. */
export default async function MendDosePage(props: Props) {
  const { study, number: encoded, dose } = await props.params
  const about = { study: decodeURIComponent(study), number: decodeURIComponent(encoded) }
  const { toNumber } = MendQuery.parse(await props.searchParams)
  const record = `/studies/${study}/participants/${encoded}`
  const path = `${record}/mend/doses/${dose}`
  const ctx = await pageContext(path)
  const read = readDoseMending(ctx, { ...about, dose, toNumber })
  if (!read.ok) return <Refusal error={read.error} />
  const view = read.value
  const { side, target, refusal } = view
  const place = `mend/doses/${dose}?${new URLSearchParams({ toNumber })}#move`
  const name = view.dose.name.toLowerCase()
  return (
    <>
      <MendHead study={view.study} number={about.number} title={`Mend ${name}`}>
        Both sides are shown before anything changes. Nothing is deleted: what was stored stays in the
        history.
      </MendHead>
      <h2 className="pt-4">It was given to another participant</h2>
      <form
        method="get"
        action={path}
        className="flex flex-wrap items-end gap-4 py-3"
        aria-label="Right participant"
      >
        <div className="fld">
          <label htmlFor="to-number">Right participant</label>
          <input type="text" id="to-number" name="toNumber" size={14} defaultValue={toNumber} />
        </div>
        <button type="submit" className="btn">
          Show both sides
        </button>
      </form>
      {refusal && (
        <p className="formmsg err" role="alert">
          {refusal}
        </p>
      )}
      <div className="grid gap-x-8 md:grid-cols-2">
        <DoseSideView title={target ? 'From' : 'As it is now'} side={side} moved={view.dose.id} />
        {target && <DoseSideView title="To, as it is now" side={target.to} moved={null} />}
      </div>
      {target && (
        <Move
          view={view}
          target={target}
          names={{ ...about, treatmentId: view.dose.id, toNumber: target.to.number, version: target.version }}
          draft={readFormDraft(ctx, { study: about.study, subject: about.number, place })}
        />
      )}
      <p className="note mt-6">
        A dose that was not given at all is voided, and one with a wrong date or detail corrected, on{' '}
        <Link href={`${record}/doses/${dose}`} prefetch={false}>
          its own page
        </Link>
        .
      </p>
    </>
  )
}

const BEFORE = [
  { value: 'yes', label: 'Before the dose' },
  { value: 'no', label: 'After the dose' },
]

function Move(props: {
  view: DoseMending
  target: NonNullable<DoseMending['target']>
  names: Readonly<Record<string, string | number>> & { version: number }
  draft: ReturnType<typeof readFormDraft>
}) {
  const { view, target, names } = props
  const { problems, questions, unsaid, to } = target
  if (problems.length > 0) return <NotPossible problems={problems} />
  const label = `Move to ${to.number}`
  return (
    <ActionForm
      action={moveDose}
      submissionKey={randomUUID()}
      id="move"
      label={`${label}: ${view.dose.name}`}
      draft={props.draft}
    >
      <Mended names={names} />
      {questions.length > 0 && (
        <ul className="note">
          {questions.map(({ code, text }) => (
            <li key={code}>{text}</li>
          ))}
        </ul>
      )}
      {unsaid.length > 0 && (
        <RadioField
          name="before"
          label={`${unsaid.join(', ')} of ${to.number}, ${formatDate(view.dose.date)}, were taken`}
          options={BEFORE}
        />
      )}
      <Confirm reasons={MOVE_REASONS.filter(reason => !reason.includes('visit'))} button={label} />
    </ActionForm>
  )
}
