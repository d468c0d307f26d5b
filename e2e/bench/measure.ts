/** One figure of the bench: a value beside a floor that was measured in the same run. */
export interface Figure {
  readonly name: string
  readonly value: number
  readonly floor: number
  readonly ratio: number
  /** What the ratio (or, for a weight, the value) must not exceed; null: watched only. */
  readonly goal: number | null
  readonly unit: string
}

export function figureOf(
  name: string,
  measured: {
    readonly value: number
    readonly floor: number
    readonly goal: number | null
    readonly unit: string
  },
): Figure {
  return { name, ...measured, ratio: measured.value / measured.floor }
}

/** Milliseconds that the work took. */
export function time(work: () => void): number {
  const start = performance.now()
  work()
  return performance.now() - start
}

/** The middle of several runs, after one that warms up. */
export function medianTime(runs: number, work: () => void): number {
  work()
  return quantile(
    Array.from({ length: runs }, () => time(work)),
    0.5,
  )
}

/** Nearest rank. Example: `quantile([1, 2, 3], 0.5)` → 2. */
export function quantile(values: readonly number[], share: number): number {
  const sorted = values.toSorted((a, b) => a - b)
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN
}
