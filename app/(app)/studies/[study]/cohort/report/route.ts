import { hashFile, PLAIN, refuseFile, refuseUnasked, sendFile } from '@/app/_ui/downloads'
import { nameView } from '@/lib/schemas/cohort'
import { pageContext } from '@/lib/server/auth'
import { recordFigureCopy } from '@/lib/server/cohort'
import { readCohortViewPrepared } from '@/lib/server/cohort-view'
import { retryWhileBusy } from '@/lib/server/patience'
import { renderPdf } from '@/lib/server/report-pdf'
import { describeEmptySet } from '../_components/figure-text'
import { describeMethods } from '../_components/methods'
import { readAddress } from '../_components/read-address'
import { composeReportDocument } from '../_components/report-document'
import { listFacts } from '../_components/report-facts'
import { listWarnings } from '../_components/report-warnings'
import { describeViewInForce } from '../_components/view-in-force'

/** The whole page for a committee, as PDF; that it went out is recorded with its hash. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ study: string }> },
): Promise<Response> {
  const unasked = refuseUnasked(request)
  if (unasked) return unasked
  const { study } = await params
  const ctx = await pageContext(`/studies/${study}/cohort`)
  const cohort = await readCohortViewPrepared(ctx, study, readAddress(request.url))
  if (!cohort.ok) return refuseFile(cohort.error)
  const view = cohort.value
  const { summary } = view
  if (view.inSet === 0) return new Response(describeEmptySet(view), { status: 404, headers: PLAIN })
  const file = await renderPdf(
    composeReportDocument(view, {
      facts: listFacts(view),
      warnings: [...listWarnings(view), ...describeViewInForce(view, view.controls)],
      methods: describeMethods(view, view.looksByArm),
      auditHead: view.auditHead,
    }),
  )
  const about = { figure: 'report', format: 'pdf', asOf: summary.asOf, controls: view.lastingQuery } as const
  const copy = { ...about, sha256: hashFile(file) }
  const recorded = await retryWhileBusy(ctx.db, () =>
    recordFigureCopy(ctx, { study, dataCut: summary.dataCut }, copy),
  )
  if (!recorded.ok) return refuseFile(recorded.error)
  return sendFile(file, 'pdf', { ...summary, counting: nameView(summary.view) }, 'report.pdf')
}
