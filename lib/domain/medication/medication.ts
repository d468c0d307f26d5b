import type { Answers } from '@/lib/domain/instruments/instrument'
import { boolOf, numberOf, textOf } from '@/lib/domain/logs/answer-values'
import type { AnalgesicLevel } from '@/lib/domain/medication/drugs'
import { type PartialDate, parsePartialDate } from '@/lib/domain/shared/partial-date'

/** Units of one dose; `µg/h` is the rate of a patch or pump. Only mg, µg and g convert to one another. */
export const DOSE_UNITS = ['mg', 'µg', 'g', 'mL', 'µg/h', 'tablets', 'other'] as const
export type DoseUnit = (typeof DOSE_UNITS)[number]

/** `continuous`: a patch or pump that gives it all the time; its dose is a rate. */
export const FREQUENCIES = ['regular', 'asNeeded', 'continuous'] as const
export type Frequency = (typeof FREQUENCIES)[number]

/** One entry of the medication log. Null: not known, or not recorded. */
export interface Medication {
  readonly drug: string
  readonly isAnalgesic: boolean | null
  readonly level: AnalgesicLevel | null
  /** A single dose, in `unit`; of continuous use the rate. */
  readonly dose: number | null
  readonly unit: DoseUnit | null
  readonly frequency: Frequency | null
  /** Mean number of doses a day that were actually taken. */
  readonly timesADay: number | null
  readonly from: PartialDate | null
  readonly to: PartialDate | null
  readonly isOngoing: boolean | null
}

/**
 * An entry of the medication log as a course of one drug. What is missing, whatever the reason, is null.
 * Example: `readMedication({ CMTRT: { value: 'Tramadol' } }).dose` → `null`.
 */
export function readMedication(answers: Answers): Medication {
  const level = Number(textOf(answers, 'CMLEVEL'))
  return {
    drug: textOf(answers, 'CMTRT') ?? '',
    isAnalgesic: boolOf(answers, 'CMANALG'),
    level: level === 1 || level === 2 || level === 3 ? level : null,
    dose: numberOf(answers, 'CMDOSE'),
    unit: DOSE_UNITS.find(unit => unit === textOf(answers, 'CMDOSU')) ?? null,
    frequency: FREQUENCIES.find(frequency => frequency === textOf(answers, 'CMFREQ')) ?? null,
    timesADay: numberOf(answers, 'CMTIMES'),
    from: parsePartialDate(textOf(answers, 'CMSTDAT') ?? ''),
    to: parsePartialDate(textOf(answers, 'CMENDAT') ?? ''),
    isOngoing: boolOf(answers, 'CMONGO'),
  }
}
