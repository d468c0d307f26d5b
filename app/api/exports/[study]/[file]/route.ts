import { refuseFile, refuseUnasked } from '@/app/_ui/downloads'
import { ExportDownload } from '@/lib/schemas/exports'
import { pageContext } from '@/lib/server/auth'
import { downloadExport } from '@/lib/server/export-downloads'
import { makeExportInThread } from '@/lib/server/export-thread'

export const dynamic = 'force-dynamic'

/** One file of an export, or all in an archive, streamed. That it goes out is recorded first; a request that fetches ahead gets nothing. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ study: string; file: string }> },
): Promise<Response> {
  const unasked = refuseUnasked(request)
  if (unasked) return unasked
  const { study, file } = await params
  const ctx = await pageContext(`/studies/${study}/exports`)
  const query = Object.fromEntries(new URL(request.url).searchParams)
  const asked = ExportDownload.safeParse({ ...query, study, file })
  if (!asked.success) {
    const text = 'The link is not complete. Open the export page and choose the file there.'
    return refuseFile({ code: 'notPossible', text })
  }
  const download = await downloadExport(ctx, asked.data, makeExportInThread)
  if (!download.ok) return refuseFile(download.error)
  const { fileName, contentType, bytes, body } = download.value
  return new Response(body, {
    headers: {
      'content-type': contentType,
      ...(bytes === null ? {} : { 'content-length': String(bytes) }),
      'content-disposition': `attachment; filename="${fileName}"`,
      'cache-control': 'no-store',
    },
  })
}
