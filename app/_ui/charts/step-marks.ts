import { type Mark, toTenth } from './drawing'

/** A corner of a curve in steps, in pixels. */
export interface StepCorner {
  readonly x: number
  readonly y: number
}

/** Steps nearer to each other than this are one to the eye. */
const NEAREST = 0.7

/**
 * A curve that keeps its height until the next corner. Of corners that are nearer to each other than the eye sees only
 * the last is drawn, so that markup does not grow with participants.
 */
export function drawSteps(corners: readonly StepCorner[], end: number, className: string): Mark[] {
  const [first, ...others] = thin(corners)
  if (!first) return []
  let d = `M${toTenth(first.x)} ${toTenth(first.y)}`
  for (const { x, y } of others) d += `H${toTenth(x)}V${toTenth(y)}`
  return [{ kind: 'path', d: `${d}H${toTenth(end)}`, className }]
}

/** The area between two curves in steps over the same places. */
export function drawStepBand(
  upper: readonly StepCorner[],
  lower: readonly StepCorner[],
  end: number,
  className: string,
): Mark[] {
  const [top, bottom] = [thin(upper), thin(lower)]
  const [first, ...others] = top
  const last = bottom.at(-1)
  if (!first || !last) return []
  let d = `M${toTenth(first.x)} ${toTenth(first.y)}`
  for (const { x, y } of others) d += `H${toTenth(x)}V${toTenth(y)}`
  d += `H${toTenth(end)}V${toTenth(last.y)}`
  for (let index = bottom.length - 1; index > 0; index -= 1) {
    const [corner, before] = [bottom[index], bottom[index - 1]]
    if (corner && before) d += `H${toTenth(corner.x)}V${toTenth(before.y)}`
  }
  return [{ kind: 'path', d: `${d}H${toTenth(first.x)}z`, className }]
}

function thin(corners: readonly StepCorner[]): StepCorner[] {
  const kept: StepCorner[] = []
  for (const [index, corner] of corners.entries()) {
    const before = kept.at(-1)
    if (before && index > 1 && corner.x - before.x < NEAREST)
      kept[kept.length - 1] = { x: before.x, y: corner.y }
    else kept.push(corner)
  }
  return kept
}
