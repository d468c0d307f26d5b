import { randomUUID } from 'node:crypto'
import Link from 'next/link'
import { ActionForm } from '@/app/_ui/form'
import { Refusal } from '@/app/_ui/refusal'
import { formatDate } from '@/lib/format/dates'
import { pageContext } from '@/lib/server/auth'
import { readFormDraft } from '@/lib/server/drafts'
import { type PersonSide, readDuplicate } from '@/lib/server/mending/duplicates'
import { Confirm, Mended } from '../_components/mend-fields'
import { MendHead } from '../_components/mend-head'
import { linkDuplicate, voidParticipant } from '../actions'

interface Props {
  params: Promise<{ study: string; number: string }>
  searchParams: Promise<{ keptNumber?: string | string[] }>
}

async function readNames({ params }: Props) {
  const { study, number } = await params
  return { study: decodeURIComponent(study), number: decodeURIComponent(number) }
}

export async function generateMetadata(props: Props) {
  return { title: `Void ${(await readNames(props)).number}` }
}

const DUPLICATE_REASONS = ['Registered twice', 'Registered at two sites'] as const
const ERROR_REASONS = ['Nobody was screened', 'Registered in the wrong study or site'] as const

/** A number that should not be: of a person who has another, or of nobody. */
export default async function DuplicatePage(props: Props) {
  const about = await readNames(props)
  const { keptNumber: given } = await props.searchParams
  const keptNumber = typeof given === 'string' ? given.trim().slice(0, 40) : ''
  const base = `/studies/${encodeURIComponent(about.study)}/participants/${encodeURIComponent(about.number)}`
  const ctx = await pageContext(`${base}/mend/duplicate`)
  const read = readDuplicate(ctx, { ...about, keptNumber })
  if (!read.ok) return <Refusal error={read.error} />
  const { study, duplicate, kept, refusal, holds, version } = read.value
  const names = { ...about, version }
  const draftOf = (form: string) =>
    readFormDraft(ctx, { study: about.study, subject: about.number, place: `mend/duplicate${form}` })
  return (
    <>
      <MendHead study={study} number={about.number} title={`Void ${about.number}`}>
        A voided number leaves lists, counts and exports and is never given again. Its history can be read.
      </MendHead>
      <h2 className="pt-4">The person has another number, which stays</h2>
      <form method="get" className="flex flex-wrap items-end gap-4 py-3" aria-label="Number that stays">
        <div className="fld">
          <label htmlFor="kept-number">Number that stays</label>
          <input type="text" id="kept-number" name="keptNumber" size={14} defaultValue={keptNumber} />
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
        <Person title="To be voided" side={duplicate} />
        {kept && <Person title="Stays" side={kept} />}
      </div>
      {holds !== null && (
        <>
          <p className="formmsg mt-4" role="note">
            {holds}
          </p>
          <p className="flex flex-wrap gap-3">
            <Link className="btn" href={`${base}/mend`} prefetch={false}>
              Move or void its visits
            </Link>
            {duplicate.doses.map(({ name }, index) => (
              <Link
                key={name}
                className="btn"
                href={`${base}/mend/doses/${index + 1}?${new URLSearchParams({ toNumber: keptNumber })}`}
                prefetch={false}
              >
                Move {name.toLowerCase()}
                {kept && ` to ${kept.participant.number}`}
              </Link>
            ))}
          </p>
        </>
      )}
      <ActionForm
        action={linkDuplicate}
        submissionKey={randomUUID()}
        id="link"
        label={`Void ${about.number} as a duplicate`}
        draft={kept && draftOf(`?${new URLSearchParams({ keptNumber })}#link`)}
        closed={kept === null || holds !== null}
      >
        <Mended names={{ ...names, keptNumber: kept?.participant.number ?? '' }} />
        <Confirm
          reasons={DUPLICATE_REASONS}
          button={`Void ${about.number}, keep ${kept?.participant.number ?? ''}`}
        />
      </ActionForm>
      {kept === null && holds === null && <h2 className="pt-8">It was registered in error</h2>}
      <ActionForm
        action={voidParticipant}
        submissionKey={randomUUID()}
        id="void"
        label={`Void ${about.number}`}
        draft={kept === null ? draftOf('#void') : null}
        closed={kept !== null || holds !== null}
      >
        <Mended names={names} />
        <Confirm reasons={ERROR_REASONS} button={`Void ${about.number}`} />
      </ActionForm>
    </>
  )
}

const SEX: Readonly<Record<string, string>> = {
  female: 'Female',
  male: 'Male',
  intersex: 'Intersex',
  notStated: 'Not stated',
}

function Person({ title, side }: { title: string; side: PersonSide }) {
  const { participant, visits, doses, logEntries, hasArm } = side
  const day = (date: Parameters<typeof formatDate>[0] | null) => (date ? formatDate(date) : 'not known')
  const lines = [
    ['Site', `${participant.site} ${participant.siteName}`],
    ['Consent', day(participant.consentDate)],
    ['Age at consent', participant.ageAtConsent === null ? 'not known' : String(participant.ageAtConsent)],
    ['Sex', participant.sex === null ? 'not known' : (SEX[participant.sex] ?? participant.sex)],
    ['Visits', visits.map(({ name, date }) => `${name}, ${day(date)}`).join('; ') || 'none'],
    ['Doses', doses.map(({ name, date }) => `${name}, ${formatDate(date)}`).join('; ') || 'none'],
    ['Log entries', String(logEntries)],
    ...(hasArm ? [['Arm', 'recorded']] : []),
  ] as const
  return (
    <section className="fsec">
      <h2 className="pb-1">
        {title}: {participant.number}
      </h2>
      <dl className="grid grid-cols-2 gap-x-6 gap-y-2">
        {lines.map(([label, text]) => (
          <div key={label}>
            <dt className="ink3">{label}</dt>
            <dd className="ink">{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}
