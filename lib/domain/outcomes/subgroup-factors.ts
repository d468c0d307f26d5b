/** Groups of participants formed at or before baseline, as data. */

import type { BaselineGrades } from '@/lib/domain/outcomes/baseline-grades'
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'

/** A level of a factor; `order` sorts the levels of one factor, then their labels do. */
export interface SubgroupLevel {
  readonly level: string
  readonly label: string
  readonly order: number
}

/** One way of grouping participants. */
export interface FactorRule {
  readonly factor: string
  readonly label: string
  /** Null: it is not known. */
  levelOf(member: CohortParticipant, grades: BaselineGrades): SubgroupLevel | null
}

/** Age in completed years at consent; neutral to the study, the last one open. */
const AGE_BANDS = [
  { level: 'under40', label: 'Under 40', below: 40 },
  { level: '40to59', label: '40 to 59', below: 60 },
  { level: '60over', label: '60 and over', below: Number.POSITIVE_INFINITY },
] as const

const SEX_LABELS: Readonly<Record<string, string>> = {
  female: 'Female',
  male: 'Male',
  intersex: 'Intersex',
  notStated: 'Not stated',
}

const placed = <Value>(value: Value | null | undefined, place: (value: Value) => SubgroupLevel) =>
  value === null || value === undefined ? null : place(value)

/**
 * The factors by which a result may be narrowed, in the order in which they are offered. Site; sex; age band at consent;
 * grade: the highest disc degeneration (Pfirrmann, or modified) over the levels at baseline; Modic: the highest type over
 * the levels at baseline; diagnosis: as registered, whatever its case and spacing. A factor known only after baseline (a
 * second dose, a response) has no place here. Source: clinical.md §3, intercurrent events.
 */
export const SUBGROUP_FACTORS: readonly FactorRule[] = [
  {
    factor: 'site',
    label: 'Site',
    levelOf: ({ site }) =>
      site === ''
        ? { level: 'otherSites', label: 'Other sites', order: 1 }
        : { level: site, label: site, order: 0 },
  },
  {
    factor: 'sex',
    label: 'Sex',
    levelOf: ({ sex }) =>
      placed(sex, level => ({
        level,
        label: SEX_LABELS[level] ?? level,
        order: Object.keys(SEX_LABELS).indexOf(level),
      })),
  },
  {
    factor: 'ageBand',
    label: 'Age at consent',
    levelOf: ({ ageAtConsent }) =>
      placed(ageAtConsent, age => {
        const order = AGE_BANDS.findIndex(({ below }) => age < below)
        const { level, label } = AGE_BANDS[order] ?? AGE_BANDS[2]
        return { level, label, order }
      }),
  },
  {
    factor: 'grade',
    label: 'Disc degeneration at baseline, highest grade',
    levelOf: ({ participant }, grades) => placed(grades.degeneration.get(participant), levelOfGrade),
  },
  {
    factor: 'modic',
    label: 'Modic type at baseline, highest',
    levelOf: ({ participant }, grades) => placed(grades.modic.get(participant), levelOfGrade),
  },
  {
    factor: 'diagnosis',
    label: 'Diagnosis',
    levelOf: ({ diagnosis }) => {
      const label = diagnosis?.trim().replace(/\s+/g, ' ') ?? ''
      return label === '' ? null : { level: label.toLowerCase(), label, order: 0 }
    },
  },
]

function levelOfGrade({ value, label }: { readonly value: number; readonly label: string }): SubgroupLevel {
  return { level: String(value), label, order: value }
}

/** What people may ask for as a group, and is known only after baseline. */
const FORMED_AFTER_BASELINE = ['secondDose', 'rescue', 'crossover', 'responder', 'withdrawn', 'completer']

/**
 * Whether results may be narrowed by a factor. `formedAfterBaseline`: whoever is in it is known only once the outcome
 * has begun, so that its groups compare nothing; it is refused. Source: clinical.md §3, intercurrent events.
 * Example: `checkSubgroupFactor('secondDose')` → `'formedAfterBaseline'`; `'sex'` → `'ok'`.
 */
export function checkSubgroupFactor(factor: string): 'ok' | 'formedAfterBaseline' | 'unknown' {
  if (SUBGROUP_FACTORS.some(rule => rule.factor === factor)) return 'ok'
  return FORMED_AFTER_BASELINE.includes(factor) ? 'formedAfterBaseline' : 'unknown'
}
