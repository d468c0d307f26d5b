import type { CohortScore } from '@/lib/domain/outcomes/cohort-data'
import type { ParameterGrid } from '@/lib/domain/outcomes/cohort-grid'
import type { PreparedCohort } from '@/lib/domain/outcomes/prepared-cohort'
import type { ReportedArm } from '@/lib/domain/outcomes/reported-arms'
import { deriveAfterSecondDose } from '@/lib/domain/outcomes/second-dose'

/** The lines of one parameter, for the figure over which the means stand. */
export interface ParameterTrajectories {
  readonly parameter: string
  readonly lines: readonly TrajectoryLine[]
  /** Arms of which more participants than `MOST_LINES` have a value, in place of their lines. */
  readonly crowds: readonly TrajectoryCrowd[]
}

/** More lines than this are a fog: nobody draws them, so that none are made. */
export const MOST_LINES = 200

/** What a figure needs of participants who are too many for lines. */
export interface TrajectoryCrowd {
  readonly arm: string
  /** Who has a value at any visit. */
  readonly count: number
  /** Between which values they lie at each visit, in protocol order; null: no value. */
  readonly points: readonly {
    readonly visit: string
    readonly lowest: number | null
    readonly highest: number | null
  }[]
}

/** One participant's values over all visits of the parameter, in protocol order. */
export interface TrajectoryLine {
  /** Null where arms are pooled: such views carry no participant. */
  readonly subject: string | null
  readonly arm: string
  /** By the protocol's rule, from which every change is counted; null: none. */
  readonly baseline: number | null
  /** `imputed`: filled in by the view's method; `notYetDue`: there is no value, and none was expected yet. */
  readonly points: readonly {
    readonly visit: string
    readonly value: number | null
    readonly imputed?: true
    readonly notYetDue?: true
  }[]
  /** The last visit with a value known to be before the second dose; null: none given, or dates not known. */
  readonly doseAfterVisit: string | null
}

/**
 * Individual lines for the figures; not part of `summary --json`. By arm, then by subject. None where results
 * stand by arm for a reader to whom the arm of a participant is masked: values are known from a participant's
 * own page, so that a line, named or not, would tell whose arm it is; nor of an arm with more than `MOST_LINES`, which is a
 * crowd. A missing value is null, never joined over. Who has no value at all has no line. The second dose is marked, never made a subgroup.
 * Source: clinical.md §3, interim results and intercurrent events.
 * Example: values 7 at BL and 3 at M6, second dose a week after M6 → `doseAfterVisit: 'M6'`.
 */
export function deriveTrajectories(cohort: PreparedCohort): ParameterTrajectories[] {
  const tellsArms = cohort.arms.length > 1 && !cohort.namesParticipants
  return cohort.grids.map(grid => {
    const arms = (tellsArms ? [] : cohort.arms).map(arm => ({ ...arm, count: countWithValue(grid, arm) }))
    return {
      parameter: grid.parameter.code,
      lines: arms
        .filter(({ count }) => count <= MOST_LINES)
        .flatMap(({ code, members }) =>
          members.flatMap(position => deriveLine(grid, position, code, cohort.namesParticipants) ?? []),
        ),
      crowds: arms
        .filter(({ count }) => count > MOST_LINES)
        .map(arm => ({ arm: arm.code, count: arm.count, points: deriveExtremes(grid, arm) })),
    }
  })
}

function countWithValue({ columns }: ParameterGrid, { members }: ReportedArm): number {
  const hasValue = (position: number) =>
    columns.some(({ scores }) => (scores[position]?.value ?? null) !== null)
  return members.filter(hasValue).length
}

function deriveExtremes({ columns }: ParameterGrid, { members }: ReportedArm): TrajectoryCrowd['points'] {
  return columns.map(({ visit, scores }) => {
    let [lowest, highest]: [number | null, number | null] = [null, null]
    for (const position of members) {
      const value = scores[position]?.value ?? null
      if (value === null) continue
      if (lowest === null || value < lowest) lowest = value
      if (highest === null || value > highest) highest = value
    }
    return { visit, lowest, highest }
  })
}

function deriveLine(
  grid: ParameterGrid,
  position: number,
  arm: string,
  named: boolean,
): TrajectoryLine | null {
  const member = grid.members[position]
  const points = grid.columns.map(({ visit, scores, due }) => {
    const score = scores[position]
    const value = score?.value ?? null
    const isWaiting = value === null && due[position] !== 'due'
    return {
      ...{ visit, value },
      ...(score?.imputed ? { imputed: score.imputed } : {}),
      ...(isWaiting ? { notYetDue: true as const } : {}),
    }
  })
  if (member === undefined || points.every(point => point.value === null)) return null
  const isBeforeSecondDose = (score: CohortScore | undefined) =>
    deriveAfterSecondDose(member, score).afterSecondDose === false
  const lastBefore = grid.columns.findLast(column => isBeforeSecondDose(column.scores[position]))
  return {
    subject: named ? member.subject : null,
    arm,
    baseline: grid.baselines[position] ?? null,
    points,
    doseAfterVisit: member.doses.length < 2 ? null : (lastBefore?.visit ?? null),
  }
}
