/** Longest text of one place. */
const MAX_PLACE_LENGTH = 20

/**
 * The places of a dose, disc levels or joints, as typed: parted by semicolons or commas. Each once, in the order typed.
 * Blank → none. Example: `readLocations('L4/L5, L5/S1')` → `['L4/L5', 'L5/S1']`.
 */
export function readLocations(text: string | null): readonly string[] {
  const parts = (text ?? '').split(/[;,]/).map(part => part.trim())
  return [...new Set(parts.filter(part => part !== ''))]
}

/** As stored and exported. No place → null. Example: `formatLocations(['L4/L5', 'L5/S1'])` → `'L4/L5; L5/S1'`. */
export function formatLocations(places: readonly string[]): string | null {
  return places.length === 0 ? null : places.join('; ')
}

/** The places that are too long to be one, so that a missing separator is found; empty = nothing wrong. */
export function findLongLocations(places: readonly string[]): readonly string[] {
  return places.filter(place => place.length > MAX_PLACE_LENGTH)
}
