import { compareText } from '@/lib/domain/shared/compare-text'

/** How many are of one kind. */
export interface CountedPart {
  readonly code: string
  readonly k: number
}

/**
 * Counts what there is of each kind: the kinds named in their order, 0 included, then others by code.
 * Example: `countParts(['b', 'a', 'b'], ['a', 'c'])` → a 1, c 0, b 2.
 */
export function countParts(codes: readonly string[], order: readonly string[] = []): CountedPart[] {
  const counts = new Map(order.map(code => [code, 0]))
  for (const code of codes) counts.set(code, (counts.get(code) ?? 0) + 1)
  const named = new Set(order)
  const others = [...counts.keys()].filter(code => !named.has(code)).sort(compareText)
  return [...order, ...others].map(code => ({ code, k: counts.get(code) ?? 0 }))
}

/** All parts together. Example: `sumParts([{ code: 'a', k: 2 }, { code: 'b', k: 3 }])` → 5. */
export function sumParts(parts: readonly CountedPart[]): number {
  return parts.reduce((sum, part) => sum + part.k, 0)
}
