import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportTable } from '@/lib/domain/exports/export-table'
import { fieldCells, fieldColumns } from '@/lib/domain/exports/field-columns'
import { armColumn, idColumns } from '@/lib/domain/exports/shared-columns'
import { studyDay } from '@/lib/domain/protocol/schedule'
import { compareText } from '@/lib/domain/shared/compare-text'
import { listAllDoseFields } from '@/lib/domain/treatments/dose-form'

/**
 * `treatments.csv`: one row for each dose given, earliest first. No rows where arms are withheld, since a dose may tell
 * the arm. Example: `ADMSC,MEL,MEL-003,ADMSC,DOSE2,2,2024-11-20,202,L4/L5`.
 */
export function treatmentsTable(scope: ExportScope): ExportTable {
  const names = scope.protocol.treatments.map(({ code, name }) => `${code}=${name}`).join('|')
  const fields = listAllDoseFields(scope.protocol.treatments)
  return {
    file: 'treatments.csv',
    holds: 'One row for each dose given.',
    columns: [
      ...idColumns(scope),
      armColumn(scope),
      {
        variable: 'treatment',
        label: 'Treatment of the protocol',
        type: 'code',
        codes: names,
        ...(scope.armsShown ? {} : { derivation: 'Withheld: no rows, since a dose may tell the arm' }),
      },
      { variable: 'dose_number', label: 'Number of the dose, by date', type: 'integer', range: '1 and up' },
      { variable: 'date_given', label: 'Day on which it was given', type: 'date' },
      { variable: 'study_day', label: 'Days from day zero', type: 'integer', unit: 'days' },
      {
        variable: 'location',
        label: 'Disc level, joint or other place',
        type: 'text',
        derivation: 'Several places are joined by ;',
      },
      {
        variable: 'condition_met',
        label: 'The condition that the protocol sets for the dose was met',
        type: 'boolean',
        codes: '1=yes|0=no',
        derivation: 'Empty: the protocol sets none, or the source does not say',
      },
      ...fieldColumns(fields, 'Treatment form'),
    ],
    rows: ({ participant, arm, doses }) =>
      !scope.armsShown
        ? []
        : [...doses]
            .sort((a, b) => compareText(a.date ?? '', b.date ?? '') || compareText(a.treatment, b.treatment))
            .map((dose, index) => [
              scope.protocol.study.code,
              participant.site,
              participant.subject,
              arm,
              dose.treatment,
              index + 1,
              dose.date,
              studyDay(dose.date, participant.dayZero),
              dose.location,
              dose.conditionMet,
              ...fieldCells(fields, dose.details),
            ]),
  }
}
