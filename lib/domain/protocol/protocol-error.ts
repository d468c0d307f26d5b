/** One reason why a protocol file is refused. */
export interface ProtocolError {
  /** Where in the file, e.g. `visits[2].window.beforeDays`; empty for the file as a whole. */
  readonly path: string
  /** What stands there, as text of at most 80 characters; empty where nothing stands. */
  readonly value: string
  /** What is wrong with it and what to do, in one or two sentences. */
  readonly text: string
}

/**
 * An error with its value as text. Errors: none. Example:
 * `describeError('dayZero', 'birth', 'Unknown event.')` → `{ path: 'dayZero', value: 'birth', text: 'Unknown event.' }`.
 */
export function describeError(path: string, value: unknown, text: string): ProtocolError {
  return { path, value: formatValue(value), text }
}

/**
 * A value of a JSON file as text: texts as they are, the rest as JSON, cut at 80 characters; nothing is empty.
 * Example: `formatValue({ beforeDays: -1 })` → `'{"beforeDays":-1}'`.
 */
export function formatValue(value: unknown): string {
  if (value === undefined) return ''
  const text = typeof value === 'string' ? value : JSON.stringify(value)
  return text.length > 80 ? `${text.slice(0, 79)}…` : text
}

/**
 * The path of keys and positions as statisticians write it. Example: `formatPath(['visits', 2, 'code'])` →
 * `'visits[2].code'`.
 */
export function formatPath(keys: readonly PropertyKey[]): string {
  return keys
    .map((key, index) => (typeof key === 'number' ? `[${key}]` : `${index > 0 ? '.' : ''}${String(key)}`))
    .join('')
}

/**
 * A remedy for an unknown name: the nearest known one where it is near, else all of them where they are few.
 * Near: at most two letters differ, or one in three of a longer word; case does not matter.
 * Source: Levenshtein distance. Example: `suggestName('instrumens', ['instruments'])` → `'Did you mean "instruments"?'`.
 */
export function suggestName(word: string, known: readonly string[]): string {
  const ranked = known
    .map(name => ({ name, distance: editDistance(word.toLowerCase(), name.toLowerCase()) }))
    .toSorted((a, b) => a.distance - b.distance)
  const nearest = ranked[0]
  if (!nearest) return 'None is defined in this file.'
  const { name, distance } = nearest
  if (distance <= Math.max(2, name.length / 3) && distance < name.length) return `Did you mean "${name}"?`
  return known.length > 24 ? '' : `Known: ${known.join(', ')}.`
}

function editDistance(a: string, b: string): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index)
  for (let row = 1; row <= a.length; row++) {
    const current = [row]
    for (let column = 1; column <= b.length; column++) {
      const replaced = (previous[column - 1] ?? 0) + (a[row - 1] === b[column - 1] ? 0 : 1)
      current.push(Math.min(replaced, (previous[column] ?? 0) + 1, (current[column - 1] ?? 0) + 1))
    }
    previous = current
  }
  return previous[b.length] ?? 0
}
