import { randomUUID } from 'node:crypto'
import { cookies, headers } from 'next/headers'
import { redirect } from 'next/navigation'
import type { NextAuthOptions } from 'next-auth'
import { decode } from 'next-auth/jwt'
import CredentialsProvider from 'next-auth/providers/credentials'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import { FORM_POST_HEADER } from '@/lib/schemas/form-state'
import { now } from './clock'
import type { Actor, Ctx } from './context'
import { database } from './database'
import { publicUrl, sessionSecret } from './env'
import { readLink } from './one-time-links'
import { readSession, signIn, signOut } from './sessions'

const ABSOLUTE_SECONDS = 12 * 60 * 60

const secureCookies = () => publicUrl()?.startsWith('https://') === true

const sessionCookie = () => (secureCookies() ? '__Secure-next-auth.session-token' : 'next-auth.session-token')

/** Name of the cookie that holds next-auth's csrf token and its hash, `token|hash`. */
export const csrfCookie = () => (secureCookies() ? '__Host-next-auth.csrf-token' : 'next-auth.csrf-token')

const callbackCookie = () => (secureCookies() ? '__Secure-next-auth.callback-url' : 'next-auth.callback-url')

/** Keeps the address of a refused sign-in for its form. */
export const EMAIL_COOKIE = 'longitude.email'

/** Why the sign-in page comes back where the attempt could not be written down. */
export const NOT_NOW = 'notNow'
/** Why it is shown after a sign-out that could not be written down. */
export const NOT_RECORDED = 'notRecorded'

/** The token holds only a random session id; everything else is read from the database on each request. */
export function authOptions(): NextAuthOptions {
  return {
    secret: sessionSecret(),
    session: { strategy: 'jwt', maxAge: ABSOLUTE_SECONDS },
    pages: { signIn: '/sign-in', error: '/sign-in', signOut: '/sign-in' },
    providers: [
      CredentialsProvider({
        credentials: { email: { type: 'email' }, password: { type: 'password' } },
        async authorize(credentials, request) {
          const entered = await signIn(database().db, {
            email: credentials?.email ?? '',
            password: credentials?.password ?? '',
            address: addressOf(request.headers?.['x-forwarded-for']),
            now: now(),
            requestId: randomUUID(),
          })
          // next-auth hands the message of what is thrown to our page as its `error`.
          if (!entered.ok) throw new Error(NOT_NOW)
          return entered.value === null ? null : { id: entered.value }
        },
      }),
    ],
    callbacks: {
      jwt: ({ token, user }) => ({ sid: user ? user.id : token.sid }),
      session: ({ session }) => ({ expires: session.expires }),
      redirect: ({ url, baseUrl }) => (url.startsWith('/') || url.startsWith(`${baseUrl}/`) ? url : baseUrl),
    },
  }
}

/** The nearest proxy appends the address it saw; what stands before it was claimed by the caller. */
function addressOf(forwarded: unknown): string {
  return (
    String(forwarded ?? 'unknown')
      .split(',')
      .at(-1)
      ?.trim() || 'unknown'
  )
}

async function sessionId(): Promise<string | null> {
  const token = (await cookies()).get(sessionCookie())?.value
  if (!token) return null
  const payload = await decode({ token, secret: sessionSecret() }).catch(() => null)
  return typeof payload?.sid === 'string' ? payload.sid : null
}

/** Who is signed in, read from the database; null when nobody is. */
export async function currentActor(): Promise<Extract<Actor, { kind: 'user' }> | null> {
  const sid = await sessionId()
  const actor = sid === null ? null : readSession(database().db, sid, now())
  return actor?.kind === 'user' ? actor : null
}

/** Whether the page is the answer to a form that was posted without JavaScript: to send elsewhere would lose what was typed. */
export async function answersFormPost(): Promise<boolean> {
  return (await headers()).get(FORM_POST_HEADER) === 'yes'
}

/** Made here: what a caller claims never gets into the audit. */
export function makeRequestId(): string {
  return randomUUID()
}

/** The context of a page for a signed-in person; anyone else is sent to sign in and comes back to `returnTo`. */
export async function pageContext(
  returnTo = '/',
): Promise<Ctx & { actor: Extract<Actor, { kind: 'user' }> }> {
  const actor = await currentActor()
  if (!actor) redirect(`/api/auth/signin?callbackUrl=${encodeURIComponent(returnTo)}`)
  return { db: database().db, actor, now: now(), requestId: makeRequestId(), submissionKey: null }
}

/** The context of a request of a signed-in person's program or script; null when nobody is signed in. */
export async function requestContext(): Promise<Ctx | null> {
  const actor = await currentActor()
  return actor && { db: database().db, actor, now: now(), requestId: makeRequestId(), submissionKey: null }
}

/** What a one-time link opens, or null; for the pages that people see before they can sign in. */
export async function openLink(token: string) {
  const link = readLink({ db: database().db, now: now(), requestId: makeRequestId() }, token)
  return link.ok ? link.value : null
}

/** A key for one drawing of a form, so that the same form sent twice is stored once. */
export function newSubmissionKey(): string {
  return randomUUID()
}

/** Said above the sign-in form after a password was set. */
export const PASSWORD_SET = 'password'

/** What the sign-in form needs; `csrfToken` is null until next-auth has set its cookie. */
export async function readSignInPage(wanted: { callbackUrl?: string; done?: string }) {
  const jar = await cookies()
  // After a refusal next-auth comes back without the address; it keeps it in a cookie.
  const callbackUrl = wanted.callbackUrl ?? jar.get(callbackCookie())?.value
  const address = callbackUrl && URL.canParse(callbackUrl) ? new URL(callbackUrl) : null
  const path = address ? `${address.pathname}${address.search}` : (callbackUrl ?? '/')
  // Coming back from next-auth's page the address points at our own sign-in page; the one wanted is inside it.
  const ours = path.startsWith('/sign-in') ? new URLSearchParams(path.split('?')[1] ?? '') : null
  const back = ours ? (ours.get('callbackUrl') ?? '/') : path
  return {
    /** The browser was sent to fetch the cookie already and came back without it. */
    hasTried: ours?.get('cookies') === 'needed',
    passwordSet: (wanted.done ?? ours?.get('done')) === PASSWORD_SET,
    csrfToken: jar.get(csrfCookie())?.value.split('|')[0] ?? null,
    // Next has decoded it already.
    email: jar.get(EMAIL_COOKIE)?.value ?? '',
    callbackUrl: back.startsWith('/') && !back.startsWith('//') ? back : '/',
  }
}

/**
 * Ends the session in the database and takes its cookie back. Where the end could not be written down the cookie goes
 * all the same: nothing else holds the session's id, and it ends by itself when it is idle.
 */
export async function endSession(): Promise<Result<null, AppError>> {
  const sid = await sessionId()
  ;(await cookies()).delete(sessionCookie())
  return sid === null ? ok(null) : signOut(database().db, sid, now(), makeRequestId())
}
