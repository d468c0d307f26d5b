import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportColumn } from '@/lib/domain/exports/export-table'
import { COMPUTED_REASONS, MISSING_REASONS } from '@/lib/domain/shared/missing'

const list = (codes: readonly string[]) => codes.join('|')

/** Reasons that a stored value or score may be missing for, as codebooks list them. */
export const STORED_REASONS = list([...MISSING_REASONS, ...COMPUTED_REASONS])

/** Reasons that a visit may be absent for. */
export const ABSENCE_REASONS = list([...MISSING_REASONS, 'overdue'])

/** Columns that begin every file: study, site, subject. */
export function idColumns(scope: ExportScope): ExportColumn[] {
  const synthetic = scope.synthetic ? ' SYNTHETIC DATA: the participants are made up.' : ''
  return [
    {
      variable: 'study',
      label: `Code of the study.${synthetic}`,
      type: 'code',
      codes: scope.protocol.study.code,
    },
    { variable: 'site', label: 'Code of the site', type: 'code' },
    { variable: 'subject', label: 'Number of the participant, unique in the study', type: 'text' },
  ]
}

/** The arm, or that it is withheld. */
export function armColumn(scope: ExportScope): ExportColumn {
  return {
    variable: 'arm',
    label: 'Arm to which the participant was allocated',
    type: 'code',
    codes: scope.armsShown ? scope.protocol.arms.map(arm => `${arm.code}=${arm.name}`).join('|') : '',
    derivation: scope.armsShown
      ? 'Empty: not allocated at the data cut'
      : 'Withheld: empty throughout, since arms are closed to the person who made this export',
  }
}

/** The visit and its order. */
export function visitColumns(scope: ExportScope): ExportColumn[] {
  return [
    {
      variable: 'visit',
      label: 'Nominal visit',
      type: 'code',
      codes: [
        ...scope.protocol.visits.map(visit => `${visit.code}=${visit.name}`),
        'UNS-n=Unscheduled visit n',
      ].join('|'),
    },
    {
      variable: 'visit_order',
      label: 'Place of the visit in the protocol',
      type: 'integer',
      range: `1 to ${scope.protocol.visits.length}; unscheduled visits from ${scope.protocol.visits.length + 1}`,
      derivation: 'Unscheduled visits follow those of the protocol, by date',
    },
  ]
}

/** Whether the protocol plans the visit. */
export const VISIT_KIND_COLUMN: ExportColumn = {
  variable: 'visit_kind',
  label: 'Kind of visit',
  type: 'code',
  codes: 'scheduled=planned by the protocol|unscheduled=any other',
  derivation: 'Results by visit, baseline and completeness leave unscheduled visits out',
}
