import { hashFile, PLAIN, refuseFile, refuseUnasked, sendFile } from '@/app/_ui/downloads'
import { pageContext } from '@/lib/server/auth'
import { retryWhileBusy } from '@/lib/server/patience'
import { renderPng } from '@/lib/server/pictures'
import { readStory, recordStoryCopy } from '@/lib/server/story'
import { makeStoryFigure } from '../../_components/story-figure'
import { formatStoryCsv, formatStorySvg } from '../../_components/story-files'

/** A participant's story as a file; that it went out is recorded with its hash. Its name tells no number. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ study: string; number: string; file: string }> },
): Promise<Response> {
  const unasked = refuseUnasked(request)
  if (unasked) return unasked
  // A route's parameters, unlike a page's, come decoded: decoding again would fail at a `%`.
  const { study, number, file } = await params
  const ctx = await pageContext(`/studies/${study}/participants/${encodeURIComponent(number)}/story`)
  const read = readStory(ctx, study, number)
  if (!read.ok) return refuseFile(read.error)
  const format = /^story\.(csv|svg|png)$/.exec(file)?.[1] as 'csv' | 'svg' | 'png' | undefined
  if (format === undefined || read.value.story === null)
    return new Response('The story has no file of this name.', { status: 404, headers: PLAIN })
  const figure = makeStoryFigure(read.value.story, read.value)
  const text = format === 'csv' ? formatStoryCsv(figure, read.value) : formatStorySvg(figure, read.value)
  const body = format === 'png' ? new Uint8Array(await renderPng(text)) : new TextEncoder().encode(text)
  const copy = { format, asOf: read.value.asOf, sha256: hashFile(body) }
  const recorded = await retryWhileBusy(ctx.db, () => recordStoryCopy(ctx, { study, number }, copy))
  if (!recorded.ok) return refuseFile(recorded.error)
  return sendFile(body, format, read.value, `story.${format}`)
}
