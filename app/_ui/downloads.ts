import { type AppError, describeError, httpStatusOf } from '@/lib/domain/shared/errors'

/** What every answer of a file's address carries that is not the file. */
export const PLAIN = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }

/**
 * Whether a browser fetches ahead of a person's decision. A look at results counts when somebody looks, so that nothing is
 * computed, recorded or handed out before. (The router's own prefetch stops at the layout and never renders a page.)
 */
export function isPrefetch(headers: Pick<Headers, 'get'>): boolean {
  return [headers.get('purpose'), headers.get('sec-purpose')].some(
    purpose => purpose?.includes('prefetch') === true,
  )
}

/**
 * The answer to a request for a file that nobody here asked for: nothing to one that fetches ahead, a refusal to one that
 * another site makes in a person's name, since handing out a file is recorded as that person's act. Null: go on.
 */
export function refuseUnasked({ headers }: Pick<Request, 'headers'>): Response | null {
  if (isPrefetch(headers)) return new Response(null, { status: 204, headers: PLAIN })
  const isForeign = ['cross-site', 'same-site'].includes(headers.get('sec-fetch-site') ?? '')
  return isForeign ? refuseFile({ code: 'foreignOrigin' }) : null
}

/** A refusal as plain text, for who asked for a file. */
export function refuseFile(error: AppError): Response {
  const text =
    error.code === 'invalidInput' ? error.fields.map(field => field.text).join(' ') : describeError(error)
  return new Response(text, { status: httpStatusOf(error), headers: PLAIN })
}
