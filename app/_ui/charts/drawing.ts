/**
 * A figure as geometry: what is drawn where, in user units that are CSS pixels at the figure's own width. Made by
 * pure layouts, shown on the page by `DrawingSvg` and written to a file by `formatSvgFile`. `className` names the look
 * (charts.css).
 */
export interface Drawing {
  readonly width: number
  readonly height: number
  readonly marks: readonly Mark[]
}

export type Mark =
  | { readonly kind: 'path'; readonly d: string; readonly className: string }
  | TextMark
  | {
      readonly kind: 'rect'
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly className: string
    }
  | LinkMark

/** Marks that belong to one participant: on the page they link to the participant, in a file they stand alone. */
export interface LinkMark {
  readonly kind: 'link'
  readonly subject: string
  /** Read out in place of the marks, e.g. `MEL-003, 71% better`. */
  readonly label: string
  readonly marks: readonly Mark[]
  /** The whole line of a participant who has one, so that a finger between its marks meets it too. */
  readonly area?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number }
}

export interface TextMark {
  readonly kind: 'text'
  /** Of the anchor; `y` is the base line. */
  readonly x: number
  readonly y: number
  readonly text: string
  readonly anchor: 'start' | 'middle' | 'end'
  readonly className: string
}

/** Size of all text in figures; the floor of the design. */
export const TEXT_SIZE = 11
/** Between the base lines of two lines of text. */
export const LINE_HEIGHT = 15

/** Rounds a coordinate to a tenth of a pixel, so that markup stays small. */
export function toTenth(value: number): number {
  return Math.round(value * 10) / 10
}

/** A straight line as a path. */
export function drawLine(className: string, x1: number, y1: number, x2: number, y2: number): Mark {
  return { kind: 'path', className, d: `M${toTenth(x1)} ${toTenth(y1)}L${toTenth(x2)} ${toTenth(y2)}` }
}

export function drawText(
  x: number,
  y: number,
  text: string,
  anchor: TextMark['anchor'] = 'start',
  className = '',
): TextMark {
  return { kind: 'text', x: toTenth(x), y: toTenth(y), text, anchor, className }
}

const NARROW = /[ .,:;'|()ilIjtfr/−-]/
const WIDE = /[mwMW%@—]/

/**
 * Width of a text in pixels, a little more than the Inter face takes, since the server has no fonts: labels are placed
 * by it and must never be cut. Example: `measureText('bed-bound')` → about 56.
 */
export function measureText(text: string): number {
  let ems = 0
  for (const char of text) {
    if (WIDE.test(char)) ems += 0.92
    else if (NARROW.test(char)) ems += 0.42
    else ems += /[A-Z†≥]/.test(char) ? 0.72 : 0.63
  }
  return ems * TEXT_SIZE
}

/** The box that a text takes. */
export function boxOf(mark: TextMark): { left: number; right: number; top: number; bottom: number } {
  const width = measureText(mark.text)
  const left = mark.anchor === 'start' ? mark.x : mark.anchor === 'end' ? mark.x - width : mark.x - width / 2
  return { left, right: left + width, top: mark.y - TEXT_SIZE * 0.8, bottom: mark.y + TEXT_SIZE * 0.25 }
}

/** How many looks of arms there are; later arms begin again with the first. */
const ARM_LOOKS = 4

/** Class of an arm's colour and dash. Example: `armClass(1)` → `'arm-2'`. */
export function armClass(index: number): string {
  return `arm-${(index % ARM_LOOKS) + 1}`
}

/** The arm's marker around a point: circle, square, triangle, diamond. */
export function drawMarker(index: number, x: number, y: number, radius = 4): Mark {
  const r = radius
  const at = (dx: number, dy: number) => `${toTenth(x + dx)} ${toTenth(y + dy)}`
  const shapes = [
    `M${at(-r, 0)}a${r} ${r} 0 1 0 ${2 * r} 0a${r} ${r} 0 1 0 ${-2 * r} 0z`,
    `M${at(-r, -r)}h${2 * r}v${2 * r}h${-2 * r}z`,
    `M${at(0, -r * 1.2)}L${at(r * 1.15, r * 0.9)}L${at(-r * 1.15, r * 0.9)}z`,
    `M${at(0, -r * 1.3)}L${at(r * 1.3, 0)}L${at(0, r * 1.3)}L${at(-r * 1.3, 0)}z`,
  ]
  return { kind: 'path', className: `dot ${armClass(index)}`, d: shapes[index % ARM_LOOKS] ?? '' }
}

/** The black diamond of a second dose. */
export function drawDose(x: number, y: number, radius = 4.5): Mark {
  const r = radius
  const d = `M${toTenth(x)} ${toTenth(y - r)}l${r} ${r}l${-r} ${r}l${-r} ${-r}z`
  return { kind: 'path', className: 'dose', d }
}
