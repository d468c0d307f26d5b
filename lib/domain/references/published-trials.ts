import type { ResponderCondition } from '@/lib/domain/protocol/protocol'
import type { PublishedCourse, PublishedRate, PublishedTrial } from '@/lib/domain/references/published-trial'

const ASHAR = 'Ashar YK et al., JAMA Psychiatry 2022, Table 2 (NCT03294148)'
const BATES = 'Bates D et al., Future Science OA 2022;8(5):FSO794, doi 10.2144/fsoa-2021-0155'
const RESPINE = 'RESPINE, NCT03737461, PubMed 39393844'
const AMIRDELFAN = 'Amirdelfan K et al., NCT01290367, PMC9841054, Table 2'

const ASHAR_MONTHS = [0, 1, 2, 3, 6, 12]

const lessPain = (percent: number): ResponderCondition => ({
  parameter: 'PAIN',
  improvement: { atLeast: percent, unit: 'percent' },
})

/**
 * Arm results of public trials: means with SD, n and responder rates. Only what was read in the source named; every
 * number carries its citation. A count is given where the source gives it, and never worked out from a percentage.
 */
export const PUBLISHED_TRIALS: readonly PublishedTrial[] = [
  {
    code: 'ASHAR2022',
    name: 'Ashar 2022',
    condition: 'chronic back pain',
    registry: 'NCT03294148',
    monthsFrom: 'endOfTreatment',
    notes: ['The published baseline is a mean of two assessments before treatment.'],
    arms: [
      { code: 'PRT', label: 'Pain reprocessing therapy', n: 50, nIs: 'randomised' },
      { code: 'PLACEBO', label: 'Placebo', n: 51, nIs: 'randomised' },
      { code: 'USUAL', label: 'Usual care', n: 50, nIs: 'randomised' },
    ],
    courses: [
      asharCourse(
        'PRT',
        'NPRS_AVG',
        [4.22, 1.21],
        [1.18, 1.26, 1.59, 1.54, 1.39, 1.51],
        [1.24, 1.77, 1.92, 1.68, 1.48, 1.59],
      ),
      asharCourse(
        'PLACEBO',
        'NPRS_AVG',
        [4.16, 1.33],
        [2.84, 2.91, 3.06, 3.21, 2.68, 2.79],
        [1.64, 1.97, 1.89, 2.02, 2.08, 1.78],
      ),
      asharCourse(
        'USUAL',
        'NPRS_AVG',
        [3.91, 1.24],
        [3.13, 3.07, 3.0, 3.27, 2.95, 3.0],
        [1.45, 1.63, 1.86, 1.95, 1.93, 1.77],
      ),
      asharCourse('PRT', 'ODI', [23.7, 10.7], [10.14, 10.58, 9.57, 9.68, 9.8, 11.16]),
      asharCourse('PLACEBO', 'ODI', [23.06, 10.14], [19.0, 18.68, 19.43, 21.42, 18.5, 18.52]),
      asharCourse('USUAL', 'ODI', [23.26, 9.67], [20.68, 20.3, 21.37, 23.57, 20.84, 18.78]),
    ],
    rates: [
      ...asharRates(30, { PRT: 70, PLACEBO: 49, USUAL: 30 }),
      ...asharRates(50, { PRT: 60, PLACEBO: 35, USUAL: 20 }),
    ],
  },
  {
    code: 'FSO794',
    name: 'Bates 2022',
    condition: 'discogenic low back pain',
    registry: 'ACTRN12617000636358',
    monthsFrom: null,
    notes: ['Five of the nine had a second injection at 6 months.'],
    arms: [{ code: 'ADMSC', label: 'ADMSC 10 million', n: 9, nIs: 'treated' }],
    courses: [],
    rates: [
      {
        ...{ arm: 'ADMSC', month: 12, rule: 'any reduction of pain (not a responder rate)' },
        condition: { parameter: 'PAIN', improvement: { above: 0, unit: 'points' } },
        ...{ isResponder: false, k: 7, percent: 78, missing: null, citation: BATES },
      },
      {
        ...{ arm: 'ADMSC', month: 12, rule: '≥ 50% less pain', condition: lessPain(50) },
        ...{ isResponder: true, k: 5, percent: 56, missing: null, citation: BATES },
      },
    ],
  },
  {
    code: 'RESPINE',
    name: 'RESPINE',
    condition: 'lumbar disc degeneration',
    registry: 'NCT03737461',
    monthsFrom: null,
    notes: [],
    arms: [
      { code: 'MSC', label: 'BM-MSC 20 million', n: 58, nIs: 'randomised' },
      { code: 'SHAM', label: 'Sham', n: 56, nIs: 'randomised' },
    ],
    courses: [],
    rates: Object.entries({ MSC: 74, SHAM: 69 }).map(([arm, percent]) => ({
      ...{ arm, month: 12, rule: 'VAS ≥ 20% and ≥ 20 mm, or ODI ≥ 20%' },
      condition: {
        any: [
          {
            all: [
              { parameter: 'VAS', improvement: { atLeast: 20, unit: 'percent' } },
              { parameter: 'VAS', improvement: { atLeast: 20, unit: 'points' } },
            ],
          },
          { parameter: 'ODI', improvement: { atLeast: 20, unit: 'percent' } },
        ],
      },
      ...{ isResponder: true, k: null, percent, missing: null, citation: RESPINE },
    })),
  },
  {
    code: 'MPC-P2',
    name: 'Amirdelfan (MPC phase 2)',
    condition: 'lumbar disc degeneration',
    registry: 'NCT01290367',
    monthsFrom: null,
    notes: ['Arm sizes follow from an allocation of 3:3:2:2 of 100.'],
    arms: [
      { code: 'MPC6', label: '6 million cells + HA', n: 30, nIs: 'randomised' },
      { code: 'MPC18', label: '18 million cells + HA', n: 30, nIs: 'randomised' },
      { code: 'SALINE', label: 'Saline', n: 20, nIs: 'randomised' },
    ],
    courses: [],
    rates: [
      ...amirdelfanRates(30, { MPC6: 53, MPC18: 57, SALINE: 20 }),
      ...amirdelfanRates(50, { MPC6: 43, MPC18: 50 }),
    ],
  },
]

function asharCourse(
  arm: string,
  parameter: string,
  [mean, sd]: readonly [number, number],
  means: readonly number[],
  sds: readonly number[] = [],
): PublishedCourse {
  const points = ASHAR_MONTHS.flatMap((month, index) => {
    const value = means[index]
    return value === undefined ? [] : [{ month, mean: value, sd: sds[index] ?? null }]
  })
  return { arm, parameter, baseline: { mean, sd }, points, citation: ASHAR }
}

function asharRates(least: number, percents: Readonly<Record<string, number>>): PublishedRate[] {
  return Object.entries(percents).map(([arm, percent]) => ({
    ...{
      arm,
      month: 12,
      rule: `≥ ${least}% less pain, missing as non-responder`,
      condition: lessPain(least),
    },
    ...{ isResponder: true, k: null, percent, missing: 'nonResponder', citation: ASHAR },
  }))
}

function amirdelfanRates(least: number, percents: Readonly<Record<string, number>>): PublishedRate[] {
  return Object.entries(percents).map(([arm, percent]) => ({
    ...{ arm, month: 36, rule: `≥ ${least}% less pain`, condition: lessPain(least) },
    ...{ isResponder: true, k: null, percent, missing: null, citation: AMIRDELFAN },
  }))
}
