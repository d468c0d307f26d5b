import type { Metadata } from 'next'
import Link from 'next/link'

export const metadata: Metadata = { title: 'Not found' }

export default function NotFound() {
  return (
    <main id="main" className="mx-auto max-w-(--measure) p-(--gutter)">
      <h1>Not found</h1>
      <p className="mt-2">
        There is nothing at this address, or your account has no access to it. If you followed a link from a
        colleague, ask which study and site it belongs to.
      </p>
      <p className="lk mt-4">
        <Link href="/">Go to the worklist</Link>
      </p>
    </main>
  )
}
