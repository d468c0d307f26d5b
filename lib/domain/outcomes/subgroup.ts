import type { AnalysisView } from '@/lib/domain/outcomes/analysis-view'
import { deriveBaselineGrades } from '@/lib/domain/outcomes/baseline-grades'
import type { CohortParticipant, CohortScore } from '@/lib/domain/outcomes/cohort-data'
import type { ReportedParameter } from '@/lib/domain/outcomes/reported-parameters'
import { findSmallLevels } from '@/lib/domain/outcomes/small-groups'
import { type FactorRule, SUBGROUP_FACTORS, type SubgroupLevel } from '@/lib/domain/outcomes/subgroup-factors'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { compareText } from '@/lib/domain/shared/compare-text'

/** One factor by which a result may be narrowed, with the levels that members are at. */
export interface SubgroupFactor {
  readonly factor: string
  readonly label: string
  /** `n`: members of the whole analysis set at the level. */
  readonly levels: readonly { readonly level: string; readonly label: string; readonly n: number }[]
  /** Levels that are not told, since their results by arm could tell somebody's arm; left out: none. */
  readonly withheld?: readonly string[]
}

/** The members of whom a result speaks, and how they can be grouped. */
export interface Subgrouped {
  readonly members: readonly CohortParticipant[]
  /** Members of the set who are not in the subgroup. */
  readonly leftOut: number
  /** Of the whole set, whichever subgroup is chosen. */
  readonly factors: readonly SubgroupFactor[]
}

const NOT_KNOWN: SubgroupLevel = { level: 'notKnown', label: 'Not known', order: Number.POSITIVE_INFINITY }

/**
 * Narrows an analysis set to a subgroup formed at or before baseline, and counts every subgroup of the whole set. Null:
 * everybody. Members keep their order. Missing rule: of whom a factor is not known is a level of its own, `notKnown`,
 * never left out silently. A level that nobody is at, or that is withheld, gives nobody. Errors: RangeError at a factor
 * that is none (`checkSubgroupFactor` tells a reader why). Source: clinical.md §3.
 * Example: `{ factor: 'ageBand', level: '60over' }` of members aged 35, 60 and one unknown → the second alone.
 *
 * @param armsAreClosed results stand by arm for a reader who may know nobody's arm: small levels are withheld
 */
export function selectSubgroup(
  protocol: Protocol,
  parameters: readonly ReportedParameter[],
  members: readonly CohortParticipant[],
  scores: readonly CohortScore[],
  subgroup: AnalysisView['subgroup'],
  armsAreClosed: boolean,
): Subgrouped {
  const grades = deriveBaselineGrades(protocol, parameters, members, scores)
  const levelsBy = (rule: FactorRule) => members.map(member => rule.levelOf(member, grades) ?? NOT_KNOWN)
  const chosen = subgroup && SUBGROUP_FACTORS.find(({ factor }) => factor === subgroup.factor)
  if (subgroup && !chosen) throw new RangeError(`No factor formed at baseline: ${subgroup.factor}`)
  const factors: SubgroupFactor[] = []
  let kept = members
  for (const rule of SUBGROUP_FACTORS) {
    const levels = levelsBy(rule)
    const withheld = armsAreClosed ? withholdLevels(members, levels) : []
    const told = countLevels(levels).filter(({ level }) => !withheld.includes(level))
    const { factor, label } = rule
    factors.push({ factor, label, levels: told, ...(withheld.length > 0 ? { withheld } : {}) })
    const isIn = (level: string | undefined) =>
      level !== undefined && level === subgroup?.level && !withheld.includes(level)
    if (rule === chosen) kept = members.filter((_, position) => isIn(levels[position]?.level))
  }
  return { members: kept, leftOut: members.length - kept.length, factors }
}

/** Of the arms that anybody is in: an empty one tells nothing of a group. */
function withholdLevels(members: readonly CohortParticipant[], levels: readonly SubgroupLevel[]): string[] {
  const arms = [...new Set(members.flatMap(({ arm }) => arm ?? []))]
  const counted = new Map<string, number[]>()
  for (const [position, { level }] of levels.entries()) {
    const byArm = counted.get(level) ?? arms.map(() => 0)
    const arm = members[position]?.arm ?? null
    counted.set(
      level,
      byArm.map((n, place) => (arms[place] === arm ? n + 1 : n)),
    )
  }
  return findSmallLevels([...counted].map(([level, byArm]) => ({ level, byArm })))
}

function countLevels(levels: readonly SubgroupLevel[]): SubgroupFactor['levels'] {
  const counted = new Map<string, { readonly at: SubgroupLevel; n: number }>()
  for (const at of levels) {
    const known = counted.get(at.level)
    if (known) known.n += 1
    else counted.set(at.level, { at, n: 1 })
  }
  return [...counted.values()]
    .sort((a, b) => a.at.order - b.at.order || compareText(a.at.label, b.at.label))
    .map(({ at: { level, label }, n }) => ({ level, label, n }))
}
