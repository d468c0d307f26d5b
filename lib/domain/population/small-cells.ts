import { nullLeaf } from '@/lib/domain/outcomes/leaf'
import { findSmallLevels, type LevelByArm } from '@/lib/domain/outcomes/small-groups'
import type { BaselineCell, BaselineLine, ToldBaselineCell } from '@/lib/domain/population/baseline-types'

const STATISTICS = ['mean', 'sdSample', 'median', 'q1', 'q3', 'min', 'max'] as const
const MISSING = 'missing'

/** What is withheld by arm: categories, by their places, and whether the numbers with and without a value are. */
interface Withheld {
  readonly categories: ReadonlySet<string>
  readonly counts: boolean
}

/**
 * The cells of a line for a reader to whom the arm of a participant is closed: by arm no count by which one could tell
 * it (`smallGroup`). A category is withheld in every arm where one has fewer than 5 of it, none included; of categories
 * that do not exclude each other also where fewer than 5 are without it. Who has no value is a group like a category.
 * With it the next smallest is withheld until the withheld together are 5 in each arm (`findSmallLevels`), since n and the
 * others add up. Of a measured line everything by arm is withheld with n, since a mean in full precision gives n away.
 * What nobody or everybody has is told. Expects the arms' cells, then that of everybody, who are told in full.
 * Source: clinical.md §3, interim results. Checked by hand in small-cells.test.ts.
 * Example: of 12 and 13 one is intersex, 5 and 6 male → intersex and male withheld by arm, female 6 and 7 told.
 */
export function concealSmallCells({ kind, cells }: BaselineLine): readonly ToldBaselineCell[] {
  const isArm = (place: number) => place < cells.length - 1
  const arms = cells.filter((cell, place) => isArm(place) && cell.n + cell.missing > 0)
  const withheld = findWithheld(kind, arms)
  return cells.map((cell, place) =>
    isArm(place) && cell.n + cell.missing > 0 ? concealCell(cell, kind, withheld) : cell,
  )
}

function findWithheld(kind: BaselineLine['kind'], arms: readonly BaselineCell[]): Withheld {
  const count = (level: string, of: (cell: BaselineCell) => number): LevelByArm => ({
    level,
    byArm: arms.map(of),
  })
  const value = count('value', cell => cell.n)
  const missing = count(MISSING, cell => cell.missing)
  if (sum(value) === 0) return { categories: new Set(), counts: false }
  const places = (arms[0]?.categories ?? []).map((_, place) => place)
  const having = places.map(place => count(String(place), cell => countAt(cell, place)))
  const groups =
    kind === 'many'
      ? // Who is in one may be in others: the fewer of those in it and those not.
        having
          .filter(level => sum(level) > 0 && sum(level) < sum(value))
          .map(({ level }) =>
            count(level, cell => {
              const k = countAt(cell, Number(level))
              return Math.min(k, cell.n - k)
            }),
          )
      : having.filter(level => sum(level) > 0)
  const others = kind === 'measured' ? [count('measured', countMeasured), missing] : [missing]
  const parts = [...groups, ...others.filter(level => sum(level) > 0)]
  const small = kind !== 'many' && parts.length < 2 ? [] : findSmallLevels(parts)
  const counts =
    small.includes(MISSING) ||
    (kind === 'measured' && small.length > 0) ||
    (sum(missing) > 0 && findSmallLevels([value, missing]).length > 0)
  // Of what everybody has the count is n itself.
  const everybodys = having.filter(level => counts && sum(level) === sum(value))
  return {
    counts,
    categories: new Set([...small, ...everybodys.map(({ level }) => level)]),
  }
}

function sum({ byArm }: LevelByArm): number {
  return byArm.reduce((all, n) => all + n, 0)
}

function countAt({ categories }: BaselineCell, place: number): number {
  return categories[place]?.k ?? 0
}

/** Those with a value that is a number, not an unlimited duration. */
function countMeasured({ n, categories }: BaselineCell): number {
  return categories.reduce((rest, { k }) => rest - k, n)
}

function concealCell(
  cell: BaselineCell,
  kind: BaselineLine['kind'],
  { categories, counts }: Withheld,
): ToldBaselineCell {
  const isWhole = kind === 'measured' && counts
  return {
    ...cell,
    ...(counts ? { ...nullLeaf('n', 'smallGroup'), ...nullLeaf('missing', 'smallGroup') } : {}),
    ...(isWhole ? Object.assign({}, ...STATISTICS.map(name => nullLeaf(name, 'smallGroup'))) : {}),
    categories: cell.categories.map((category, place) =>
      isWhole || categories.has(String(place)) ? { ...category, ...nullLeaf('k', 'smallGroup') } : category,
    ),
  }
}
