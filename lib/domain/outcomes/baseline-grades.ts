import { isBaselineMoment } from '@/lib/domain/outcomes/baseline'
import type { CohortParticipant, CohortScore } from '@/lib/domain/outcomes/cohort-data'
import type { ReportedParameter } from '@/lib/domain/outcomes/reported-parameters'
import type { Protocol } from '@/lib/domain/protocol/protocol'

interface Grade {
  readonly value: number
  readonly label: string
}

/** Findings on the image at baseline, by participant; who has none is absent. */
export interface BaselineGrades {
  readonly degeneration: ReadonlyMap<number, Grade>
  readonly modic: ReadonlyMap<number, Grade>
}

/**
 * The highest grade of disc degeneration and the highest Modic type of each participant at baseline, over all levels
 * imaged. A finding counts when its visit is no later than the last baseline visit, on or before day zero and before the
 * first dose, as for any baseline; where a level was read more than once, the highest counts too.
 * Missing rule: no such finding → absent. Source: clinical.md §2 (Pfirrmann, Modic) and §3 (baseline).
 * Example: grade 3 at L4/5 and 5 at L5/S1 → 5, labelled as the scale has it (`V`).
 */
export function deriveBaselineGrades(
  protocol: Protocol,
  parameters: readonly ReportedParameter[],
  participants: readonly CohortParticipant[],
  scores: readonly CohortScore[],
): BaselineGrades {
  const degeneration = new Map<number, Grade>()
  const modic = new Map<number, Grade>()
  const targets = new Map([
    ['PFIRRMANN', degeneration],
    ['MODIC', modic],
  ])
  const reported = parameters.filter(({ parameter }) => targets.has(parameter.code))
  if (reported.length === 0) return { degeneration, modic }
  const labels = new Map(
    reported.map(({ parameter }) => [
      parameter.code,
      new Map(parameter.levels?.map(({ value, label }) => [value, label])),
    ]),
  )
  const order = protocol.visits.map(({ code }) => code)
  const lastBaseline = Math.max(...protocol.baseline.visits.map(code => order.indexOf(code)))
  const early = new Set(order.slice(0, lastBaseline + 1))
  const people = new Map(participants.map(person => [person.participant, person]))
  for (const row of scores) {
    const target = targets.get(row.parameter)
    if (target === undefined || row.value === null || !early.has(row.visit)) continue
    const person = people.get(row.participant)
    if (person === undefined || !isBaselineMoment(row, person)) continue
    if ((target.get(row.participant)?.value ?? Number.NEGATIVE_INFINITY) >= row.value) continue
    const label = labels.get(row.parameter)?.get(row.value) ?? String(row.value)
    target.set(row.participant, { value: row.value, label })
  }
  return { degeneration, modic }
}
