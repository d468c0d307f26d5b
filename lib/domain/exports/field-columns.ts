import type { Cell } from '@/lib/domain/exports/csv'
import type { ExportColumn } from '@/lib/domain/exports/export-table'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { FormField } from '@/lib/domain/protocol/protocol'

const TYPES: Readonly<Record<FormField['type'], ExportColumn['type']>> = {
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
 * One column for each field of a form, named by its code in lower case, as the codebook says it. `source`: where the
 * fields come from. Example: the field `LOT` → variable `lot`, type text.
 */
export function fieldColumns(fields: readonly FormField[], source: string): ExportColumn[] {
  return fields.map(field => ({
    variable: field.code.toLowerCase(),
    label: field.label,
    type: TYPES[field.type],
    ...(field.unit ? { unit: field.unit } : {}),
    ...(field.range ? { range: `${field.range[0]} to ${field.range[1]}` } : {}),
    ...(field.choices ? { codes: field.choices.map(({ code, label }) => `${code}=${label}`).join('|') } : {}),
    ...(field.type === 'multi' ? { derivation: 'Several codes are joined by ;' } : {}),
    ...(field.type === 'partialDate'
      ? { derivation: 'As much as is known: YYYY, YYYY-MM or YYYY-MM-DD' }
      : {}),
    ...(field.missingCodes?.length ? { missingCodes: `empty: ${field.missingCodes.join('|')}` } : {}),
    source,
  }))
}

/** The answers of one record, in the order of its columns; what has none, or a reason in its place, is empty. */
export function fieldCells(fields: readonly FormField[], answers: Answers): Cell[] {
  return fields.map(({ code }) => {
    const answer = answers[code]
    if (!answer || 'missing' in answer) return null
    const { value } = answer
    return typeof value === 'object' ? value.join(';') : value
  })
}
