import type { AnalysisView } from '@/lib/domain/outcomes/analysis-view'
import { FEWEST_IN_ARM } from '@/lib/domain/outcomes/small-groups'
import type { SubgroupFactor } from '@/lib/domain/outcomes/subgroup'
import type { AppError, FieldError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { type CohortControls, listAllowed, quote } from './cohort'

/** What a study offers to choose from; arms as this reader sees them. */
export interface OfferedControls {
  readonly parameters: readonly string[]
  readonly visits: readonly string[]
  readonly arms: readonly string[]
  readonly subgroups: readonly SubgroupFactor[]
  readonly references: readonly string[]
}

/** Refuses what the study does not offer, each field by itself, with what it does. */
export function checkCohortControls(
  controls: CohortControls,
  offered: OfferedControls,
): Result<CohortControls, AppError> {
  const fields = [
    ...findUnknown('parameter', controls.parameters, offered.parameters),
    ...findUnknown('visit', controls.visits, offered.visits),
    ...findUnknown('arm', controls.arms, offered.arms),
    ...findUnknown('reference', controls.references, offered.references),
    ...findUnknownSubgroup(controls.view, offered.subgroups),
  ]
  return fields.length === 0 ? ok(controls) : err({ code: 'invalidInput', fields })
}

/**
 * The refusal of a subgroup that nobody of the analysis set is in, or whose results by arm could tell somebody's arm;
 * empty: there is none to refuse.
 */
export function findUnknownSubgroup(
  { subgroup }: AnalysisView,
  subgroups: readonly SubgroupFactor[],
): readonly FieldError[] {
  if (subgroup === null) return []
  const factor = subgroups.find(each => each.factor === subgroup.factor)
  const levels = factor?.levels.map(({ level }) => level) ?? []
  const small = findSmallSubgroup({ subgroup }, subgroups)
  return small.length > 0 ? small : findUnknown('subgroup', [subgroup.level], levels, `${subgroup.factor}:`)
}

/** The refusal of a subgroup whose results by arm could tell somebody's arm; empty: it could not. */
function findSmallSubgroup(
  { subgroup }: Pick<AnalysisView, 'subgroup'>,
  subgroups: readonly SubgroupFactor[],
): readonly FieldError[] {
  const own = subgroups.find(({ factor }) => factor === subgroup?.factor)
  if (!subgroup || !own?.withheld?.includes(subgroup.level)) return []
  return [
    refuseSmallGroup(
      subgroup,
      own.levels.map(({ level }) => level),
    ),
  ]
}

function refuseSmallGroup(
  { factor, level }: NonNullable<AnalysisView['subgroup']>,
  levels: readonly string[],
): FieldError {
  const value = `${factor}:${level}`
  const why = `would leave fewer than ${FEWEST_IN_ARM} participants in an arm, or leave out so few, which could tell somebody’s arm while arms are closed to you.`
  const larger = levels.map(each => `${factor}:${each}`)
  const advice =
    larger.length > 0
      ? `Choose ${listAllowed(larger)}, or leave the subgroup out.`
      : 'Choose a larger group, or leave the subgroup out.'
  return { field: 'subgroup', value, text: `${quote(value)} ${why} ${advice}` }
}

function findUnknown(
  field: string,
  chosen: readonly string[],
  offered: readonly string[],
  prefix = '',
): FieldError[] {
  return chosen
    .filter(code => !offered.includes(code))
    .map(code => ({
      field,
      value: `${prefix}${code}`,
      text: `${quote(`${prefix}${code}`)} is not in this result. ${
        offered.length > 0
          ? `Choose ${listAllowed(offered.map(each => `${prefix}${each}`))}.`
          : 'Leave it out: there is none to choose.'
      }`,
    }))
}
