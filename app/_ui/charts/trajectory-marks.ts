import { area, line } from 'd3-shape'
import { armClass, drawDose, drawMarker, type Mark, toTenth } from './drawing'
import { drawReferenceMarker, referenceClass } from './reference-marks'
import type { TrajectoryArm, TrajectoryReference } from './trajectory-chart-data'

/** Where a visit and a value lie in the plot. */
export interface PlotScales {
  readonly x: (visit: number) => number
  readonly y: (value: number) => number
  readonly range: readonly [lowest: number, highest: number]
}

/** All individual lines of an arm as two paths: solid between neighbouring visits, dotted across missing ones. */
export function drawIndividuals(arm: TrajectoryArm, className: string, { x, y }: PlotScales): Mark[] {
  let solid = ''
  let dotted = ''
  for (const { values } of arm.lines) {
    let last: number | null = null
    for (const [index, value] of values.entries()) {
      if (value === null) continue
      const to = `${toTenth(x(index))} ${toTenth(y(value))}`
      const previous = last === null ? null : (values[last] ?? null)
      if (last !== null && previous !== null && last === index - 1) solid += `L${to}`
      else {
        if (last !== null && previous !== null) dotted += `M${toTenth(x(last))} ${toTenth(y(previous))}L${to}`
        solid += `M${to}`
      }
      last = index
    }
  }
  return [
    ...(solid ? [{ kind: 'path' as const, d: solid, className }] : []),
    ...(dotted ? [{ kind: 'path' as const, d: dotted, className: `${className} gapped` }] : []),
  ]
}

/** A black diamond on the last value before each second dose. */
export function drawDoses(arm: TrajectoryArm, { x, y }: PlotScales): Mark[] {
  return arm.lines.flatMap(({ values, doseAfter }) => {
    const value = doseAfter === null ? null : (values[doseAfter] ?? null)
    return doseAfter === null || value === null ? [] : [drawDose(x(doseAfter), y(value), 3.5)]
  })
}

/**
 * Where the values of many lie: from the 10th to the 90th percentile, and darker from the 25th to the 75th, whose edges
 * carry the arm's dash where there are several arms.
 */
export function drawQuantiles(
  arm: TrajectoryArm,
  index: number,
  isSingle: boolean,
  scales: PlotScales,
): Mark[] {
  const look = isSingle ? 'quantile' : `quantile by-arm ${armClass(index)}`
  const points = arm.points.map(({ quantiles }, visit) => ({ visit, ...quantiles }))
  const between = (lower: 'q10' | 'q25', upper: 'q75' | 'q90') =>
    area<(typeof points)[number]>()
      .defined(point => (point[lower] ?? null) !== null && (point[upper] ?? null) !== null)
      .x(point => scales.x(point.visit))
      .y0(point => scales.y(point[lower] ?? 0))
      .y1(point => scales.y(point[upper] ?? 0))
      .digits(1)(points)
  const along = (quantile: 'q25' | 'q75') =>
    line<(typeof points)[number]>()
      .defined(point => (point[quantile] ?? null) !== null)
      .x(point => scales.x(point.visit))
      .y(point => scales.y(point[quantile] ?? 0))
      .digits(1)(points)
  const paths = [
    [look, between('q10', 'q90')],
    [look, between('q25', 'q75')],
    ...(isSingle
      ? []
      : (['q25', 'q75'] as const).map(quantile => [`quantile-edge ${armClass(index)}`, along(quantile)])),
  ]
  return paths.flatMap(([className, d]) => (className && d ? [{ kind: 'path' as const, d, className }] : []))
}

/** A published arm: thin, grey and hollow, with a dash and a marker of its own. `x` places a time. */
export function drawReference(
  { look, points, isFirstApart }: TrajectoryReference,
  x: (time: number) => number,
  y: (value: number) => number,
): Mark[] {
  const joined = isFirstApart ? points.slice(1) : points
  const d = joined
    .map(({ time, mean }, at) => `${at === 0 ? 'M' : 'L'}${toTenth(x(time))} ${toTenth(y(mean))}`)
    .join('')
  return [
    ...(joined.length > 1 ? [{ kind: 'path' as const, d, className: referenceClass(look) }] : []),
    ...points.map(({ time, mean }) => drawReferenceMarker(look, x(time), y(mean))),
  ]
}

interface MeanPoint {
  readonly visit: number
  readonly mean: number
  readonly lower: number | null
  readonly upper: number | null
}

/** The 95 % band, drawn to the ends of the scale at most. */
export function drawBand(arm: TrajectoryArm, index: number, scales: PlotScales): Mark[] {
  const [lowest, highest] = scales.range
  const within = (value: number) => scales.y(Math.max(lowest, Math.min(highest, value)))
  const shape = area<MeanPoint>()
    .defined(point => point.lower !== null && point.upper !== null)
    .x(point => scales.x(point.visit))
    .y0(point => within(point.lower ?? point.mean))
    .y1(point => within(point.upper ?? point.mean))
    .digits(1)
  const d = shape(pointsOf(arm))
  return d ? [{ kind: 'path', d, className: `band ${armClass(index)}` }] : []
}

/** The mean as a line, dotted across visits at which nobody has a value, with the arm's marker at each visit. */
export function drawMean(arm: TrajectoryArm, index: number, scales: PlotScales): Mark[] {
  const points = pointsOf(arm)
  const stroke = line<MeanPoint>()
    .x(point => scales.x(point.visit))
    .y(point => scales.y(point.mean))
    .digits(1)
  const pieces: MeanPoint[][] = []
  const gaps: MeanPoint[][] = []
  for (const point of points) {
    const piece = pieces.at(-1)
    const last = piece?.at(-1)
    if (piece && last && last.visit === point.visit - 1) piece.push(point)
    else {
      if (last) gaps.push([last, point])
      pieces.push([point])
    }
  }
  const toPath = (parts: readonly MeanPoint[][]) => parts.map(part => stroke(part) ?? '').join('')
  const className = `mean ${armClass(index)}`
  const whole = toPath(pieces.filter(piece => piece.length > 1))
  const gapped = toPath(gaps)
  return [
    ...(whole ? [{ kind: 'path' as const, d: whole, className }] : []),
    ...(gapped ? [{ kind: 'path' as const, d: gapped, className: `${className} gapped` }] : []),
    ...points.map(point => drawMarker(index, scales.x(point.visit), scales.y(point.mean))),
  ]
}

function pointsOf(arm: TrajectoryArm): MeanPoint[] {
  return arm.points.flatMap(({ mean, ciLower, ciUpper }, visit) =>
    mean === null ? [] : [{ visit, mean, lower: ciLower, upper: ciUpper }],
  )
}
