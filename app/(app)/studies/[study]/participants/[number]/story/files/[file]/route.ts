import { createHash } from 'node:crypto'
import { PLAIN, refuseFile, refuseUnasked } from '@/app/_ui/downloads'
import { pageContext } from '@/lib/server/auth'
import { retryWhileBusy } from '@/lib/server/patience'
import { renderPng } from '@/lib/server/pictures'
import { readStory, recordStoryCopy } from '@/lib/server/story'
import { makeStoryFigure } from '../../_components/story-figure'
import { formatStoryCsv, formatStorySvg } from '../../_components/story-files'

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
} as const

/** A participant's story as a file; that it went out is recorded with its hash. Its name tells no number. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ study: string; number: string; file: string }> },
): Promise<Response> {
  const unasked = refuseUnasked(request)
  if (unasked) return unasked
  const { study, number: encoded, file } = await params
  const number = decodeURIComponent(encoded)
  const ctx = await pageContext(`/studies/${study}/participants/${encoded}/story`)
  const read = readStory(ctx, study, number)
  if (!read.ok) return refuseFile(read.error)
  const format = /^story\.(csv|svg|png)$/.exec(file)?.[1] as keyof typeof TYPES | undefined
  if (format === undefined || read.value.story === null)
    return new Response('The story has no file of this name.', { status: 404, headers: PLAIN })
  const figure = makeStoryFigure(read.value.story, read.value)
  const text = format === 'csv' ? formatStoryCsv(figure, read.value) : formatStorySvg(figure, read.value)
  const body = format === 'png' ? new Uint8Array(await renderPng(text)) : new TextEncoder().encode(text)
  const sha256 = createHash('sha256').update(body).digest('hex')
  const copy = { format, asOf: read.value.asOf, sha256 }
  const recorded = await retryWhileBusy(ctx.db, () => recordStoryCopy(ctx, { study, number }, copy))
  if (!recorded.ok) return refuseFile(recorded.error)
  const name = `${read.value.study}_${read.value.synthetic ? 'synthetic_' : ''}entry-${read.value.asOf}_story.${format}`
  return new Response(body, {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}
