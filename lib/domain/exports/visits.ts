import type { Cell } from '@/lib/domain/exports/csv'
import type { ExportRecord, ExportVisit } from '@/lib/domain/exports/export-record'
import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportSubject } from '@/lib/domain/exports/export-subject'
import type { ExportColumn, ExportTable } from '@/lib/domain/exports/export-table'
import {
  ABSENCE_REASONS,
  armColumn,
  idColumns,
  VISIT_KIND_COLUMN,
  visitColumns,
} from '@/lib/domain/exports/shared-columns'
import { deriveDueState, deriveMissingReason } from '@/lib/domain/outcomes/expected'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import type { VisitPlan } from '@/lib/domain/protocol/protocol'
import { isInWindow, studyDay } from '@/lib/domain/protocol/schedule'
import { isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'

/**
 * `visits.csv`: one row for each visit that is scheduled for a participant or was entered, unscheduled ones
 * last, so that what was expected and did not come can be counted. Example: a visit whose window closed with
 * nothing entered has `due` 1, `status` `absent` and `missing_reason` `overdue`.
 */
export function visitsTable(scope: ExportScope): ExportTable {
  return {
    file: 'visits.csv',
    holds:
      'One row for each scheduled or entered visit: window, date, whether it was due, why it is missing.',
    columns: visitsColumns(scope),
    rows: subject => [
      ...scope.protocol.visits.flatMap(plan => {
        const row = visitRow(plan, subject, scope)
        return row ? [row] : []
      }),
      ...[...subject.visits.values()]
        .filter(({ visit }) => isUnscheduledCode(visit))
        .sort((a, b) => (subject.visitOrder.get(a.visit) ?? 0) - (subject.visitOrder.get(b.visit) ?? 0))
        .map(visit => unscheduledRow(visit, subject, scope)),
    ],
  }
}

function visitRow(plan: VisitPlan, subject: ExportSubject, scope: ExportScope): Cell[] | null {
  const { code } = plan
  const { participant, forms } = subject
  const scheduled = subject.schedule.get(code)
  const visit = subject.visits.get(code)
  if (!scheduled && !visit) return null
  const date = visit?.date ?? null
  const due = !scheduled || deriveDueState(scheduled, undefined, scope.dataCut) === 'due'
  const here = forms.filter(form => form.visit === code).map(form => form.form)
  const status = here.length > 0 ? 'entered' : visit?.missedReason ? 'missed' : due ? 'absent' : 'notDue'
  return [
    scope.protocol.study.code,
    participant.site,
    participant.subject,
    subject.arm,
    code,
    scope.visitOrder.get(code) ?? null,
    'scheduled',
    scheduled?.target ?? null,
    scheduled?.windowStart ?? null,
    scheduled?.windowEnd ?? null,
    scheduled?.provisional ?? null,
    date,
    studyDay(date, participant.dayZero),
    scheduled ? isInWindow(date, scheduled) : null,
    due,
    status,
    due && !isWhole(plan, scheduled, here)
      ? deriveMissingReason(participant, undefined, visit?.missedReason ?? undefined)
      : null,
    visit?.doubleEntry ?? 'none',
  ]
}

/** Never due: what nobody planned is not expected. */
function unscheduledRow(
  { visit, date, doubleEntry }: ExportVisit,
  subject: ExportSubject,
  scope: ExportScope,
): Cell[] {
  const { participant, forms } = subject
  const isEntered = forms.some(form => form.visit === visit)
  return [
    scope.protocol.study.code,
    participant.site,
    participant.subject,
    subject.arm,
    visit,
    subject.visitOrder.get(visit) ?? null,
    'unscheduled',
    ...[null, null, null, null],
    date,
    studyDay(date, participant.dayZero),
    null,
    false,
    isEntered ? 'entered' : 'notDue',
    null,
    doubleEntry,
  ]
}

/** Nothing is lacking, and all of it was there at the data cut. */
function isWhole(
  plan: VisitPlan,
  scheduled: ExportRecord['schedule'][number] | undefined,
  forms: readonly string[],
): boolean {
  if (scheduled?.progress === 'nothingAsked') return true
  return scheduled?.progress === 'complete' && listAskedForms(plan).every(form => forms.includes(form))
}

function visitsColumns(scope: ExportScope): ExportColumn[] {
  return [
    ...idColumns(scope),
    armColumn(scope),
    ...visitColumns(scope),
    VISIT_KIND_COLUMN,
    {
      variable: 'target_date',
      label: 'Target date',
      type: 'date',
      derivation: 'Day zero plus the offset of the protocol; empty while day zero is not known',
    },
    { variable: 'window_start', label: 'First day of the window', type: 'date' },
    { variable: 'window_end', label: 'Last day of the window', type: 'date' },
    {
      variable: 'provisional',
      label: 'Window counted from a planned day zero',
      type: 'boolean',
      codes: '1=yes|0=no',
    },
    { variable: 'visit_date', label: 'Date of the visit', type: 'date' },
    { variable: 'study_day', label: 'Days from day zero to the visit', type: 'integer', unit: 'days' },
    {
      variable: 'in_window',
      label: 'Visit date within the window',
      type: 'boolean',
      codes: '1=yes|0=no',
      derivation: 'Empty where the date or the window is not known',
    },
    {
      variable: 'due',
      label: 'Expected at the data cut',
      type: 'boolean',
      codes: '1=the window has closed, or cannot be computed|0=still open or to come',
      derivation: 'Non-responder imputation divides by these, of participants with in_analysis_set 1',
    },
    {
      variable: 'status',
      label: 'What became of the visit',
      type: 'code',
      codes: 'entered=at least one form|missed=declared missed|absent=due and nothing entered|notDue',
    },
    {
      variable: 'missing_reason',
      label: 'Why a form due at this visit that has no row in scores_long.csv is missing',
      type: 'code',
      codes: ABSENCE_REASONS,
      derivation:
        'Empty while the visit is not due, and where every form asked was received or is recorded as not done',
    },
    {
      variable: 'double_entry',
      label: 'Double entry of the visit, of its forms the one furthest from settled',
      type: 'code',
      codes:
        'none=no form is to be entered twice, or none of these is received|pending=a form awaits its second entry|differs=two entries differ and nobody decided|settled=every second entry is equal or was decided on',
      derivation: 'As it stands when the export is made, whatever the data cut',
    },
  ]
}
