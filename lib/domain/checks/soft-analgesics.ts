import { ask, type SoftRule } from '@/lib/domain/checks/soft-rule'
import { readNumber } from '@/lib/domain/instruments/answers'
import { countDaysTaken } from '@/lib/domain/medication/days-taken'
import { findLevel } from '@/lib/domain/medication/drugs'
import { ANALGESICS_FORM } from '@/lib/domain/medication/morphine-score'

const NAMES = ['none', 'non-opioid', 'weak opioid', 'strong opioid'] as const

/**
 * Asks when the analgesic level is lower than that of a drug which the medication log shows as taken on that
 * day, and when it is higher than that of every drug that the log may show as taken then. A drug's level is
 * the one entered with it, else the study's. Lower: a drug of which it is not certain that it was taken then,
 * or of unknown level, gives no question. Higher: such a drug may be the one meant, so that nothing is asked
 * beside it, nor where the log has no analgesic of that day. Codes `analgesicLevel`, `analgesicLevelAbove`.
 * Example: level 0 with tramadol running → “Check: analgesic level 0 (none), but tramadol (weak opioid) is
 * recorded as taken on this day.”
 */
export const checkAnalgesicLevel: SoftRule = ({ form, answers, date, settings, medication = [] }) => {
  const level = form === ANALGESICS_FORM ? readNumber(answers, 'ANALGESIC_LEVEL') : undefined
  if (level === undefined || date === null) return []
  const running = medication
    .map(course => ({ course, days: countDaysTaken(course, date, date) }))
    .filter(({ course, days }) => course.isAnalgesic !== false && days.most === 1)
    .map(({ course, days }) => ({
      drug: course.drug,
      level: course.level ?? findLevel(course.drug, settings),
      isCertain: course.isAnalgesic === true && days.fewest === 1,
    }))
    .toSorted((a, b) => (b.level ?? 0) - (a.level ?? 0))
  const [strongest] = running.filter(drug => drug.isCertain)
  if (!strongest) return []
  const typed = `${level} (${NAMES[level] ?? level})`
  const recorded = `${strongest.drug} (${NAMES[strongest.level ?? 0]})`
  const values = { ANALGESIC_LEVEL: level, drug: strongest.drug, drugLevel: strongest.level ?? 0 }
  const fields = ['ANALGESIC_LEVEL']
  if ((strongest.level ?? 0) > level) {
    const text = `analgesic level ${typed}, but ${recorded} is recorded as taken on this day.`
    return [{ ...ask('analgesicLevel', values, text), fields }]
  }
  if (running.some(drug => drug.level === null || drug.level >= level)) return []
  const text = `analgesic level ${typed}, but ${recorded} is the strongest in the medication log on this day.`
  return [{ ...ask('analgesicLevelAbove', values, text), fields }]
}
