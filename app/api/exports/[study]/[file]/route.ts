import { isPrefetch } from '@/app/(app)/studies/[study]/cohort/prefetch'
import { type AppError, describeError, httpStatusOf } from '@/lib/domain/shared/errors'
import { ExportDownload } from '@/lib/schemas/exports'
import { pageContext } from '@/lib/server/auth'
import { makeExportInThread } from '@/lib/server/export-thread'
import { downloadExport } from '@/lib/server/exports'

export const dynamic = 'force-dynamic'

const PLAIN = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }

/** One file of an export, streamed. That it goes out is recorded first; a request that fetches ahead gets nothing. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ study: string; file: string }> },
): Promise<Response> {
  if (isPrefetch(request.headers)) return new Response(null, { status: 204, headers: PLAIN })
  if (request.headers.get('sec-fetch-site') === 'cross-site') return refuse({ code: 'foreignOrigin' })
  const { study, file } = await params
  const ctx = await pageContext(`/studies/${study}/exports`)
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const asked = ExportDownload.safeParse({ ...query, study, file })
  if (!asked.success) {
    const text = 'The link is not complete. Open the export page and choose the file there.'
    return refuse({ code: 'notPossible', text })
  }
  const download = await downloadExport(ctx, asked.data, makeExportInThread)
  if (!download.ok) return refuse(download.error)
  const { fileName, contentType, bytes, body } = download.value
  return new Response(body, {
    headers: {
      'content-type': contentType,
      'content-length': String(bytes),
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
    },
  })
}

function refuse(error: AppError): Response {
  const text =
    error.code === 'invalidInput' ? error.fields.map(field => field.text).join(' ') : describeError(error)
  return new Response(text, { status: httpStatusOf(error), headers: PLAIN })
}
