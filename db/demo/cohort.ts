/**
 * The demonstration cohort: made-up values that agree with the published margins of the documented nine-person study
 * (Future Science OA 2022;8(5):FSO794): nine treated and followed to 12 months, seven with less average pain, five with
 * at least half less, five given a second dose at 6 months (two better after it, two worse, one unchanged), five with
 * more work capacity, three on a lower analgesic level. No value is a participant's.
 */

/** `W1` is the safety contact: no pain is asked there. */
export type DemoVisit = 'BL' | 'W1' | 'M1' | 'M3' | 'M6' | 'M9' | 'M12'

export interface DemoParticipant {
  readonly age: number
  readonly sex: 'female' | 'male'
  readonly level: string
  readonly painDurationMonths: number
  readonly previousTreatment: string
  /** First dose: this many days after the day 24 months before the reference date. */
  readonly doseShiftDays: number
  readonly secondDose: boolean
  /** At BL, M1, M3, M6, M9, M12; null: the visit was missed. */
  readonly average: readonly (number | null)[]
  readonly worst: readonly (number | null)[]
  /** Sum of the ten ODI sections (0 to 50) at BL, M3, M6, M12. */
  readonly odiSums: readonly [number, number, number, number]
  /** Work capacity (0 unable, 1 reduced, 2 full) and hours a week, analgesic level (0 to 3) at BL, M6, M12. */
  readonly work: readonly [number, number, number]
  readonly hours: readonly [number, number, number]
  readonly analgesics: readonly [number, number, number]
  readonly satisfaction: number
  /**
   * Days from the target of each pain visit at which it took place, BL to M12; W1 is on its day. The baseline is early in
   * its window: the harvest and three weeks of culture follow it.
   */
  readonly lateDays: readonly [number, number, number, number, number, number]
}

export const DEMO_VISITS: readonly DemoVisit[] = ['BL', 'W1', 'M1', 'M3', 'M6', 'M9', 'M12']

/** The visits over which pain and days late are listed. */
export const DEMO_PAIN_VISITS: readonly DemoVisit[] = DEMO_VISITS.filter(visit => visit !== 'W1')

export const DEMO_NINE: readonly DemoParticipant[] = [
  {
    age: 41,
    sex: 'female',
    level: 'L4/L5',
    painDurationMonths: 50,
    previousTreatment: 'Physiotherapy, facet injection',
    doseShiftDays: -28,
    secondDose: false,
    average: [6, 5, 4, 4, 3, 3],
    worst: [8, 7, 6, 6, 5, 5],
    odiSums: [24, 20, 16, 12],
    work: [0, 1, 1],
    hours: [0, 12, 20],
    analgesics: [2, 2, 1],
    satisfaction: 78,
    lateDays: [-14, 1, -3, 2, 5, -4],
  },
  {
    age: 35,
    sex: 'male',
    level: 'L5/S1',
    painDurationMonths: 30,
    previousTreatment: 'Physiotherapy',
    doseShiftDays: -21,
    secondDose: false,
    average: [7, 5, 4, 3, 3, 2],
    worst: [9, 7, 6, 5, 5, 4],
    odiSums: [22, 16, 12, 9],
    work: [1, 1, 2],
    hours: [18, 24, 38],
    analgesics: [1, 1, 1],
    satisfaction: 90,
    lateDays: [-12, -2, 4, 0, -6, 3],
  },
  {
    age: 52,
    sex: 'female',
    level: 'L4/L5',
    painDurationMonths: 96,
    previousTreatment: 'Physiotherapy, epidural injection',
    doseShiftDays: -14,
    secondDose: true,
    average: [5, 5, 5, 5, 5, 5],
    worst: [7, 7, 7, 7, 7, 7],
    odiSums: [20, 20, 20, 19],
    work: [1, 1, 1],
    hours: [20, 20, 20],
    analgesics: [1, 1, 1],
    satisfaction: 45,
    lateDays: [-17, 0, 2, 6, 1, 0],
  },
  {
    age: 46,
    sex: 'male',
    level: 'L5/S1',
    painDurationMonths: 72,
    previousTreatment: 'Physiotherapy, radiofrequency ablation',
    doseShiftDays: -7,
    secondDose: true,
    average: [8, 7, 6, 6, 5, 4],
    worst: [9, 9, 8, 8, 7, 6],
    odiSums: [29, 26, 23, 15],
    work: [0, 0, 1],
    hours: [0, 0, 16],
    analgesics: [3, 3, 2],
    satisfaction: 82,
    lateDays: [-13, 3, -5, -4, 8, 10],
  },
  {
    age: 29,
    sex: 'female',
    level: 'L4/L5',
    painDurationMonths: 18,
    previousTreatment: 'Physiotherapy, exercise programme',
    doseShiftDays: 0,
    secondDose: false,
    average: [6, 4, 3, 2, 1, 1],
    worst: [8, 6, 5, 4, 3, 2],
    odiSums: [23, 14, 9, 6],
    work: [1, 2, 2],
    hours: [22, 36, 38],
    analgesics: [2, 1, 0],
    satisfaction: 97,
    lateDays: [-14, -1, 0, 3, -2, 1],
  },
  {
    age: 57,
    sex: 'male',
    level: 'L3/L4',
    painDurationMonths: 130,
    previousTreatment: 'Physiotherapy, epidural injection',
    doseShiftDays: 6,
    secondDose: true,
    average: [7, 6, 6, 6, 7, 7],
    worst: [9, 8, 8, 8, 9, 9],
    odiSums: [26, 25, 25, 27],
    work: [1, 1, 1],
    hours: [16, 16, 16],
    analgesics: [2, 2, 2],
    satisfaction: 30,
    lateDays: [-10, 2, 1, -7, 0, 6],
  },
  {
    age: 38,
    sex: 'female',
    level: 'L5/S1',
    painDurationMonths: 24,
    previousTreatment: 'Physiotherapy',
    doseShiftDays: 13,
    secondDose: false,
    average: [4, 4, 3, 3, null, 2],
    worst: [6, 6, 5, 4, null, 3],
    odiSums: [17, 14, 11, 8],
    work: [2, 2, 2],
    hours: [38, 38, 38],
    analgesics: [1, 1, 1],
    satisfaction: 85,
    lateDays: [-15, 0, 18, 1, 0, -2],
  },
  {
    age: 49,
    sex: 'female',
    level: 'L4/L5',
    painDurationMonths: 60,
    previousTreatment: 'Physiotherapy, facet injection',
    doseShiftDays: 20,
    secondDose: true,
    average: [6, 6, 5, 6, 5, 5],
    worst: [8, 7, 7, 8, 7, 7],
    odiSums: [21, 20, 20, 18],
    work: [1, 1, 2],
    hours: [24, 24, 36],
    analgesics: [1, 1, 1],
    satisfaction: 60,
    lateDays: [-11, 4, -1, 2, 3, 5],
  },
  {
    age: 44,
    sex: 'male',
    level: 'L5/S1',
    painDurationMonths: 84,
    previousTreatment: 'Physiotherapy, exercise programme',
    doseShiftDays: 27,
    secondDose: true,
    average: [7, 6, 6, 5, 6, 6],
    worst: [8, 8, 8, 7, 8, 8],
    odiSums: [25, 24, 22, 22],
    work: [1, 1, 1],
    hours: [20, 20, 20],
    analgesics: [2, 2, 2],
    satisfaction: 50,
    lateDays: [-14, 1, 3, 0, 2, -3],
  },
]

