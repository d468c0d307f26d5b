import { drawMarker, type Mark } from './drawing'

/** How many looks published arms have: dash and marker; later ones begin again with the first. */
const REFERENCE_LOOKS = 4

/** Class of a published arm's thin grey line, each with a dash of its own. Example: `referenceClass(1)` → `'ref ref-2'`. */
export function referenceClass(index: number): string {
  return `ref ref-${(index % REFERENCE_LOOKS) + 1}`
}

/** A published arm's marker: the shapes of the study's arms turned on, hollow and grey. */
export function drawReferenceMarker(index: number, x: number, y: number, radius = 3.5): Mark {
  const marker = drawMarker(index + 1, x, y, radius)
  return { ...marker, className: 'refdot' } as Mark
}
