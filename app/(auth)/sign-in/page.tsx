import type { Metadata } from 'next'
import { redirect } from 'next/navigation'
import { NOT_NOW, NOT_RECORDED, PASSWORD_SET, readSignInPage } from '@/lib/server/auth'

export const metadata: Metadata = { title: 'Sign in' }

const DOES_NOT_FIT =
  'E-mail and password do not fit, or too many attempts were made. Check both, or try again in 15 minutes.'
const REFUSALS = new Map([
  [
    NOT_NOW,
    'Nobody can sign in at this moment, because the database does not take it down. Try again in a minute; if that does not help, tell the person who runs the server.',
  ],
  [
    NOT_RECORDED,
    'You are signed out of this browser, but the database did not take it down. Tell the person who runs the server.',
  ],
])

type Search = { callbackUrl?: string; error?: string; cookies?: string; done?: string }

/**
 * A native form that posts to next-auth, with and without JavaScript. On a first visit its csrf cookie is not there yet:
 * next-auth's own page sets it and comes back here; a browser that keeps no cookie is told so the second time.
 */
export default async function SignInPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams
  const page = await readSignInPage(search)
  if (page.csrfToken === null && !page.hasTried && search.cookies !== 'needed') {
    const kept = page.passwordSet ? { done: PASSWORD_SET } : {}
    const back = `/sign-in?${new URLSearchParams({ cookies: 'needed', callbackUrl: page.callbackUrl, ...kept })}`
    redirect(`/api/auth/signin?callbackUrl=${encodeURIComponent(back)}`)
  }
  return (
    <>
      <h1>Sign in</h1>
      {page.passwordSet && !search.error && <p className="t-ok">Password set. Sign in with it now.</p>}
      {page.csrfToken === null ? (
        <p role="alert" className="t-danger">
          This site needs cookies to keep you signed in. Allow them for this address, then open the page
          again.
        </p>
      ) : (
        <form method="post" action="/api/auth/callback/credentials" className="stack">
          <input type="hidden" name="csrfToken" value={page.csrfToken} />
          <input type="hidden" name="callbackUrl" value={page.callbackUrl} />
          {search.error && (
            <p role="alert" className="t-danger" id="sign-in-error">
              {REFUSALS.get(search.error) ?? DOES_NOT_FIT}
            </p>
          )}
          <label className="fld" htmlFor="email">
            <span>E-mail</span>
            <input
              id="email"
              name="email"
              type="email"
              autoComplete="username"
              required
              defaultValue={page.email}
              aria-describedby={search.error ? 'sign-in-error' : undefined}
            />
          </label>
          <label className="fld" htmlFor="password">
            <span>Password</span>
            <input
              id="password"
              name="password"
              type="password"
              autoComplete="current-password"
              required
              maxLength={512}
            />
          </label>
          <button type="submit" className="btn pri">
            Sign in
          </button>
        </form>
      )}
    </>
  )
}
