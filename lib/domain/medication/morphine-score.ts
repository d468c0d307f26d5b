import { MME_DAY } from '@/lib/domain/instruments/analgesics'
import { scoreItem } from '@/lib/domain/instruments/answers'
import type { DerivedScore } from '@/lib/domain/instruments/derive-scores'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { findMorphineTable } from '@/lib/domain/instruments/morphine-equivalents'
import type { Medication } from '@/lib/domain/medication/medication'
import { scoreMorphineDay } from '@/lib/domain/medication/opioid-day'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** The form whose score follows from the medication log, and the item by which it is known that medication was asked. */
export const ANALGESICS_FORM = 'analgesics'
const LEVEL = 'ANALGESIC_LEVEL'
const RULE_VERSION = 'mme-1'

/** One analgesics form of one visit, with the day it is about. */
export interface AnalgesicsForm {
  readonly answers: Answers
  readonly notDoneReason: string | null
  readonly date: CalendarDate | null
}

/**
 * The score `MME_DAY` of one analgesics form, by `scoreMorphineDay`; null where there is none: the study names no factor
 * table, nothing was recorded of the level, or the form was not done (then `deriveScores` gives that reason).
 * Missing rule: a level recorded as missing gives that reason; the others are those of `scoreMorphineDay`.
 * Source: clinical.md §2. Example: level 0 and no opioid in the log → 0.
 */
export function deriveMorphineScore(
  form: AnalgesicsForm,
  taken: readonly Medication[],
  settings: Settings,
): DerivedScore | null {
  const table = findMorphineTable(settings.analgesics?.morphineFactors)
  const level = scoreItem(form.answers, LEVEL)
  if (!table || !level || form.notDoneReason !== null) return null
  const score =
    level.kind === 'missing' ? level : scoreMorphineDay(taken, { date: form.date, level: level.value }, table)
  return { parameter: MME_DAY.code, score, ruleVersion: RULE_VERSION }
}
