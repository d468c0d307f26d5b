import type { Cell } from '@/lib/domain/exports/csv'
import type { ExportColumn } from '@/lib/domain/exports/export-table'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { FormField } from '@/lib/domain/protocol/protocol'

/** The type of a column by that of its field; a partial date is no date that a program could read. */
export const FIELD_TYPES: Readonly<Record<FormField['type'], ExportColumn['type']>> = {
  integer: 'integer',
  decimal: 'decimal',
  text: 'text',
  choice: 'code',
  multi: 'code',
  date: 'date',
  partialDate: 'text',
  boolean: 'boolean',
}

/**
 * The columns of the fields of a form, named by their codes in lower case, as the codebook says them: one for each field
 * and, where a field may say why it is missing, the reason after it. `source`: where the fields come from.
 * Example: the field `VIABILITY`, which may be not done → `viability`, `viability_missing`.
 */
export function fieldColumns(fields: readonly FormField[], source: string): ExportColumn[] {
  return fields.flatMap(field => {
    const variable = field.code.toLowerCase()
    const column: ExportColumn = {
      variable,
      label: field.label,
      type: FIELD_TYPES[field.type],
      ...(field.unit ? { unit: field.unit } : {}),
      ...(field.range ? { range: `${field.range[0]} to ${field.range[1]}` } : {}),
      ...(field.choices
        ? { codes: field.choices.map(({ code, label }) => `${code}=${label}`).join('|') }
        : {}),
      ...(field.type === 'multi' ? { derivation: 'Several codes are joined by ;' } : {}),
      ...(field.type === 'partialDate'
        ? { derivation: 'As much as is known: YYYY, YYYY-MM or YYYY-MM-DD' }
        : {}),
      ...(field.missingCodes?.length ? { missingCodes: `empty: ${field.missingCodes.join('|')}` } : {}),
      source,
    }
    if (!field.missingCodes?.length) return [column]
    const label = `${field.label}: why it is missing`
    const codes = field.missingCodes.join('|')
    return [column, { variable: `${variable}_missing`, label, type: 'code', codes, source }]
  })
}

/** The answers of one record, in the order of its columns; what has none is empty, its reason stands after it. */
export function fieldCells(fields: readonly FormField[], answers: Answers): Cell[] {
  return fields.flatMap(({ code, missingCodes }) => {
    const answer = answers[code]
    const value = answer && 'value' in answer ? answer.value : null
    const cell = typeof value === 'object' ? (value?.join(';') ?? null) : value
    if (!missingCodes?.length) return [cell]
    return [cell, answer && 'missing' in answer ? answer.missing : null]
  })
}
