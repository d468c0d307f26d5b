import { drawLine } from '@/app/_ui/charts/drawing'
import { drawReferenceMarker, referenceClass } from '@/app/_ui/charts/reference-marks'
import type { Reference } from '@/lib/domain/references/list-references'
import type { PublishedArm } from '@/lib/domain/references/published-trial'
import { PUBLISHED_TRIALS } from '@/lib/domain/references/published-trials'
import type { CohortView } from '../cohort-view'
import type { KeyEntry } from '../report-figure'

/** The published references that the reader asked for and that fit the study; others have no place here. */
export function listChosenReferences({ summary, controls }: CohortView): readonly Reference[] {
  const chosen = controls?.references ?? []
  return summary.references.filter(({ code }) => chosen.includes(code))
}

/** One published arm that stands in a figure, and whose numbers it has there. */
export interface DrawnReference {
  readonly trial: Reference
  readonly arm: string
  readonly citation: string
}

export function armOf({ trial, arm }: DrawnReference): PublishedArm | undefined {
  return trial.arms.find(({ code }) => code === arm)
}

/** Its name at the end of a line. Example: `Ashar 2022 PRT`. */
export function nameShort({ trial, arm }: DrawnReference): string {
  return `${trial.name} ${arm}`
}

/** Its name in full, with n as published. Example: `Ashar 2022, Placebo, n = 51 randomised`. */
export function nameInFull(drawn: DrawnReference): string {
  const arm = armOf(drawn)
  return arm ? `${drawn.trial.name}, ${arm.label}, n = ${arm.n} ${arm.nIs}` : nameShort(drawn)
}

const ARMS = PUBLISHED_TRIALS.flatMap(({ code, arms }) => arms.map(arm => `${code} ${arm.code}`))

/** Its dash and marker: of all published arms its own, whatever else is chosen, in every figure. */
export function lookOf({ trial, arm }: DrawnReference): number {
  return ARMS.indexOf(`${trial.code} ${arm}`)
}

/** Each arm once, in the order found. */
export function uniqueArms<Drawn extends DrawnReference>(drawn: readonly Drawn[]): Drawn[] {
  return [...new Map(drawn.map(each => [lookOf(each), each])).values()]
}

/** Lines of the legend, each with its citation. */
export function keyReferences(drawn: readonly DrawnReference[]): KeyEntry[] {
  return drawn.map(each => ({
    marks: [drawLine(referenceClass(lookOf(each)), 0, 6, 28, 6), drawReferenceMarker(lookOf(each), 14, 6)],
    text: `Published: ${nameInFull(each)} (${each.citation})`,
  }))
}

/** What a reader must know before comparing, one sentence each. */
export function describeReferences(drawn: readonly DrawnReference[]): string[] {
  const trials = [...new Set(drawn.map(({ trial }) => trial))]
  if (trials.length === 0) return []
  return [
    'Grey, thin and hollow: what public trials reported, apart from the study and in none of its calculations.',
    ...trials.flatMap(({ name, monthsFrom, notes }) => [
      monthsFrom === 'endOfTreatment' ? `${name} counts months from the end of treatment.` : '',
      ...notes.map(note => `${name}: ${note}`),
    ]),
  ].filter(Boolean)
}
