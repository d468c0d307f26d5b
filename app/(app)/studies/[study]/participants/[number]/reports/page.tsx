import { randomUUID } from 'node:crypto'
import { Refusal } from '@/app/_ui/refusal'
import type { ReportDuty } from '@/lib/schemas/event-reports'
import { pageContext } from '@/lib/server/auth'
import { readReportDuty } from '@/lib/server/event-reports-read'
import { CorrectReportForm, ReportEventForm, VoidReportForm } from '../logs/_components/event-report-forms'
import { Report } from '../logs/_components/event-reports'
import { LogCrumbs } from '../logs/_components/log-crumbs'

interface Props {
  params: Promise<{ study: string; number: string }>
}

export async function generateMetadata({ params }: Props) {
  const { study, number } = await params
  return { title: `Reports to the sponsor, ${decodeURIComponent(number)} · ${study}` }
}

/** Clocks of one participant without the events: the way to stop them after no further use was asked for. */
export default async function ReportsPage({ params }: Props) {
  const { study, number: encoded } = await params
  const number = decodeURIComponent(encoded)
  const path = `/studies/${study}/participants/${encoded}`
  const ctx = await pageContext(`${path}/reports`)
  const read = readReportDuty(ctx, { study, number })
  if (!read.ok) return <Refusal error={read.error} />
  const duty = read.value
  return (
    <>
      <LogCrumbs study={study} number={number} here="Reports to the sponsor" />
      <div className="head">
        <div>
          <div className="tline">
            <h1>Reports to the sponsor</h1>
            {duty.locked && <span className="chip">Locked</span>}
          </div>
          <p>Serious adverse events of {duty.number}: 24 hours from awareness</p>
        </div>
      </div>
      {duty.restricted && (
        <p className="formmsg" role="note">
          <b>No further use of data was asked for.</b> Nothing recorded of the events is shown. The report to
          the sponsor is still due.
        </p>
      )}
      {duty.reports.length === 0 && <p className="ink3">No serious adverse event.</p>}
      <ol>
        {duty.reports.map(report => (
          <li key={report.id} className="py-3">
            <Report report={report} />
            {duty.restricted ? (
              <Forms study={study} duty={duty} report={report} />
            ) : (
              <a href={`${path}/logs/adverse-events/${report.entry}#reports`}>Open the event</a>
            )}
          </li>
        ))}
      </ol>
    </>
  )
}

function Forms(props: { study: string; duty: ReportDuty; report: ReportDuty['reports'][number] }) {
  const { study, duty, report } = props
  const shared = { about: { study, number: duty.number, entry: report.entry }, report, draft: null }
  return (
    <>
      <ReportEventForm
        {...shared}
        view={duty}
        closed={!duty.may.report || report.reported !== null}
        submissionKey={randomUUID()}
      />
      <CorrectReportForm {...shared} withoutNote closed={!duty.may.report} submissionKey={randomUUID()} />
      <VoidReportForm {...shared} closed={!duty.may.mend} submissionKey={randomUUID()} />
    </>
  )
}
