import type { Tx } from '@/db/client'
import { listRecordHistory } from '@/db/queries/assessment-history'
import type { listTreatments } from '@/db/queries/treatments'
import { diffRecord } from '@/lib/domain/audit/diff'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { AppError, ConflictingField } from '@/lib/domain/shared/errors'
import { formatFieldName, formatStoredValue } from '@/lib/format/history'
import type { ReadDose } from './dose-entry'

type Dose = ReturnType<typeof listTreatments>[number]

const RECORD = { entity: 'treatments', form: null } as const

/** Where what was typed differs from the stored dose, by the name of the control, in words. Empty: nothing would change. */
export function diffDose(protocol: Protocol, { values }: ReadDose, stored: Dose): ConflictingField[] {
  const before = Object.fromEntries(Object.keys(values).map(key => [key, stored[key as keyof Dose]]))
  return Object.entries(diffRecord(before, values, ['details'])).map(([field, [theirs, yours]]) => {
    const show = (value: unknown) => formatStoredValue(protocol, RECORD, field, value)
    const label = formatFieldName(protocol, RECORD, field)
    return { field: field.replace(/^details\./, 'answers.'), label, yours: show(yours), stored: show(theirs) }
  })
}

/** Both values of a dose that somebody else changed meanwhile. */
export function describeConflict(tx: Tx, stored: Dose, fields: readonly ConflictingField[]): AppError {
  const last = listRecordHistory(tx, 'treatments', [stored.id]).at(-1)
  return {
    code: 'conflict',
    fields,
    storedVersion: stored.rowVersion,
    changedBy: last?.actor ?? 'Somebody',
    changedAt: last?.at ?? '',
  }
}
