import { DateField, TextAreaField, TextField } from '@/app/_ui/fields'
import { ActionForm } from '@/app/_ui/form'
import { KeepingButton } from '@/app/_ui/keeping-button'
import { ReasonField } from '@/app/_ui/reason-field'
import { VersionField } from '@/app/_ui/version-field'
import type { FormDraft } from '@/lib/schemas/drafts'
import type { EventReports, EventReportView } from '@/lib/schemas/event-reports'
import { Questions } from '../../../_components/questions'
import { FormFold } from '../../_components/form-fold'
import { addEventNote, correctEventReport, reportEvent, voidEventReport } from '../event-actions'

/** Which event the forms are about. */
export interface AboutEvent {
  readonly study: string
  readonly number: string
  readonly entry: number
}

interface FormProps {
  about: AboutEvent
  report: EventReportView
  closed: boolean
  submissionKey: string
  draft: FormDraft | null
}

function Names({ about, report }: { about: AboutEvent; report?: EventReportView }) {
  return (
    <>
      <input type="hidden" name="study" value={about.study} />
      <input type="hidden" name="number" value={about.number} />
      <input type="hidden" name="entry" value={about.entry} />
      {report && <input type="hidden" name="report" value={report.id} />}
      {report && <VersionField name="version" value={report.version} />}
    </>
  )
}

const TIME_HINT = 'At the site, 24 hours: 14:05'

/** Stops the clock: the sponsor was told. */
export function ReportEventForm(props: FormProps & { view: Pick<EventReports, 'me' | 'now'> }) {
  const { about, report, view } = props
  return (
    <ActionForm
      action={reportEvent}
      submissionKey={props.submissionKey}
      draft={props.draft}
      label="Record the report to the sponsor"
      id={`report-${report.id}`}
      closed={props.closed}
      about={{ report: String(report.id) }}
    >
      <Names about={about} report={report} />
      <FormFold title="Record the report to the sponsor">
        <div className="flex flex-wrap gap-4">
          <DateField name="reportedOn" label="Date reported" hint="For example 16 Apr 2026" />
          <TextField name="reportedTime" label="Time reported" hint={TIME_HINT} size={8} />
          <TextField name="reportedBy" label="Reported by" value={view.me} hint="Staff, by name" />
          <TextField name="reference" label="Reference" hint="Case number, or how it was sent" />
        </div>
        <p className="note">
          It is {view.now.day}, {view.now.time} at the site.
        </p>
        <KeepingButton>Record</KeepingButton>
      </FormFold>
    </ActionForm>
  )
}

/** What was recorded of a report, put right with a reason. */
export function CorrectReportForm(props: FormProps & { withoutNote?: boolean }) {
  const { about, report, withoutNote } = props
  const isNote = report.kind === 'note'
  return (
    <ActionForm
      action={correctEventReport}
      submissionKey={props.submissionKey}
      draft={props.draft}
      label="Correct this report"
      id={`correct-${report.id}`}
      closed={props.closed}
      about={{ report: String(report.id) }}
    >
      <Names about={about} report={report} />
      <FormFold title="Correct">
        <Questions />
        <div className="flex flex-wrap gap-4">
          <DateField name="awareOn" label="Date of awareness" value={report.aware.day} />
          <TextField
            name="awareTime"
            label="Time of awareness"
            value={report.aware.time}
            hint={TIME_HINT}
            size={8}
          />
        </div>
        {report.kind !== 'initial' && !withoutNote && (
          <TextAreaField
            name="note"
            label="What is new"
            value={report.note}
            hint="No names or record numbers"
          />
        )}
        {!isNote && (
          <>
            <div className="flex flex-wrap gap-4">
              <DateField name="reportedOn" label="Date reported" value={report.reported?.day ?? null} />
              <TextField
                name="reportedTime"
                label="Time reported"
                value={report.reported?.time ?? null}
                hint={TIME_HINT}
                size={8}
              />
              <TextField name="reportedBy" label="Reported by" value={report.reported?.by ?? null} />
              <TextField name="reference" label="Reference" value={report.reported?.reference ?? null} />
            </div>
            <p className="note">Leave all four blank where the sponsor was not told; the clock then runs.</p>
          </>
        )}
        <ReasonField />
        <KeepingButton>Correct</KeepingButton>
      </FormFold>
    </ActionForm>
  )
}

/** Takes a report off that is not due after all. */
export function VoidReportForm(props: FormProps) {
  const { about, report } = props
  return (
    <ActionForm
      action={voidEventReport}
      submissionKey={props.submissionKey}
      draft={props.draft}
      label="Void this report"
      id={`void-report-${report.id}`}
      closed={props.closed}
      about={{ report: String(report.id) }}
    >
      <Names about={about} report={report} />
      <FormFold title="Void">
        <Questions />
        <p className="note">
          It leaves the worklist and stays in the history. The first report of an event with a criterion is
          voided only once the investigator judged the event not serious.
        </p>
        <ReasonField label="Reason" reasons={VOID_REASONS} />
        <KeepingButton>Void</KeepingButton>
      </FormFold>
    </ActionForm>
  )
}

const VOID_REASONS = ['Not serious after all', 'Recorded twice', 'Recorded for the wrong event'] as const

/** New information: on a serious event a report of its own, on another a note. */
export function AddEventNoteForm(props: {
  about: AboutEvent
  view: EventReports
  closed: boolean
  submissionKey: string
  draft: FormDraft | null
}) {
  const { about, view } = props
  const title = view.isReportable ? 'Add follow-up' : 'Add note'
  return (
    <ActionForm
      action={addEventNote}
      submissionKey={props.submissionKey}
      draft={props.draft}
      label={title}
      id="event-note"
      closed={props.closed}
    >
      <Names about={about} />
      <FormFold title={title}>
        <Questions />
        <TextAreaField name="note" label="What is new" hint="No names or record numbers" />
        {view.isReportable && (
          <>
            <div className="flex flex-wrap gap-4">
              <DateField name="awareOn" label="Date first known" hint="For example 16 Apr 2026" />
              <TextField name="awareTime" label="Time first known" hint={TIME_HINT} size={8} />
            </div>
            <p className="note">
              The sponsor is told within 24 hours of it. It is {`${view.now.day}, ${view.now.time}`} at the
              site.
            </p>
          </>
        )}
        <KeepingButton>Add</KeepingButton>
      </FormFold>
    </ActionForm>
  )
}
