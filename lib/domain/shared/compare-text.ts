/**
 * Orders texts by their code units, whatever the language of the machine. Negative: `a` first.
 * Example: `['b', 'a'].toSorted(compareText)` → `['a', 'b']`.
 */
export function compareText(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0
}
