import { ask, type SoftRule } from '@/lib/domain/checks/soft-rule'
import { readNumber } from '@/lib/domain/instruments/answers'
import { countDaysTaken } from '@/lib/domain/medication/days-taken'
import { findLevel } from '@/lib/domain/medication/drugs'
import { ANALGESICS_FORM } from '@/lib/domain/medication/morphine-score'

const NAMES = ['none', 'non-opioid', 'weak opioid', 'strong opioid'] as const

/**
 * Asks when the analgesic level is lower than that of a drug which the medication log shows as taken on that day. A drug's
 * level is the one entered with it, else the study's. A drug of which it is not certain that it was taken then, or of
 * unknown level, gives no question. Code `analgesicLevel`.
 * Example: level 0 with tramadol running → “Check: analgesic level 0 (none), but tramadol (weak opioid) is recorded as taken on this day.”
 */
export const checkAnalgesicLevel: SoftRule = ({ form, answers, date, settings, medication = [] }) => {
  const level = form === ANALGESICS_FORM ? readNumber(answers, 'ANALGESIC_LEVEL') : undefined
  if (level === undefined || date === null) return []
  const stronger = medication
    .filter(course => course.isAnalgesic === true && countDaysTaken(course, date, date).fewest === 1)
    .map(({ drug, level: entered }) => ({ drug, level: entered ?? findLevel(drug, settings) ?? 0 }))
    .filter(drug => drug.level > level)
    .toSorted((a, b) => b.level - a.level)
  const [strongest] = stronger
  if (!strongest) return []
  const values = { ANALGESIC_LEVEL: level, drug: strongest.drug, drugLevel: strongest.level }
  const text = `analgesic level ${level} (${NAMES[level] ?? level}), but ${strongest.drug} (${NAMES[strongest.level]}) is recorded as taken on this day.`
  return [{ ...ask('analgesicLevel', values, text), fields: ['ANALGESIC_LEVEL'] }]
}
