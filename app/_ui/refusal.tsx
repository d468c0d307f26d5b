import type { Route } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { type AppError, describeError } from '@/lib/domain/shared/errors'

const UNABLE: readonly AppError['code'][] = ['busy', 'unexpected', 'notSaved']

/** What stands in place of a page that was refused. Absent and foreign are the same not-found page. */
export function Refusal({ error }: { error: AppError }) {
  if (error.code === 'notFound') notFound()
  return (
    <>
      <h1>{UNABLE.includes(error.code) ? 'Not available at the moment' : 'Not open to you'}</h1>
      <p className="formmsg">{describeError(error)}</p>
      <p>
        <Link href={'/' as Route} prefetch={false}>
          Back to the start
        </Link>
      </p>
    </>
  )
}
