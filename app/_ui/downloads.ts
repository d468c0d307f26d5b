import { createHash } from 'node:crypto'
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

/** Formats in which a figure leaves the product. */
const FIGURE_TYPES = {
  csv: 'text/csv; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
  pdf: 'application/pdf',
} as const

/** SHA-256 of a file as it goes out, for the audit. */
export function hashFile(file: Uint8Array): string {
  return createHash('sha256').update(file).digest('hex')
}

/** What a file is of, for its name: it says which study, that data are made up, and which entry; never whose they are. */
interface FileSource {
  readonly study: string
  readonly synthetic: boolean
  readonly dataCut?: string
  readonly asOf: number
  /** How the view counts, where it is not the default. */
  readonly counting?: string
}

/** Letters of a file's name that say how its view counts. */
const MOST_OF_VIEW = 60

/** A file to keep. Example of its name: `ADMSC_synthetic_2026-11-22_entry-1434_flow.svg`. */
export function sendFile(
  file: Uint8Array<ArrayBuffer>,
  format: keyof typeof FIGURE_TYPES,
  { study, synthetic, dataCut, asOf, counting = '' }: FileSource,
  name: string,
): Response {
  const view = counting.replaceAll(/[^A-Za-z0-9]+/g, '-').slice(0, MOST_OF_VIEW)
  const about = [study, synthetic ? 'synthetic' : '', dataCut ?? '', `entry-${asOf}`, view, name]
  const parts = about.filter(part => part !== '')
  return new Response(file, {
    headers: {
      'content-type': FIGURE_TYPES[format],
      'content-disposition': `attachment; filename="${parts.join('_')}"`,
      'cache-control': 'no-store',
    },
  })
}
