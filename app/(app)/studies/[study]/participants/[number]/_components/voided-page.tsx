import Link from 'next/link'
import type { VoidedNumber } from '@/lib/schemas/voided-number'

/** The page of a number that was given and voided: which stays, and the way to the history. */
export function VoidedPage({ list, voided }: { list: string; voided: VoidedNumber }) {
  const { number, kept } = voided
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
          <span className="chip">Voided</span>
        </div>
      </div>
      <p className="formmsg" role="note">
        {kept === null ? (
          <>{number} was voided.</>
        ) : (
          <>
            {number} was voided as a duplicate of{' '}
            <Link href={`${list}/${encodeURIComponent(kept)}`} prefetch={false}>
              {kept}
            </Link>
            .
          </>
        )}{' '}
        It is in no list, count or export, and is not given again.
      </p>
      <p className="mt-3">
        <Link href={`${list}/${encodeURIComponent(number)}/history`} prefetch={false}>
          History of {number}
        </Link>
      </p>
    </>
  )
}
