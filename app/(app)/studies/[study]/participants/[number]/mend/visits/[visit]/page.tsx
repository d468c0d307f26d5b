import { randomUUID } from 'node:crypto'
import Link from 'next/link'
import { RadioField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { Refusal } from '@/app/_ui/refusal'
import type { FormDraft } from '@/lib/schemas/drafts'
import { MendQuery } from '@/lib/schemas/mending'
import { pageContext } from '@/lib/server/auth'
import { readFormDraft } from '@/lib/server/drafts'
import { type MoveTarget, readVisitMending, type VisitMending } from '@/lib/server/mending/mending-view'
import { VisitReferences } from '../../../_components/visit-references'
import { Confirm, Mended, MOVE_REASONS, VOID_REASONS } from '../../_components/mend-fields'
import { MendHead } from '../../_components/mend-head'
import { NotPossible } from '../../_components/not-possible'
import { SideView } from '../../_components/side-view'
import { moveForm, moveVisit, voidForm, voidVisit } from '../../actions'

interface Props {
  params: Promise<{ study: string; number: string; visit: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

async function readAddress({ params }: Props) {
  const { study, number, visit } = await params
  return {
    study: decodeURIComponent(study),
    number: decodeURIComponent(number),
    visit: decodeURIComponent(visit),
  }
}

export async function generateMetadata(props: Props) {
  const { number, visit } = await readAddress(props)
  return { title: `Mend ${number}, ${visit}` }
}

/** One visit, or one form of it, that is at the wrong place or should not be there. */
export default async function MendVisitPage(props: Props) {
  const address = await readAddress(props)
  const query = MendQuery.parse(await props.searchParams)
  const base = `/studies/${encodeURIComponent(address.study)}/participants/${encodeURIComponent(address.number)}`
  const path = `${base}/mend/visits/${encodeURIComponent(address.visit)}`
  const ctx = await pageContext(path)
  const read = readVisitMending(ctx, { ...address, ...query })
  if (!read.ok) return <Refusal error={read.error} />
  const view = read.value
  const { side, target, refusal, study } = view
  const [form] = query.form === null ? [] : side.forms
  // Names of forms keep their capitals: EQ-5D-3L, MRI findings.
  const what = form?.name ?? view.visit.name.toLowerCase()
  const place = `mend/visits/${encodeURIComponent(address.visit)}`
  const of = query.form === null ? '' : `form=${query.form}`
  const draftAt = (chosen: string) =>
    readFormDraft(ctx, { study: address.study, subject: address.number, place: `${place}${chosen}` })
  const { toNumber, toVisit } = query
  return (
    <>
      <MendHead study={study} number={address.number} title={`Mend ${what}`}>
        Both sides are shown before anything changes. Nothing is deleted: what was stored stays in the
        history.
      </MendHead>
      <h2 className="pt-4">It belongs to another participant or visit</h2>
      <ChooseTarget path={path} view={view} query={query} number={address.number} />
      {refusal && (
        <p className="formmsg err" role="alert">
          {refusal}
        </p>
      )}
      {target && (
        <>
          <div className="grid gap-x-8 md:grid-cols-2">
            <div>
              <SideView title="From" side={side} />
              <VisitReferences path={base} references={view.references} visit="this visit" />
            </div>
            <SideView title="To, as it is now" side={target.to} />
          </div>
          <Move
            draft={draftAt(`?${of && `${of}&`}${new URLSearchParams({ toNumber, toVisit })}#move`)}
            names={{
              ...address,
              toNumber: target.to.number,
              toVisit: query.toVisit,
              version: target.version,
            }}
            formId={query.form}
            what={what}
            target={target}
          />
        </>
      )}
      {!target && <SideView title="As it is now" side={side} />}
      <h2 className="pt-8">It was entered in error</h2>
      <p className="note">
        {form ? 'The form' : 'The visit and its forms'} will leave lists, counts and exports.
      </p>
      <ActionForm
        action={form ? voidForm : voidVisit}
        submissionKey={randomUUID()}
        id="void"
        label={`Void ${what}`}
        draft={draftAt(`${of && `?${of}`}#void`)}
      >
        <Mended names={{ ...address, version: view.version, ...(form && { formId: form.id }) }} />
        <Confirm reasons={VOID_REASONS} button={`Void ${what}`} />
      </ActionForm>
      {!form && side.forms.length > 1 && <SingleForms path={path} view={view} />}
    </>
  )
}

/** Whose it is and which visit; the page that follows shows both sides. */
function ChooseTarget(props: {
  path: string
  view: VisitMending
  query: { form: number | null; toNumber: string; toVisit: string }
  number: string
}) {
  const { path, view, query, number } = props
  return (
    <form method="get" action={path} className="flex flex-wrap items-end gap-4 py-3" aria-label="Right place">
      {query.form !== null && <input type="hidden" name="form" value={query.form} />}
      <div className="fld">
        <label htmlFor="to-number">Right participant</label>
        <input type="text" id="to-number" name="toNumber" size={14} defaultValue={query.toNumber || number} />
      </div>
      <div className="fld">
        <label htmlFor="to-visit">Right visit</label>
        <select id="to-visit" name="toVisit" defaultValue={query.toVisit || view.visit.code}>
          {view.visitOptions.map(({ value, label }) => (
            <option key={value} value={value}>
              {label}
            </option>
          ))}
        </select>
      </div>
      <button type="submit" className="btn">
        Show both sides
      </button>
    </form>
  )
}

const BEFORE = [
  { value: 'yes', label: 'Before the dose' },
  { value: 'no', label: 'After the dose' },
]

/** The move, and where both places hold entries the exchange; what stands against one of them is told instead. */
function Move(props: {
  names: Readonly<Record<string, string | number>> & { version: number }
  draft: FormDraft | null
  formId: number | null
  what: string
  target: MoveTarget
}) {
  const { names, formId, target } = props
  const { exchange } = target
  const isExchange = exchange !== null
  const { problems, questions } = exchange ?? target
  if (problems.length > 0)
    return <NotPossible problems={[...(isExchange ? target.problems : []), ...problems]} />
  const to = `${target.to.number}, ${target.to.visitName.toLowerCase()}`
  return (
    <ActionForm
      action={formId === null ? moveVisit : moveForm}
      submissionKey={randomUUID()}
      id="move"
      label={isExchange ? 'Exchange the two visits' : `Move to ${to}`}
      draft={props.draft}
    >
      <Mended
        names={{ ...names, ...(formId !== null && { formId }), ...(isExchange && { exchange: 'yes' }) }}
      />
      {isExchange && <p className="note">Both places hold entries: the two visits are exchanged.</p>}
      {questions.length > 0 && (
        <ul className="note">
          {questions.map(({ code, text }) => (
            <li key={code}>{text}</li>
          ))}
        </ul>
      )}
      {target.asksBefore && (
        <RadioField
          name="before"
          label="A dose was given there on this day. The forms were taken"
          options={BEFORE}
        />
      )}
      <Confirm reasons={MOVE_REASONS} button={isExchange ? 'Exchange the two visits' : `Move to ${to}`} />
    </ActionForm>
  )
}

/** Ways to a form that is wrong by itself. */
function SingleForms({ path, view }: { path: string; view: VisitMending }) {
  return (
    <>
      <h2 className="pt-8">Only one form is wrong</h2>
      <ul className="lines mt-3 grid gap-x-8 sm:grid-cols-2 lg:grid-cols-3">
        {view.side.forms.map(form => (
          <li key={form.id}>
            <Link href={`${path}?form=${form.id}`} prefetch={false}>
              {form.name}
            </Link>
          </li>
        ))}
      </ul>
    </>
  )
}
