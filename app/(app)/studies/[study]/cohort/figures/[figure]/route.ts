import { createHash } from 'node:crypto'
import { PLAIN, refuseFile, refuseUnasked } from '@/app/_ui/downloads'
import { pageContext } from '@/lib/server/auth'
import { recordFigureCopy } from '@/lib/server/cohort'
import { readCohortViewPrepared } from '@/lib/server/cohort-view'
import { retryWhileBusy } from '@/lib/server/patience'
import { renderPng } from '@/lib/server/pictures'
import type { CohortView } from '../../_components/cohort-view'
import { readAddress } from '../../_components/read-address'
import {
  findReportFile,
  formatFigureCsv,
  formatFigureSvg,
  type ReportFile,
} from '../../_components/report-files'

const TYPES = {
  csv: 'text/csv; charset=utf-8',
  svg: 'image/svg+xml; charset=utf-8',
  png: 'image/png',
} as const

/** A figure or table of the cohort page as a file; that it went out is recorded with its hash. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ study: string; figure: string }> },
): Promise<Response> {
  const unasked = refuseUnasked(request)
  if (unasked) return unasked
  const { study, figure } = await params
  const ctx = await pageContext(`/studies/${study}/cohort`)
  const cohort = await readCohortViewPrepared(ctx, study, readAddress(request.url))
  if (!cohort.ok) {
    return refuseFile(cohort.error)
  }
  const found = findReportFile(cohort.value, figure)
  if (found === undefined) {
    return new Response('The report has no file of this name.', { status: 404, headers: PLAIN })
  }
  const { format } = found
  const file = await makeFile(cohort.value, found)
  const sha256 = createHash('sha256').update(file).digest('hex')
  const { summary } = cohort.value
  const copy = { figure, format, asOf: summary.asOf, sha256 } as const
  const recorded = await retryWhileBusy(ctx.db, () =>
    recordFigureCopy(ctx, { study, dataCut: summary.dataCut }, copy),
  )
  if (!recorded.ok) {
    return refuseFile(recorded.error)
  }
  const name = `${summary.study}_${summary.synthetic ? 'synthetic_' : ''}${summary.dataCut}_entry-${summary.asOf}_${figure}`
  return new Response(file, {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}

async function makeFile(view: CohortView, { figure, format }: ReportFile): Promise<Uint8Array<ArrayBuffer>> {
  if (format === 'csv') return new TextEncoder().encode(formatFigureCsv(view, figure))
  const svg = formatFigureSvg(view, figure)
  return format === 'svg' ? new TextEncoder().encode(svg) : new Uint8Array(await renderPng(svg))
}
