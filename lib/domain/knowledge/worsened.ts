import type { ParameterGrid, VisitColumn } from '@/lib/domain/outcomes/cohort-grid'
import { computeImprovementInPoints, isAtLeast } from '@/lib/domain/outcomes/improvement'

/** An earlier value, and by how many points of the scale the later one is worse; positive. */
export interface WorseThan {
  /** Code of the earlier visit; null: the baseline. */
  readonly visit: string | null
  readonly value: number
  readonly points: number
}

/** A participant who is known to be worse at a visit by at least the minimal important change, and was not before. */
export interface Worsened {
  /** Row of the participant. */
  readonly participant: number
  readonly parameter: string
  readonly unit: string
  readonly visit: string
  readonly value: number
  /** In points. */
  readonly threshold: number
  /** Null: not worse by so much than at baseline, or there is none. */
  readonly thanBaseline: WorseThan | null
  /** The last value of an earlier visit after baseline; null: not worse by so much than there, or there is none. */
  readonly thanPrevious: WorseThan | null
}

/**
 * Who got worse between two states of knowledge, by parameter, participant and visit: the value at the visit is worse by
 * at least the minimal important change than baseline, or than the last value of an earlier visit after baseline, and
 * that was not known at the first state. A value that became known, a corrected one and a corrected earlier one count
 * alike. Parameters without an established minimal important change or without direction are left out, as is who is in
 * the set at neither state. Grids are of the whole set, each laid out at its own state, at the same data cut.
 * Source: clinical.md §3 (worse by at least the minimal important change). Example: NPRS, threshold 2, baseline 6, month
 * 1 3, month 6 newly 5 → worse than at month 1 by 2; not than at baseline.
 */
export function deriveWorsened(before: readonly ParameterGrid[], now: readonly ParameterGrid[]): Worsened[] {
  return now.flatMap(grid => {
    const known = new Set(
      before
        .filter(({ parameter }) => parameter.code === grid.parameter.code)
        .flatMap(listWorse)
        .map(factOf),
    )
    return listWorse(grid).filter(worse => !known.has(factOf(worse)))
  })
}

/** The same comparison with the same values is not news. */
function factOf({ participant, visit, value, thanBaseline, thanPrevious }: Worsened): string {
  return JSON.stringify([participant, visit, value, thanBaseline, thanPrevious])
}

function listWorse(grid: ParameterGrid): Worsened[] {
  const { parameter, members, baselines } = grid
  const threshold = parameter.minimalImportantChange?.points
  if (threshold === undefined || parameter.higherIs === 'neither') return []
  const columns = grid.columns.filter(column => column.afterBaseline)
  const compare = (visit: string | null, earlier: number | null, value: number): WorseThan | null => {
    const improvement = computeImprovementInPoints(parameter, earlier, value)
    if (improvement.kind === 'undefined' || earlier === null) return null
    return isAtLeast(-improvement.value, threshold)
      ? { visit, value: earlier, points: -improvement.value }
      : null
  }
  return members.flatMap(({ participant }, position) =>
    columns.flatMap((column, index) => {
      const value = valueAt(column, position)
      if (value === null) return []
      const previous = columns.slice(0, index).findLast(earlier => valueAt(earlier, position) !== null)
      const thanBaseline = compare(null, baselines[position] ?? null, value)
      const thanPrevious = previous ? compare(previous.visit, valueAt(previous, position), value) : null
      if (!thanBaseline && !thanPrevious) return []
      const of = { participant, parameter: parameter.code, unit: parameter.unit, visit: column.visit }
      return [{ ...of, value, threshold, thanBaseline, thanPrevious }]
    }),
  )
}

function valueAt(column: VisitColumn, position: number): number | null {
  return column.scores[position]?.value ?? null
}
