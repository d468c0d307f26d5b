import { groupRows } from '@/lib/domain/shared/group-rows'

/** Fewest participants of each arm in a group whose results stand by arm for a reader who may know nobody's arm. */
export const FEWEST_IN_ARM = 5

/** A text written of fewer participants is not told by arm to such a reader. A convention of ours, as the number above. */
export const FEWEST_OF_TEXT = 5

/** Participants of one level of a factor, by arm; arms in the same order for every level. */
export interface LevelByArm {
  readonly level: string
  readonly byArm: readonly number[]
}

/**
 * Levels of one factor whose results by arm could tell somebody's arm: fewer than 5 participants in an arm, none
 * included, since then everybody of the level is in another. Where the levels so withheld are together still too few,
 * the next smallest are withheld with them: all less the levels that are shown would else be those few. Nothing here
 * keeps a reader from comparing groups of two factors that differ by few; other data cuts and states of knowledge are
 * pooled for them (`hasClosedArms`).
 * Source: clinical.md §3, interim results; the number is a convention of ours. Checked by hand in small-groups.test.ts.
 * Example: female 40 and 41, male 1 and 2 → both withheld; female 40 and 41, male 6 and 7 → none.
 */
export function findSmallLevels(levels: readonly LevelByArm[]): string[] {
  const isSmall = (byArm: readonly number[]) => byArm.some(n => n < FEWEST_IN_ARM)
  const withheld = levels.filter(({ byArm }) => isSmall(byArm))
  if (withheld.length === 0) return []
  const others = levels
    .filter(({ byArm }) => !isSmall(byArm))
    .sort((a, b) => Math.min(...a.byArm) - Math.min(...b.byArm))
  const together = () =>
    withheld.reduce<readonly number[]>((sum, { byArm }) => byArm.map((n, arm) => n + (sum[arm] ?? 0)), [])
  for (const next of others) {
    if (!isSmall(together())) break
    withheld.push(next)
  }
  return withheld.map(({ level }) => level)
}

/** Why a reader to whom the arm of a participant is closed is given results of all arms together. */
export type PooledReason = 'notAsOfNow' | 'smallArm'

/**
 * Whether results of a set by arm could tell somebody's arm by themselves: one to four of its members are in an arm, or
 * everybody is in the same. An arm that nobody is in, beside others, tells nothing; nor does a set of nobody.
 * Expects the members of the analysis set at its data cut. Source: clinical.md §3, interim results; the number is a
 * convention of ours. Checked by hand in small-groups.test.ts.
 * Example: arms of 5 and 4 → true; of 5, 6 and none → false.
 */
export function hasSmallArm(members: readonly { readonly arm: string | null }[]): boolean {
  const sizes = [...groupRows(members, ({ arm }) => arm).values()].map(({ length }) => length)
  return sizes.length === 1 || sizes.some(n => n < FEWEST_IN_ARM)
}
