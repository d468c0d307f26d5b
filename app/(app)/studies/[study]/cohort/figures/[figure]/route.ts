import { createHash } from 'node:crypto'
import { type AppError, describeError, httpStatusOf } from '@/lib/domain/shared/errors'
import { pageContext } from '@/lib/server/auth'
import { readCohort, recordFigureCopy } from '@/lib/server/cohort'
import { retryWhileBusy } from '@/lib/server/patience'
import { makeReportFile } from '../../_components/report-files'
import { isPrefetch } from '../../prefetch'

const TYPES = { csv: 'text/csv; charset=utf-8', svg: 'image/svg+xml; charset=utf-8' } as const
const PLAIN = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' }

/** A figure or table of the cohort page as a file; that it went out is recorded with its hash. */
export async function GET(
  request: Request,
  { params }: { params: Promise<{ study: string; figure: string }> },
): Promise<Response> {
  const { study, figure } = await params
  if (isPrefetch(request.headers)) return new Response(null, { status: 204, headers: PLAIN })
  const ctx = await pageContext(`/studies/${study}/cohort`)
  const dataCut = new URL(request.url).searchParams.get('dataCut') ?? ''
  const cohort = await retryWhileBusy(ctx.db, () => readCohort(ctx, { study, dataCut }))
  if (!cohort.ok) {
    return refuse(cohort.error)
  }
  const file = makeReportFile(cohort.value, figure)
  if (file === undefined) {
    return new Response('The report has no file of this name.', { status: 404, headers: PLAIN })
  }
  const format = figure.endsWith('.svg') ? 'svg' : 'csv'
  const sha256 = createHash('sha256').update(file).digest('hex')
  const copy = { figure, format, sha256 } as const
  const recorded = await retryWhileBusy(ctx.db, () => recordFigureCopy(ctx, { study, dataCut }, copy))
  if (!recorded.ok) {
    return refuse(recorded.error)
  }
  const { summary } = cohort.value
  const name = `${summary.study}_${summary.synthetic ? 'synthetic_' : ''}${summary.dataCut}_${figure}`
  return new Response(file, {
    headers: {
      'content-type': TYPES[format],
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    },
  })
}

function refuse(error: AppError): Response {
  const text =
    error.code === 'invalidInput' ? error.fields.map(field => field.text).join(' ') : describeError(error)
  return new Response(text, { status: httpStatusOf(error), headers: PLAIN })
}
