import { ask, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { findMorphineTable, type MorphineTable } from '@/lib/domain/instruments/morphine-equivalents'
import type { LogFacts } from '@/lib/domain/logs/log'
import { findLevel, normaliseDrug } from '@/lib/domain/medication/drugs'
import { type Medication, readMedication } from '@/lib/domain/medication/medication'
import { deriveDailyAmount, isOpioid } from '@/lib/domain/medication/opioid-day'

/** More than these is rarely meant: morphine equivalents in mg a day, doses a day, grams in one dose. */
const LARGE_MME = 500
const MANY_TIMES = 12
const LARGE_DOSE_MG = 10_000
const MG_PER: Readonly<Record<string, number>> = { mg: 1, µg: 0.001, g: 1000 }

/**
 * Asks about a medication entry that is unlikely: an opioid whose morphine equivalents cannot be computed, or
 * come to more than 500 mg a day; more than 12 doses a day, or more than 10 g in one; a level other than the
 * drug commonly has; the same drug running twice. Codes `noMorphine`, `largeMorphine`, `manyTimes`,
 * `largeDose`, `otherLevel`, `sameDrug`. Missing answers give no question. Example: oxycodone in tablets →
 * `noMorphine`.
 */
export function askAboutMedication(answers: Answers, facts: LogFacts): readonly SoftQuestion[] {
  const course = readMedication(answers)
  const { settings } = facts.protocol
  const table = findMorphineTable(settings.analgesics?.morphineFactors)
  return [
    ...(table ? askAboutMorphine(course, table) : []),
    ...askAboutAmount(course),
    ...askAboutLevel(course, findLevel(course.drug, settings)),
    ...askAboutSameDrug(course, facts.others.map(readMedication)),
  ]
}

function askAboutMorphine(course: Medication, table: MorphineTable): SoftQuestion[] {
  const { drug, unit, dose, timesADay } = course
  if (isOpioid(course, table) !== true) return []
  const daily = deriveDailyAmount(course, table)
  if ('problem' in daily) {
    if (daily.problem === 'amountUnknown') return []
    const values = { CMTRT: drug, CMDOSU: unit ?? '' }
    const text = `${table.name} has no factor for ${drug}${unit === null ? '' : ` in ${unit}`}, so that no morphine equivalents can be computed while it is taken.`
    return [ask('noMorphine', values, text)]
  }
  const mme = (daily.amount ?? 0) * (table.factors[daily.drug]?.factor ?? 0)
  if (mme <= LARGE_MME) return []
  const values = { CMDOSE: dose ?? '', CMDOSU: unit ?? '', CMTIMES: timesADay ?? '' }
  return [ask('largeMorphine', values, `${Math.round(mme)} mg morphine equivalents a day.`)]
}

function askAboutAmount({ dose, unit, timesADay }: Medication): SoftQuestion[] {
  const mg = dose === null ? 0 : dose * (MG_PER[unit ?? ''] ?? 0)
  return [
    ...(mg > LARGE_DOSE_MG
      ? [ask('largeDose', { CMDOSE: dose ?? '', CMDOSU: unit ?? '' }, `${dose} ${unit} in one dose.`)]
      : []),
    ...(timesADay !== null && timesADay > MANY_TIMES
      ? [ask('manyTimes', { CMTIMES: timesADay }, `${timesADay} doses a day.`)]
      : []),
  ]
}

function askAboutLevel({ drug, level, isAnalgesic }: Medication, common: number | null): SoftQuestion[] {
  if (common === null) return []
  if (isAnalgesic === false)
    return [
      ask(
        'otherLevel',
        { CMTRT: drug, CMANALG: 'no' },
        `${drug} is commonly an analgesic of level ${common}.`,
      ),
    ]
  if (level === null || level === common) return []
  const text = `${drug} is entered with level ${level}; its level is commonly ${common}.`
  return [ask('otherLevel', { CMTRT: drug, CMLEVEL: level }, text)]
}

function askAboutSameDrug(course: Medication, others: readonly Medication[]): SoftQuestion[] {
  const isSame = (other: Medication) =>
    other.isOngoing === true &&
    course.isOngoing === true &&
    normaliseDrug(other.drug) === normaliseDrug(course.drug)
  if (!others.some(isSame)) return []
  const text = `${course.drug} is recorded as ongoing already. When a dose changes, end the earlier entry first.`
  return [ask('sameDrug', { CMTRT: course.drug, CMONGO: 'yes' }, text)]
}