/** Later registrations, in screening or early follow-up; they count in no published margin. */
export interface DemoLater {
  readonly age: number
  readonly sex: 'female' | 'male'
  readonly level: string
  readonly painDurationMonths: number
  readonly previousTreatment: string
  readonly consentDaysAgo: number
  /** Exclusion criterion that applies; the participant is a screen failure. */
  readonly excludedBy: string | null
  readonly plannedDoseInDays: number | null
  readonly dosedDaysAgo: number | null
  /** Average, worst, ODI sum at baseline; null: not entered yet. */
  readonly baseline: readonly [number, number, number] | null
  /** Eligible, and did not want to take part. */
  readonly declines?: true
  /** Number under which the person was screened before. */
  readonly rescreenOf?: string
}

export const DEMO_LATER: readonly DemoLater[] = [
  {
    age: 33,
    sex: 'male',
    level: 'L4/L5',
    painDurationMonths: 20,
    previousTreatment: 'Physiotherapy',
    consentDaysAgo: 96,
    excludedBy: null,
    plannedDoseInDays: null,
    dosedDaysAgo: 42,
    baseline: [6, 8, 21],
  },
  {
    age: 55,
    sex: 'female',
    level: 'L5/S1',
    painDurationMonths: 66,
    previousTreatment: 'Physiotherapy, epidural injection',
    consentDaysAgo: 80,
    excludedBy: null,
    plannedDoseInDays: null,
    dosedDaysAgo: 33,
    baseline: [7, 8, 23],
  },
  {
    age: 47,
    sex: 'female',
    level: 'L4/L5',
    painDurationMonths: 40,
    previousTreatment: 'Physiotherapy',
    consentDaysAgo: 30,
    excludedBy: 'E3',
    plannedDoseInDays: null,
    dosedDaysAgo: null,
    baseline: null,
  },
  {
    age: 40,
    sex: 'male',
    level: 'L5/S1',
    painDurationMonths: 28,
    previousTreatment: 'Physiotherapy, facet injection',
    consentDaysAgo: 12,
    excludedBy: null,
    plannedDoseInDays: 16,
    dosedDaysAgo: null,
    baseline: null,
  },
  {
    age: 61,
    sex: 'female',
    level: 'L4/L5',
    painDurationMonths: 110,
    previousTreatment: 'Physiotherapy',
    consentDaysAgo: 24,
    excludedBy: null,
    plannedDoseInDays: null,
    dosedDaysAgo: null,
    baseline: null,
    declines: true,
  },
  {
    age: 47,
    sex: 'female',
    level: 'L4/L5',
    painDurationMonths: 41,
    previousTreatment: 'Physiotherapy',
    consentDaysAgo: 5,
    excludedBy: 'E3',
    plannedDoseInDays: null,
    dosedDaysAgo: null,
    baseline: null,
    rescreenOf: 'MEL-012',
  },
]
