import { computeMorphineEquivalents, findMorphineTable } from '@/lib/domain/instruments/morphine-equivalents'
import type { Medication } from '@/lib/domain/medication/medication'
import { deriveDailyAmount, isOpioid } from '@/lib/domain/medication/opioid-day'
import type { Settings } from '@/lib/domain/protocol/protocol'
import { nameDrug } from '@/lib/domain/story/deidentify'
import type { StoryMedication } from '@/lib/domain/story/story'

const NO_FACTORS = { name: '', source: '', factors: {} }

/**
 * A course of a drug as a case report names it, with the morphine equivalents (mg of oral morphine a day) of a day on
 * which it is taken, by the study's factor table. Missing rule, never 0: an opioid in a study without a table → `noTable`,
 * without a factor → `noFactor`, of an unknown amount → `amountUnknown`; what is no opioid has none.
 * Source: clinical.md §2, analgesic use. Example: tramadol 50 mg, 4 a day, CDC 2022 → 40.
 */
export function deriveMedicationLine(
  course: Medication,
  settings: Settings,
): Pick<StoryMedication, 'drug' | 'isAnalgesic' | 'morphineADay' | 'morphineReason'> {
  const table = findMorphineTable(settings.analgesics?.morphineFactors)
  const about = { drug: nameDrug(course, settings), isAnalgesic: course.isAnalgesic ?? false }
  const without = (morphineReason: StoryMedication['morphineReason']) => ({
    ...about,
    morphineADay: null,
    morphineReason,
  })
  if (isOpioid(course, table ?? NO_FACTORS) !== true) return without(null)
  if (!table) return without('noTable')
  const amount = deriveDailyAmount(course, table)
  if ('problem' in amount) return without(amount.problem)
  const score = computeMorphineEquivalents([amount], table)
  return score.kind === 'score'
    ? { ...about, morphineADay: score.value, morphineReason: null }
    : without('amountUnknown')
}
