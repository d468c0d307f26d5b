import Link from 'next/link'
import { formatDate } from '@/lib/format/dates'
import type { ParticipantLeaving } from '@/lib/schemas/participant-leaving'
import { STATUS_TEXT } from '../../_components/wording'

/** What is to be known before anything else: consent to be asked for again, and that follow-up ended. */
export function LeavingNotes({ path, leaving }: { path: string; leaving: ParticipantLeaving }) {
  const { consent, followUpEnd, may } = leaving
  return (
    <>
      {consent.due && (
        <p className="formmsg" role="note">
          <b>Re-consent due: version {consent.due.version}</b>, since {formatDate(consent.due.since)}.{' '}
          {may.enterLog && (
            <Link
              href={`${path}/logs/consents/new?${new URLSearchParams({ VERSION: consent.due.version })}`}
              prefetch={false}
            >
              Record the consent
            </Link>
          )}
        </p>
      )}
      {followUpEnd && (
        <p className="formmsg" role="note">
          <b>Out of follow-up since {formatDate(followUpEnd)}.</b> Nothing is due any more. What was assessed
          up to that day can still be entered and counts.{' '}
          <Link href={`${path}/logs/departures`} prefetch={false}>
            Leaving and return
          </Link>
        </p>
      )}
    </>
  )
}

/** Right after registration, too: what keeps the person out, and what may still be done about it. */
export function ScreenFailureNote({ leaving }: { leaving: ParticipantLeaving }) {
  const { unmet, may } = leaving
  if (unmet.length === 0) return null
  return (
    <p className="formmsg" role="note">
      <b>Screen failure by {unmet.map(({ code, text }) => `${code} ${text}`).join('; ')}.</b> An investigator
      may enrol the person in spite of {unmet.length === 1 ? 'it' : 'them'}
      {may.override ? (
        <>
          , under <a href="#eligibility">Eligibility</a>
        </>
      ) : null}
      .
    </p>
  )
}

/** The page of who asked for no further use: the number and the word, and the ways that stay open. */
export function RestrictedPage(props: { list: string; number: string; leaving: ParticipantLeaving }) {
  const { list, number, leaving } = props
  const path = `${list}/${encodeURIComponent(number)}`
  return (
    <>
      <p className="crumb">
        <Link href={list} prefetch={false}>
          Participants
        </Link>{' '}
        / {number}
      </p>
      <div className="head">
        <div className="tline">
          <h1>{number}</h1>
          <span className="chip">{STATUS_TEXT.restricted}</span>
        </div>
      </div>
      <p className="formmsg" role="note">
        <b>No further use of data was asked for.</b> Nothing recorded is shown, exported or counted. It stays
        in the audit trail.
      </p>
      <p className="mt-3 flex flex-wrap gap-4">
        {leaving.may.readHistory && (
          <Link href={`${path}/history`} prefetch={false}>
            History
          </Link>
        )}
        <Link href={`${path}/logs/departures`} prefetch={false}>
          Leaving and return
        </Link>
        <Link href={`${path}/reports`} prefetch={false}>
          Reports to the sponsor
        </Link>
      </p>
    </>
  )
}
