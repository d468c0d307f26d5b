import {
  computeMorphineEquivalents,
  type DailyOpioid,
  type MorphineTable,
} from '@/lib/domain/instruments/morphine-equivalents'
import { countDaysTaken } from '@/lib/domain/medication/days-taken'
import { findFactorName, findLevel, namesOpioid } from '@/lib/domain/medication/drugs'
import type { Medication } from '@/lib/domain/medication/medication'
import { addDays, type CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Score } from '@/lib/domain/shared/missing'

/** Days over which the mean is taken, the day of the assessment the last of them. */
const DAYS = 7
const MG_PER: Readonly<Record<string, number>> = { mg: 1, µg: 0.001, g: 1000 }

/** Milligrams (of a patch µg/h) of a drug a day on a day on which it is taken, or why that is not known. */
export type DailyAmount = DailyOpioid | { readonly problem: 'noFactor' | 'amountUnknown' }

/**
 * Morphine equivalents in mg a day: the mean of what was actually taken over the 7 days up to and with the day of the
 * assessment; 0 or more, higher is worse. `level` is the strongest analgesic recorded at that assessment (0–3), which
 * says that medication was asked about. No opioid running and level 0 or 1 → 0.
 * Missing rule, never 0: an opioid without a factor, or in a unit that cannot be converted → `noFactor`; dose or times a
 * day not known → `amountUnknown`; days that would decide not known → `datesUnknown`; an opioid level and no opioid
 * in the record → `opioidNotRecorded`. The first of these that holds for any drug is given.
 * Source: clinical.md §2, analgesic use; factors as the table's. Checked against its factors by hand.
 * Example: oxycodone 10 mg, 4 a day, all week → 60.
 */
export function scoreMorphineDay(
  taken: readonly Medication[],
  at: { readonly date: CalendarDate | null; readonly level: number },
  table: MorphineTable,
): Score {
  const running = taken.filter(course => isOpioid(course, table) !== false && mayHaveRun(course, at.date))
  if (running.length === 0) {
    if (at.level >= 2) return { kind: 'missing', reason: 'opioidNotRecorded' }
    return { kind: 'score', value: 0 }
  }
  const amounts = running.map(course => deriveDailyAmount(course, table))
  const problems = new Set(amounts.flatMap(amount => ('problem' in amount ? amount.problem : [])))
  for (const reason of ['noFactor', 'amountUnknown'] as const) {
    if (problems.has(reason)) return { kind: 'missing', reason }
  }
  const means: DailyOpioid[] = []
  for (const [index, amount] of amounts.entries()) {
    const course = running[index]
    const days = course && at.date !== null ? countWeek(course, at.date) : null
    if ('problem' in amount || !days || days.fewest !== days.most)
      return { kind: 'missing', reason: 'datesUnknown' }
    means.push({ ...amount, amount: ((amount.amount ?? 0) * days.most) / DAYS })
  }
  return computeMorphineEquivalents(means, table)
}

/**
 * What is taken of a drug on a day on which it is taken, in the unit of its factor.
 * Errors: no factor, or none for that unit → `noFactor`; dose or times not known → `amountUnknown`.
 * Example: tramadol 50 mg, 4 a day → 200 mg.
 */
export function deriveDailyAmount(course: Medication, table: MorphineTable): DailyAmount {
  const drug = findFactorName(course.drug, course.unit, table)
  const factor = drug === null ? undefined : table.factors[drug]
  if (drug === null || !factor) return { problem: 'noFactor' }
  const { dose, unit, frequency, timesADay } = course
  if (unit === null) return { problem: 'amountUnknown' }
  if (factor.unit === 'µg/h') {
    if (unit !== 'µg/h') return { problem: 'noFactor' }
    return dose === null ? { problem: 'amountUnknown' } : { drug, amount: dose, unit: 'µg/h' }
  }
  const mgPer = MG_PER[unit]
  if (mgPer === undefined || frequency === 'continuous') return { problem: 'noFactor' }
  if (dose === null || timesADay === null) return { problem: 'amountUnknown' }
  return { drug, amount: dose * mgPer * timesADay, unit: 'mg' }
}

/**
 * Whether a drug is an opioid: what the factor table or the common list knows as one is, alone or within a longer name,
 * whatever was entered; else as entered. Null: an analgesic of which nobody recorded the level.
 * Example: `paracetamol`, level 1 → `false`; `tramadol hydrochloride`, level 1 → `true`.
 */
export function isOpioid(
  course: Pick<Medication, 'drug' | 'unit' | 'isAnalgesic' | 'level'>,
  table: MorphineTable,
): boolean | null {
  if (findFactorName(course.drug, course.unit, table) !== null || namesOpioid(course.drug)) return true
  if (course.isAnalgesic === false) return false
  const level = course.level ?? findLevel(course.drug, {})
  return level === null ? null : level >= 2
}

function mayHaveRun(course: Medication, date: CalendarDate | null): boolean {
  return date === null || countWeek(course, date).most > 0
}

function countWeek(course: Medication, date: CalendarDate) {
  return countDaysTaken(course, addDays(date, 1 - DAYS), date)
}
