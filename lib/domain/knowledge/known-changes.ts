import { formatCanonicalJson, type JsonValue } from '@/lib/domain/audit/canonical-json'
import type { Change } from '@/lib/domain/audit/diff'

/** One entry of a study's audit that wrote a record. */
export interface KnownEntry {
  readonly seq: number
  readonly at: string
  readonly act: string
  readonly actor: string
  readonly role: string
  readonly site: string | null
  readonly subject: string | null
  readonly visit: string | null
  readonly form: string | null
  readonly entity: string
  readonly entityId: number
  readonly changes: Readonly<Record<string, Change>>
  readonly reason: string | null
  readonly movedFrom: {
    readonly site: string | null
    readonly subject: string | null
    readonly visit: string | null
  } | null
}

/** A value as it was at the first state and as it is at the second, and the write that made it so. */
export interface ValueChange {
  readonly field: string
  readonly old: JsonValue
  readonly now: JsonValue
  readonly by: KnownEntry
}

/** What happened to one record between two states of knowledge. `last`: the write that settled it. */
export interface RecordChange {
  readonly kind: 'new' | 'changed' | 'takenOut' | 'moved'
  readonly entity: string
  readonly entityId: number
  readonly last: KnownEntry
  /** Net of writes in between: what was changed and changed back is not among them. */
  readonly values: readonly ValueChange[]
}

/**
 * What became known of each record between two states, net: a record that was entered and taken out in between is left
 * out, as is one that is again as it was; one that was entered and corrected is new, with its last values. A record is
 * where it stands at the second state. Expects all entries in between, oldest first; gives records in the order in which
 * they were first written to. Source: clinical.md §3, data cut and knowledge.
 * Example: an assessment with `answers.NPRS_AVG` 4 → 5 → 4 in between → nothing.
 */
export function deriveRecordChanges(entries: readonly KnownEntry[]): RecordChange[] {
  const records = new Map<string, KnownEntry[]>()
  for (const entry of entries) {
    const key = `${entry.entity} ${entry.entityId}`
    const known = records.get(key)
    if (known) known.push(entry)
    else records.set(key, [entry])
  }
  return [...records.values()].flatMap(own => deriveRecordChange(own) ?? [])
}

function deriveRecordChange(own: readonly KnownEntry[]): RecordChange | null {
  const first = own[0]
  const last = own.at(-1)
  if (!first || !last) return null
  const isNew = first.act === 'insert'
  const takenOut = own.find(({ act }) => act === 'void')
  if (takenOut && isNew) return null
  const of = { entity: last.entity, entityId: last.entityId }
  const values = netValues(own)
  if (takenOut) return { kind: 'takenOut', ...of, last: takenOut, values }
  if (isNew) return { kind: 'new', ...of, last, values: values.filter(({ now }) => now !== null) }
  const moved = own.findLast(({ act }) => act === 'move')
  if (moved && !isBack(own, moved)) return { kind: 'moved', ...of, last: moved, values }
  return values.length > 0 ? { kind: 'changed', ...of, last, values } : null
}

/** Whether several moves ended where the first began. */
function isBack(own: readonly KnownEntry[], moved: KnownEntry): boolean {
  const from = own.find(({ act }) => act === 'move')?.movedFrom
  return from != null && from.subject === moved.subject && from.visit === moved.visit
}

function netValues(own: readonly KnownEntry[]): ValueChange[] {
  const net = new Map<string, ValueChange>()
  for (const by of own) {
    for (const [field, [old, now]] of Object.entries(by.changes)) {
      const known = net.get(field)
      net.set(field, { field, old: known ? known.old : old, now, by })
    }
  }
  return [...net.values()].filter(({ old, now }) => formatCanonicalJson(old) !== formatCanonicalJson(now))
}
