import { formatCanonicalJson, type JsonValue } from './canonical-json'

/** Old and new value of one field; null: there was none, or there is none now. */
export type Change = readonly [old: JsonValue, now: JsonValue]

/**
 * Which fields differ between two states of a record, by field name. A column that holds JSON objects (`answers`) is
 * compared member by member under `column.member`, so that history speaks of single values.
 * Absent and null are the same. Example: `diffRecord({ a: 1 }, { a: 2, b: null }, [])` → `{ a: [1, 2] }`.
 */
export function diffRecord(
  before: Readonly<Record<string, unknown>>,
  after: Readonly<Record<string, unknown>>,
  jsonColumns: readonly string[],
): Record<string, Change> {
  const old = flatten(before, jsonColumns)
  const now = flatten(after, jsonColumns)
  const changes: Record<string, Change> = {}
  for (const field of new Set([...Object.keys(old), ...Object.keys(now)])) {
    const a = old[field] ?? null
    const b = now[field] ?? null
    if (formatCanonicalJson(a) !== formatCanonicalJson(b)) changes[field] = [a, b]
  }
  return changes
}

/** Puts changes back onto a record: the inverse used by replay. Members of JSON columns that become null are removed. */
export function applyChanges(
  record: Readonly<Record<string, JsonValue>>,
  changes: Readonly<Record<string, Change>>,
  jsonColumns: readonly string[],
): Record<string, JsonValue> {
  const next: Record<string, JsonValue> = { ...record }
  for (const [field, [, now]] of Object.entries(changes)) {
    const dot = field.indexOf('.')
    const column = dot < 0 ? field : field.slice(0, dot)
    if (dot < 0 || !jsonColumns.includes(column)) {
      next[field] = now
      continue
    }
    const members: Record<string, JsonValue> = { ...(next[column] as Record<string, JsonValue> | undefined) }
    if (now === null) delete members[field.slice(dot + 1)]
    else members[field.slice(dot + 1)] = now
    next[column] = members
  }
  return next
}

function flatten(
  record: Readonly<Record<string, unknown>>,
  jsonColumns: readonly string[],
): Record<string, JsonValue> {
  const flat: Record<string, JsonValue> = {}
  for (const [column, value] of Object.entries(record)) {
    if (!jsonColumns.includes(column)) flat[column] = (value ?? null) as JsonValue
    else
      for (const [member, content] of Object.entries(value ?? {}))
        flat[`${column}.${member}`] = content as JsonValue
  }
  return flat
}
