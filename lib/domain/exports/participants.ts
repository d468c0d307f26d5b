import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportSubject } from '@/lib/domain/exports/export-subject'
import type { ExportColumn, ExportTable } from '@/lib/domain/exports/export-table'
import { armColumn, idColumns } from '@/lib/domain/exports/shared-columns'
import { nameAnalysisSet } from '@/lib/domain/outcomes/analysis-set'

/**
 * `participants.csv`: one row for each participant, screen failures included. Free text is left as it was entered.
 * Missing: empty; `missing_reason` says why for records from a file. Example: who is in the analysis set has
 * `in_analysis_set` 1, so that denominators can be counted.
 */
export function participantsTable(scope: ExportScope): ExportTable {
  return {
    file: 'participants.csv',
    holds:
      'One row for each participant: consent, allocation, day zero, history and whether results count them.',
    columns: participantColumns(scope),
    rows: subject => [[...identity(subject, scope), ...history(subject)]],
  }
}

function identity(subject: ExportSubject, scope: ExportScope) {
  const { participant, details } = subject
  const status =
    details.outcome !== 'enrolled' ? details.outcome : participant.enrolled ? 'enrolled' : 'screened'
  return [
    scope.protocol.study.code,
    participant.site,
    participant.subject,
    details.origin,
    status,
    details.rescreenOf,
    details.screenedOn,
    participant.enrolled ? participant.enrolledOn : null,
    details.consentVersion,
    details.consentDate,
    participant.allocated,
    subject.arm,
    participant.allocated ? participant.allocatedOn : null,
    participant.dayZero,
    details.plannedDayZero,
    subject.inAnalysisSet,
  ]
}

function history({ details, participant }: ExportSubject) {
  const facts = [
    details.ageAtConsent,
    details.sex,
    details.diagnosis,
    details.painType,
    details.painDurationMonths,
    details.level,
    details.previousTreatment,
  ]
  const lacking = [participant.enrolledOn, details.consentDate, ...facts].includes(null)
  const criteria = Object.entries(details.eligibility).map(([code, answer]) => `${code}=${answer ? 1 : 0}`)
  return [
    ...facts,
    criteria.sort().join('|') || null,
    details.overrides.map(({ criterion }) => criterion).join('|') || null,
    details.origin === 'imported' && lacking ? 'notInSource' : null,
  ]
}

function participantColumns(scope: ExportScope): ExportColumn[] {
  const column = (
    variable: string,
    label: string,
    type: ExportColumn['type'],
    more: Partial<ExportColumn> = {},
  ) => ({
    variable,
    label,
    type,
    ...more,
  })
  return [
    ...idColumns(scope),
    column('origin', 'Where the record comes from', 'code', {
      codes: 'entered=typed here|imported=from a file',
    }),
    column('status', 'Where the participant stands at the data cut', 'code', {
      codes: 'enrolled|screenFailure|declined|screened=not yet enrolled at the data cut',
    }),
    column('rescreen_of', 'Earlier number of the same person', 'text'),
    column('screened_on', 'Day on which eligibility was decided', 'date'),
    column('enrolled_on', 'Day of enrolment', 'date'),
    column('consent_version', 'Version of the consent form', 'text'),
    column('consent_date', 'Day of consent', 'date'),
    column('allocated', 'An arm was allocated up to the data cut', 'boolean', { codes: '1=yes|0=no' }),
    armColumn(scope),
    column('allocated_on', 'Day of allocation', 'date'),
    column('day_zero', 'Day from which visits count', 'date', {
      derivation: `Event: ${scope.protocol.dayZero}`,
    }),
    column(
      'planned_day_zero',
      'Planned day zero, from which visits count while the real one is not known',
      'date',
    ),
    column('in_analysis_set', 'Results count this participant', 'boolean', {
      codes: '1=yes|0=no',
      derivation: SETS[nameAnalysisSet(scope.protocol)],
    }),
    column('age_at_consent', 'Age in completed years at consent', 'integer', {
      unit: 'years',
      range: '0 to 130',
    }),
    column('sex', 'Sex', 'code', { codes: 'female|male|intersex|notStated' }),
    column('diagnosis', 'Diagnosis', 'text'),
    column('pain_type', 'Type of pain', 'code', { codes: 'axial|radicular|both|unknown' }),
    column('pain_duration_months', 'Duration of pain at entry', 'integer', {
      unit: 'months',
      range: '0 to 1200',
    }),
    column('level', 'Disc level, joint or other place of the condition', 'text'),
    column('previous_treatment', 'Earlier treatment', 'text'),
    column('eligibility', 'Criteria answered', 'text', {
      codes: [...scope.protocol.eligibility.inclusion, ...scope.protocol.eligibility.exclusion]
        .map(({ code, text }) => `${code}=${text}`)
        .join('|'),
      derivation: 'Each criterion with 1 (met, or present) or 0, joined by |',
    }),
    column('eligibility_overrides', 'Criteria not met and overridden by an investigator', 'text', {
      derivation: 'Codes of the criteria, joined by |; empty where none was overridden',
    }),
    column('missing_reason', 'Why cells of this row are empty', 'code', {
      codes: 'notInSource=the file that the record came from does not say',
      derivation: 'Empty for records typed here: what is empty was not recorded',
    }),
  ]
}

const SETS = {
  randomised: 'Randomised: an arm is allocated, treated or not',
  treated: 'Treated: at least one dose was given',
  enrolled: 'Enrolled',
} as const
