import type { Parameter } from '@/lib/domain/instruments/instrument'
import { UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import { computeDescriptives, concealSingleValues, countCategories } from '@/lib/domain/outcomes/descriptives'
import { nullLeaf, presentLeaf, type SummaryReason } from '@/lib/domain/outcomes/leaf'
import { FEWEST_OF_TEXT } from '@/lib/domain/outcomes/small-groups'
import type { BaselineCell, BaselineLine } from '@/lib/domain/population/baseline-types'
import { compareText } from '@/lib/domain/shared/compare-text'

/** Positions of the members of each group in the analysis set, in the order of the table's groups. */
export interface LineGroups {
  readonly members: readonly (readonly number[])[]
  /** Single values and rare texts are not told: by arm they would tell whose arm it is. */
  readonly isCoarse: boolean
}

type Naming = Pick<BaselineLine, 'code' | 'label' | 'heading'>

/** Categories written out; rarer ones are counted together. */
const MOST_CATEGORIES = 12
const RARER = 'other'

/**
 * A line of a number: mean, SD, quartiles and range of the values present, in the parameter's unit. Values by position in
 * the set; null: missing. With unlimited durations there is no mean, and a range that reaches them is `unlimited`.
 * Coarse groups have neither range nor intervals of quantiles (`masked`).
 * Example: ages 30, 40 and one missing → n 2, missing 1, mean 35.
 */
export function deriveMeasuredLine(
  naming: Naming & { readonly unit: string },
  values: readonly (number | null)[],
  groups: LineGroups,
  kind: 'continuous' | 'duration' = 'continuous',
): BaselineLine {
  const parameter = { kind } as Parameter
  return {
    ...naming,
    kind: 'measured',
    cells: groups.members.map(members => {
      const present = members.flatMap(position => values[position] ?? [])
      const {
        ciLower: _l,
        ciLowerReason: _lr,
        ciUpper: _u,
        ciUpperReason: _ur,
        ...described
      } = computeDescriptives(parameter, present)
      return {
        n: present.length,
        missing: members.length - present.length,
        ...(groups.isCoarse ? concealSingleValues(described) : described),
        ...(groups.isCoarse
          ? { ...nullLeaf('min', 'masked'), ...nullLeaf('max', 'masked') }
          : {
              ...rangeLeaf('min', present, kind, (a, b) => a < b),
              ...rangeLeaf('max', present, kind, (a, b) => a > b),
            }),
        categories: countCategories(parameter, present).map(({ level, label, k }) => ({
          code: String(level),
          label,
          k,
        })),
      }
    }),
  }
}

function rangeLeaf<Name extends 'min' | 'max'>(
  name: Name,
  values: readonly number[],
  kind: 'continuous' | 'duration',
  isBeyond: (a: number, b: number) => boolean,
) {
  const [first, ...rest] = values
  if (first === undefined) return nullLeaf(name, 'noValues')
  const end = rest.reduce((best, value) => (isBeyond(value, best) ? value : best), first)
  return kind === 'duration' && end === UNLIMITED_RANK ? nullLeaf(name, 'unlimited') : presentLeaf(name, end)
}

/**
 * A line of categories: k of those with a value. `values`: the codes of each member by position, null: missing; an empty
 * list is a value that says *none*. Categories in the order given, others most frequent first; beyond twelve that were not
 * given the rarer ones are counted as `other`.
 * Example: smokers yes, no, null → yes 1, no 1 of n 2, missing 1.
 */
export function deriveCountedLine(
  naming: Naming,
  kind: 'one' | 'many',
  values: readonly (readonly string[] | null)[],
  groups: LineGroups,
  known: readonly { readonly code: string; readonly label: string }[] = [],
): BaselineLine {
  const order = orderCategories(values, known, groups.isCoarse ? FEWEST_OF_TEXT : 1)
  const shown = new Set(order.map(({ code }) => code))
  const none = absent('notContinuous')
  return {
    ...naming,
    unit: '',
    kind,
    cells: groups.members.map(members => {
      const present = members.flatMap(position => (values[position] ? [values[position]] : []))
      const counts = new Map<string, number>()
      for (const codes of present)
        for (const code of new Set(codes.map(each => (shown.has(each) ? each : RARER))))
          counts.set(code, (counts.get(code) ?? 0) + 1)
      return {
        n: present.length,
        missing: members.length - present.length,
        ...none,
        categories: order.map(({ code, label }) => ({ code, label, k: counts.get(code) ?? 0 })),
      }
    }),
  }
}

function absent(reason: SummaryReason): Omit<BaselineCell, 'n' | 'missing' | 'categories'> {
  return {
    ...nullLeaf('mean', reason),
    ...nullLeaf('sdSample', reason),
    ...nullLeaf('median', reason),
    ...nullLeaf('q1', reason),
    ...nullLeaf('q3', reason),
    ...nullLeaf('min', reason),
    ...nullLeaf('max', reason),
  }
}

function orderCategories(
  values: readonly (readonly string[] | null)[],
  known: readonly { readonly code: string; readonly label: string }[],
  least: number,
): readonly { readonly code: string; readonly label: string }[] {
  const named = new Set(known.map(({ code }) => code))
  const counts = new Map<string, number>()
  for (const codes of values)
    for (const code of codes ?? []) if (!named.has(code)) counts.set(code, (counts.get(code) ?? 0) + 1)
  const written = [...counts].sort(([a, j], [b, k]) => k - j || compareText(a, b)).map(([code]) => code)
  const own = written
    .filter(code => (counts.get(code) ?? 0) >= least)
    .slice(0, MOST_CATEGORIES)
    .map(code => ({ code, label: code }))
  const rarer = written.length - own.length
  return [...known, ...own, ...(rarer > 0 ? [{ code: RARER, label: `Other (${rarer} more)` }] : [])]
}
