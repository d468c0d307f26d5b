import { hashFile, PLAIN, refuseFile, refuseUnasked, sendFile } from '@/app/_ui/downloads'
import { nameView } from '@/lib/schemas/cohort'
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
  if (!cohort.ok) return refuseFile(cohort.error)
  const found = findReportFile(cohort.value, figure)
  if (found === undefined) {
    return new Response('The report has no file of this name.', { status: 404, headers: PLAIN })
  }
  const { format } = found
  const file = await makeFile(cohort.value, found)
  const { summary, lastingQuery } = cohort.value
  const copy = { figure, format, asOf: summary.asOf, controls: lastingQuery, sha256: hashFile(file) } as const
  const recorded = await retryWhileBusy(ctx.db, () =>
    recordFigureCopy(ctx, { study, dataCut: summary.dataCut }, copy),
  )
  if (!recorded.ok) return refuseFile(recorded.error)
  return sendFile(file, format, { ...summary, counting: nameView(summary.view) }, figure)
}

async function makeFile(view: CohortView, { figure, format }: ReportFile): Promise<Uint8Array<ArrayBuffer>> {
  if (format === 'csv') return new TextEncoder().encode(formatFigureCsv(view, figure))
  const svg = formatFigureSvg(view, figure)
  return format === 'svg' ? new TextEncoder().encode(svg) : new Uint8Array(await renderPng(svg))
}
