import { type Mark, toTenth } from './drawing'

/** Participants in ordered categories, one bar for each visit and arm. */
export interface StackedChartData {
  /** Best first, or, where there is no better, in the order of the levels. */
  readonly categories: readonly StackedCategory[]
  /** The categories are named under the bars: where panels of one figure have different ones. */
  readonly hasOwnKey: boolean
  readonly visits: readonly StackedVisit[]
}

export interface StackedCategory {
  readonly label: string
  readonly look: CategoryLook
}

export interface StackedVisit {
  readonly label: string
  /** One for each arm; without a label where there is one arm. */
  readonly bars: readonly StackedBar[]
}

export interface StackedBar {
  readonly label: string | null
  /** Everyone who is counted in the bar. */
  readonly n: number
  /** One for each category. */
  readonly counts: readonly number[]
}

/** How a category is filled: one of five shades, darker is worse, and hatched where two share a shade. */
export interface CategoryLook {
  readonly shade: number
  readonly isHatched: boolean
}

const SHADES = 5

/**
 * Looks of so many ordered categories, best first: spread over the shades, and where there are more categories than
 * shades the second of a shade is hatched, so that each is told from the next in black and white too.
 * Example: 3 → shades 1, 3, 5.
 */
export function deriveLooks(count: number): CategoryLook[] {
  if (count <= SHADES) {
    const step = count > 1 ? (SHADES - 1) / (count - 1) : 0
    return Array.from({ length: count }, (_, index) => ({
      shade: Math.round(1 + index * step),
      isHatched: false,
    }))
  }
  const shadeOf = (index: number) => Math.floor((index * SHADES) / count) + 1
  return Array.from({ length: count }, (_, index) => {
    const first = Math.ceil(((shadeOf(index) - 1) * count) / SHADES)
    return { shade: shadeOf(index), isHatched: (index - first) % 2 === 1 }
  })
}

/** Height of the hatched strip at the foot of a segment: the count above it stays readable. */
const STRIP = 5
const STROKE = 2

/** A filled segment. Hatching is drawn along its foot, cut to the segment's width. */
export function drawCategory(
  { shade, isHatched }: CategoryLook,
  box: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
): Mark[] {
  const { x, y, width, height } = box
  const fill: Mark = {
    kind: 'rect',
    ...{ x: toTenth(x), y: toTenth(y), width: toTenth(width), height: toTenth(height) },
    className: `o${shade}`,
  }
  if (!isHatched) return [fill]
  const [bottom, top] = [y + height, y + height - STRIP]
  let d = ''
  for (let at = x; at + STRIP + STROKE <= x + width; at += 3 * STROKE) {
    d += `M${toTenth(at)} ${toTenth(bottom)}L${toTenth(at + STRIP)} ${toTenth(top)}h${STROKE}l${-STRIP} ${STRIP}z`
  }
  return d === '' ? [fill] : [fill, { kind: 'path', d, className: `oi${shade}` }]
}
