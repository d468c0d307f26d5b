import type { CohortReport } from '@/lib/domain/outcomes/cohort-report'
import type { StudyResult } from '@/lib/domain/outcomes/study-result'

/** Which parts of a result a reader wants to look at; empty: all. Codes of parameters, visits and arms. */
export interface ShownParts {
  readonly parameters: readonly string[]
  readonly visits: readonly string[]
  readonly arms: readonly string[]
}

/**
 * A report with the chosen scores, visits and arms alone. Nothing is computed again: what is left in stands as it is in
 * the whole document. Baseline visits stay, since every change is from them; a contrast stays where both its arms do.
 * Who was studied, and safety, are narrowed by arm only. Missing rule: a code that the report does not have narrows to
 * nothing, so codes are checked before. Source: none, a convention of ours.
 * Example: `narrowReport(report, { parameters: ['ODI'], visits: [], arms: [] }).summary.parameters.length` → 1.
 */
export function narrowReport<Report extends CohortReport>(
  report: Report,
  shown: ShownParts,
  baselineVisits: readonly string[],
): Report {
  if (shown.parameters.length + shown.visits.length + shown.arms.length === 0) return report
  const isShown = (codes: readonly string[], code: string) => codes.length === 0 || codes.includes(code)
  const keeps: Keeps = {
    parameter: code => isShown(shown.parameters, code),
    visit: code => baselineVisits.includes(code) || isShown(shown.visits, code),
    arm: code => isShown(shown.arms, code),
  }
  const byArm: Keeps = { ...keeps, parameter: always, visit: always }
  const kept = report.summary.parameters.map(({ parameter }) => keeps.parameter(parameter))
  const ofKept = <T>(rows: readonly T[]) => rows.filter((_, index) => kept[index])
  const { population, safety, references, view, ...outcomes } = report.summary
  const summary: StudyResult = {
    ...(narrow(outcomes, keeps) as typeof outcomes),
    view,
    references,
    population: narrow(population, byArm) as typeof population,
    safety: narrow(safety, byArm) as typeof safety,
  }
  return {
    ...report,
    summary,
    parameters: ofKept(report.parameters).map(reported => ({
      ...reported,
      visits: reported.visits.filter(keeps.visit),
    })),
    completeness: ofKept(report.completeness).map(rows => rows.filter(row => keeps.visit(row.visit))),
    trajectories: ofKept(report.trajectories).map(each => ({
      ...each,
      lines: narrow(each.lines, keeps) as typeof each.lines,
      crowds: narrow(each.crowds, keeps) as typeof each.crowds,
    })),
    members: report.members?.filter(member => keeps.arm(member.arm)) ?? null,
  }
}

interface Keeps {
  readonly parameter: (code: string) => boolean
  readonly visit: (code: string) => boolean
  readonly arm: (code: string) => boolean
}

const always = () => true

/** Leaves out, at any depth, the entries of lists that are of another parameter, visit or arm. */
function narrow(value: unknown, keeps: Keeps): unknown {
  if (Array.isArray(value))
    return value.filter(entry => isKept(entry, keeps)).map(each => narrow(each, keeps))
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(Object.entries(value).map(([key, each]) => [key, narrow(each, keeps)]))
}

function isKept(entry: unknown, keeps: Keeps): boolean {
  if (typeof entry !== 'object' || entry === null) return true
  const { parameter, visit, arm, arms } = entry as Record<string, unknown>
  const agrees = (code: unknown, keep: (code: string) => boolean) => typeof code !== 'string' || keep(code)
  return (
    agrees(parameter, keeps.parameter) &&
    agrees(visit, keeps.visit) &&
    agrees(arm, keeps.arm) &&
    (!Array.isArray(arms) || arms.every(each => agrees(each, keeps.arm)))
  )
}
