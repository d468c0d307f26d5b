import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportColumn } from '@/lib/domain/exports/export-table'
import {
  armColumn,
  idColumns,
  STORED_REASONS,
  VISIT_KIND_COLUMN,
  visitColumns,
} from '@/lib/domain/exports/shared-columns'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import { listProtocolInstruments } from '@/lib/domain/instruments/registry'
import { isMeasured, UNLIMITED } from '@/lib/domain/instruments/unlimited'

/** The columns of `scores_long.csv`, in their fixed order. Source: interfaces.md. Example: the first is `study`. */
export function scoresLongColumns(scope: ExportScope): ExportColumn[] {
  const withheld = scope.armsShown ? '' : '. Withheld in this export, since doses could tell the arm'
  return [
    ...idColumns(scope),
    armColumn(scope),
    ...visitColumns(scope),
    VISIT_KIND_COLUMN,
    { variable: 'visit_date', label: 'Date of the visit', type: 'date' },
    {
      variable: 'assessment_date',
      label: 'Date of the assessment',
      type: 'date',
      derivation: 'The form’s own date, else the date of its visit',
    },
    {
      variable: 'study_day',
      label: 'Days from day zero to the assessment',
      type: 'integer',
      unit: 'days',
      derivation: 'Day zero is 0 and the day before it −1; empty while day zero is not known',
    },
    {
      variable: 'in_window',
      label: 'Assessment date within the window of the visit, first and last day included',
      type: 'boolean',
      codes: '1=yes|0=no',
      derivation: 'Empty where the date or the window is not known',
    },
    {
      variable: 'dose_number',
      label: 'Doses given up to the assessment',
      type: 'integer',
      derivation: `0 before the first dose; empty where dates do not tell${withheld}`,
    },
    {
      variable: 'days_since_last_dose',
      label: 'Days from the last dose to the assessment',
      type: 'integer',
      unit: 'days',
      derivation: `0 on the dosing day; empty before the first dose${withheld}`,
    },
    {
      variable: 'location',
      label: 'Disc level, joint or other place; empty: the whole person',
      type: 'text',
    },
    { variable: 'laterality', label: 'Side', type: 'code', codes: 'left|right|both' },
    {
      variable: 'repeat',
      label: 'Number of the repetition at this visit and place',
      type: 'integer',
      range: '1 and up',
    },
    {
      variable: 'mode',
      label: 'How the assessment was taken',
      type: 'code',
      codes: 'clinic|phone|post|proxy',
    },
    { variable: 'source', label: 'Where the values come from', type: 'text' },
    {
      variable: 'parameter',
      label: 'What was scored',
      type: 'code',
      derivation: 'See the lines parameter=…',
    },
    {
      variable: 'value',
      label: 'The score',
      type: 'decimal',
      missingCodes: 'empty, with missing_reason',
      derivation: 'By the rule of the instrument, see the lines parameter=…',
    },
    { variable: 'unit', label: 'Unit of the value', type: 'text' },
    {
      variable: 'missing_reason',
      label: 'Why there is no number in value',
      type: 'code',
      codes: `${STORED_REASONS}|${UNLIMITED}=not missing: a duration without a limit, which ranks above every number`,
    },
    {
      variable: 'baseline',
      label: 'Baseline of this participant, parameter and place',
      type: 'decimal',
      derivation: `${baselineRule(scope)}; empty also where it is unlimited`,
    },
    {
      variable: 'change',
      label: 'Change from baseline',
      type: 'decimal',
      derivation:
        'value − baseline, at visits after the last baseline visit; empty for categories, and to or from unlimited',
    },
    {
      variable: 'percent_improvement',
      label: 'Improvement in percent of baseline, positive when better',
      type: 'decimal',
      unit: '%',
      derivation: 'Only where zero means none; empty where baseline is 0 (undefined)',
    },
    {
      variable: 'analysis_flag',
      label: 'Whether results by visit use this row',
      type: 'code',
      codes:
        'baseline=used, at a visit that the protocol names as baseline|analysis=used, at any other visit|' +
        'early=used in means only: the window of the visit had not closed at the data cut|' +
        'notUsed=another place or repetition of the same parameter is used, or the protocol does not ask for it here',
      derivation:
        'Results also leave out participants with in_analysis_set 0 (participants.csv). Expected at a visit: due 1 in ' +
        'visits.csv, and rows here flagged baseline or analysis',
    },
  ]
}

/** A line for each parameter of the study, for the codebook. Example: `parameter=ODI`, range `0 to 100`. */
export function scoresLongValues(scope: ExportScope): ExportColumn[] {
  return scope.parameters.map(({ parameter, visits }) => ({
    ...describeParameter(scope, parameter),
    variable: `parameter=${parameter.code}`,
    derivation: `${DIRECTIONS[parameter.higherIs]}. Asked at ${visits.join(', ')}. ${ruleOf(scope, parameter)}`,
  }))
}

/** What a codebook says of a parameter. Example: NPRS_AVG → type `decimal`, unit `points`, range `0 to 10`. */
export function describeParameter(scope: ExportScope, parameter: Parameter): Omit<ExportColumn, 'variable'> {
  const instrument = instrumentOf(scope, parameter)
  const published = instrument
    ? instrument.settingsInForce(scope.protocol.settings).flatMap(setting => setting.source ?? [])
    : []
  const source = instrument && [...new Set([instrument.source, ...published])].join('; ')
  return {
    label: parameter.label,
    type: isMeasured(parameter) ? 'decimal' : 'integer',
    unit: parameter.unit,
    range: `${parameter.min} to ${parameter.max}`,
    missingCodes: parameter.kind === 'duration' ? `${STORED_REASONS}|${UNLIMITED}` : STORED_REASONS,
    ...(parameter.levels
      ? { codes: parameter.levels.map(({ value, label }) => `${value}=${label}`).join('|') }
      : {}),
    ...(source === undefined ? {} : { source }),
  }
}

const DIRECTIONS = { worse: 'Higher is worse', better: 'Higher is better', neither: 'No direction' } as const

function ruleOf(scope: ExportScope, parameter: Parameter): string {
  const instrument = instrumentOf(scope, parameter)
  if (!instrument) return ''
  const settings = instrument.settingsInForce(scope.protocol.settings)
  const named = settings.map(({ key, value, isDefault }) => `${key} ${value}${isDefault ? ' (default)' : ''}`)
  return [`Scoring rule ${instrument.ruleVersion} (${instrument.name})`, ...named].join('; ')
}

function instrumentOf(scope: ExportScope, parameter: Parameter) {
  return listProtocolInstruments(scope.protocol).find(instrument =>
    instrument.parameters(scope.protocol.settings).some(({ code }) => code === parameter.code),
  )
}

function baselineRule({ protocol }: ExportScope): string {
  const visits = protocol.baseline.visits.join(', ')
  const when = 'dated on or before day zero and before the first dose'
  return protocol.baseline.rule === 'mean'
    ? `Mean of the values of ${visits} that are ${when}`
    : `Last value of ${visits} that is ${when}`
}
