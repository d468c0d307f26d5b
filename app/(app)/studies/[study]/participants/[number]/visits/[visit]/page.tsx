import { randomUUID } from 'node:crypto'
import Link from 'next/link'
import { HiddenForms } from '@/app/_ui/hidden-forms'
import { Refusal } from '@/app/_ui/refusal'
import { SyntheticBadge } from '@/app/_ui/synthetic-badge'
import { VisitRuler } from '@/app/_ui/visit-ruler'
import { MendedQuery } from '@/lib/schemas/mending'
import { pageContext } from '@/lib/server/auth'
import { readFormDraft } from '@/lib/server/drafts'
import { readLeftBehind, readMendedNote } from '@/lib/server/mending/mended-note'
import { readVisit } from '@/lib/server/visit-view'
import { VisitReferences } from '../../_components/visit-references'
import { MissedVisitForm } from './_components/missed-visit-form'
import { postStored } from './_components/post-stored'
import { StandingChip } from './_components/standing-chip'
import { VisitForm } from './_components/visit-form'
import { VisitNotes } from './_components/visit-notes'
import { VisitRecord } from './_components/visit-record'
import { declareVisitMissed, saveVisit, undoVisitMissed } from './actions'

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
  return { title: `${number}, ${visit}` }
}

export default async function VisitPage(props: Props) {
  const address = await readAddress(props)
  const { more, saved, ...query } = await props.searchParams
  const site = typeof query.site === 'string' ? query.site : ''
  const base = `/studies/${encodeURIComponent(address.study)}`
  const path = `${base}/participants/${encodeURIComponent(address.number)}`
  const ctx = await pageContext(`${path}/visits/${encodeURIComponent(address.visit)}`)
  const read = readVisit(ctx, { ...address, more: typeof more === 'string' ? more : undefined })
  if (!read.ok) return <Refusal error={read.error} />
  const view = read.value
  const mended = readMendedNote(ctx, address.study, MendedQuery.parse(query))
  const left = readLeftBehind(ctx, address.study, MendedQuery.parse(query))
  const { study, participant, visit, standing } = view
  const hasHidden = view.hidden.length > 0
  const { target, windowStart, windowEnd } = visit
  const place = `visits/${encodeURIComponent(visit.code)}`
  const draftOf = (form: string) =>
    readFormDraft(ctx, { study: study.code, subject: participant.number, place: `${place}${form}` })
  return (
    <>
      <p className="crumb">
        <Link href={`${base}/worklist${site && `?${new URLSearchParams({ site })}`}`} prefetch={false}>
          Worklist
        </Link>{' '}
        /{' '}
        <Link href={path} prefetch={false}>
          {participant.number}
        </Link>{' '}
        / {visit.name}
      </p>
      <div className="head">
        <div>
          <div className="tline">
            <h1>
              {participant.number}, {visit.name.toLowerCase()}
            </h1>
            <StandingChip
              standing={standing}
              hasEntries={hasHidden || view.forms.some(form => form.version !== null)}
            />
            {study.synthetic && <SyntheticBadge />}
            {study.lock && <span className="chip">Locked</span>}
          </div>
          <p>
            {participant.site} {participant.siteName}.{' '}
            {visit.position === 0
              ? `Unscheduled: ${visit.cause ?? 'no cause recorded'}`
              : `Visit ${visit.position} of ${visit.count}`}
            {standing.isProvisional && '. Window counted from the planned day zero'}.{' '}
            <Link href={`${path}/visits/${encodeURIComponent(visit.code)}/sheet`} prefetch={false}>
              Day sheet for paper
            </Link>
          </p>
        </div>
        {target && windowStart && windowEnd && (
          <VisitRuler
            target={target}
            windowStart={windowStart}
            windowEnd={windowEnd}
            today={view.today}
            isProvisional={standing.isProvisional}
          />
        )}
      </div>
      {typeof saved === 'string' && (
        <p className="formmsg done" role="status">
          Saved {saved}.
        </p>
      )}
      {mended && (
        <p className="formmsg done" role="status">
          {mended}
        </p>
      )}
      {left && (
        <VisitReferences
          path={`${base}/participants/${encodeURIComponent(left.number)}`}
          references={left.references}
          visit={`the place that it left at ${left.number}`}
        />
      )}
      <VisitNotes view={view} path={path} />
      <HiddenForms path={path} forms={view.hidden.map(name => ({ visit: visit.code, name }))} />
      {view.mayMend && visit.version !== null && (
        <p>
          <Link href={`${path}/mend/visits/${encodeURIComponent(visit.code)}`} prefetch={false}>
            Wrong participant or visit?
          </Link>
        </p>
      )}
      {visit.missed !== null && (
        <p className="formmsg" role="note">
          <b>Recorded as missed:</b> {visit.missed}
        </p>
      )}
      {/* Both forms keep their place when they are closed meanwhile: so a refusal is told without JavaScript, too. */}
      <MissedVisitForm
        view={view}
        action={visit.missed === null ? declareVisitMissed : undoVisitMissed}
        submissionKey={randomUUID()}
        draft={draftOf('#missed')}
        closed={!view.mayEnter || hasHidden || view.forms.some(form => Object.keys(form.answers).length > 0)}
        site={site}
      />
      <VisitForm
        view={view}
        stored={postStored(view)}
        action={saveVisit}
        submissionKey={randomUUID()}
        closed={!view.mayEnter}
        draft={draftOf('')}
        isNext={typeof saved === 'string'}
        site={site}
      />
      {!view.mayEnter && <VisitRecord view={view} />}
    </>
  )
}
