import { formatReportClock, type ReportClock } from '@/lib/domain/events/report-clock'
import { formatInstant } from '@/lib/format/dates'
import type { FormDraft } from '@/lib/schemas/drafts'
import type { EventReports, EventReportView } from '@/lib/schemas/event-reports'
import {
  type AboutEvent,
  AddEventNoteForm,
  CorrectReportForm,
  ReportEventForm,
  VoidReportForm,
} from './event-report-forms'

const KINDS = { initial: 'First report', followUp: 'Follow-up', note: 'Note' } as const

const EMERGENCE = {
  yes: 'Treatment-emergent: began on or after the first study procedure.',
  no: 'Not treatment-emergent: began before the first study procedure, or there was none.',
  unknown: 'Not known whether it is treatment-emergent: a procedure took place, and the onset is unknown.',
} as const

/** What the sponsor was told of an event and when; each report keeps the time that is left. */
export function EventReportsSection(props: {
  about: AboutEvent
  view: EventReports
  /** Made anew each time the page is drawn. */
  submissionKey: () => string
  /** What was kept of one of the forms. */
  draftOf: (form: string) => FormDraft | null
}) {
  const { about, view, submissionKey, draftOf } = props
  return (
    <section className="fsec pb-6" id="reports" aria-labelledby="reports-h">
      <h2 className="pb-2" id="reports-h">
        Reports to the sponsor
      </h2>
      <p className="note pb-2">{EMERGENCE[view.isTreatmentEmergent]}</p>
      {view.reports.length === 0 && <p className="ink3">No report and no note.</p>}
      <ol>
        {view.reports.map(report => (
          <li key={report.id} className="folds border-t border-(--color-line-strong) py-2">
            <div>
              <Report report={report} />
            </div>
            <ReportEventForm
              about={about}
              report={report}
              view={view}
              draft={draftOf(`report-${report.id}`)}
              closed={!view.may.report || report.reported !== null || report.kind === 'note'}
              submissionKey={submissionKey()}
            />
            <CorrectReportForm
              about={about}
              report={report}
              draft={draftOf(`correct-${report.id}`)}
              closed={!view.may.report}
              submissionKey={submissionKey()}
            />
            <VoidReportForm
              about={about}
              report={report}
              draft={draftOf(`void-report-${report.id}`)}
              closed={!view.may.mend}
              submissionKey={submissionKey()}
            />
          </li>
        ))}
      </ol>
      <AddEventNoteForm
        about={about}
        view={view}
        closed={!view.may.report}
        submissionKey={submissionKey()}
        draft={draftOf('event-note')}
      />
    </section>
  )
}

/** One report in words: what kind, when it was known and told, and its clock. */
export function Report({ report }: { report: EventReportView }) {
  const { aware, awareAt, note, reported, clock } = report
  return (
    <>
      <p>
        <b className="ink">{KINDS[report.kind]}</b>, known since {aware.day}, {aware.time} at the site{' '}
        <span className="ink3">({formatInstant(awareAt)})</span>{' '}
        {clock && <span className={`chip ${toneOf(clock)}`}>{formatReportClock(clock)}</span>}
      </p>
      {note && <p className="ink">{note}</p>}
      {reported && (
        <p>
          Reported {reported.day}, {reported.time} at the site{' '}
          <span className="ink3">({formatInstant(reported.at)})</span> by {reported.by}, reference{' '}
          {reported.reference}
        </p>
      )}
    </>
  )
}

function toneOf(clock: ReportClock): string {
  if (clock.state === 'running') return 'danger'
  return clock.late ? 'warn' : 'ok'
}
