import { describe, expect, it } from 'vitest'
import {
  day,
  makeCohort,
  makeParticipant,
  makeProtocol,
  makeScheduled,
  makeScore,
  PAIN,
  report,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { CohortData, CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import { addDays } from '@/lib/domain/shared/calendar-date'

const ZERO = day('2024-02-01')
const on = (days: number) => addDays(ZERO, days)
const [plan] = makeProtocol().visits
const VISITS = ['BL', 'M1', 'M3', 'M6', 'M12']
const MONTHS = [-1, 1, 3, 6, 12]
const protocol = makeProtocol({
  visits: plan
    ? VISITS.map((code, index) => ({
        ...plan,
        code,
        target: { value: MONTHS[index] ?? 0, unit: 'months' as const },
      }))
    : [],
})
const dose = (days: number | null) => ({ treatment: 'DOSE', date: days === null ? null : on(days) })

/** Each participant's doses and values by visit with the day of each. */
function cohortOf(
  people: readonly {
    readonly doses: CohortParticipant['doses']
    readonly values: readonly (readonly [visit: string, value: number, days: number | null])[]
  }[],
): CohortData {
  return {
    participants: people.map(({ doses }, index) => makeParticipant(index + 1, { dayZero: ZERO, doses })),
    schedule: people.flatMap((_, index) => VISITS.map(visit => makeScheduled(index + 1, visit))),
    scores: people.flatMap(({ values }, index) =>
      values.map(([visit, value, days]) =>
        makeScore(index + 1, visit, value, { date: days === null ? null : on(days) }),
      ),
    ),
    missedVisits: [],
  }
}

const since = (data: CohortData) =>
  summarise(data, {
    protocol,
    parameters: [report(PAIN, VISITS)],
    view: { ...DEFAULT_ANALYSIS_VIEW, timeAxis: 'sinceLastDose' },
  }).sinceLastDose?.parameters[0]?.arms[0]

describe('time since the last dose', () => {
  // The second was dosed again on day 190, after M6 (day 182): M12 on day 365 is 175 days after it.
  const arm = since(
    cohortOf([
      {
        doses: [dose(0)],
        values: [
          ['BL', 8, -10],
          ['M6', 4, 180],
          ['M12', 3, 370],
        ],
      },
      {
        doses: [dose(0), dose(190)],
        values: [
          ['BL', 7, -5],
          ['M1', 6, 30],
          ['M6', 6, 182],
          ['M12', 2, 365],
        ],
      },
    ]),
  )
  const pointOf = (visit: string) => arm?.points.find(point => point.visit === visit)

  it('puts a value at the nearest nominal time since the dose before it, the later dose before the earlier', () => {
    // M6: 4 of the first (180 days after its only dose); of the second M12 (175 days after its second dose), M6 gives way
    expect(pointOf('M6')).toMatchObject({ n: 2, nAfterLaterDose: 1, nFurther: 1 })
    expect(pointOf('M12')).toMatchObject({ n: 1, nAfterLaterDose: 0, nFurther: 0 })
    expect(pointOf('M1')).toMatchObject({ n: 1, nAfterLaterDose: 0 })
    expect(pointOf('M3')?.fromBaseline).toMatchObject({ n: 0, mean: null, meanReason: 'noValues' })
  })

  it('counts change from the original baseline and from the last value before that dose', () => {
    // from baseline 4 − 8 and 2 − 7; from before the dose 4 − 8 and 2 − 6
    expect(pointOf('M6')?.fromBaseline).toMatchObject({ n: 2, mean: -4.5 })
    expect(pointOf('M6')?.fromBeforeDose).toMatchObject({ n: 2, mean: -4, sdSample: 0 })
    expect(pointOf('M12')?.fromBaseline).toMatchObject({ n: 1, mean: -5 })
  })

  it('places nothing without dates, and counts it; who has no dose is counted too', () => {
    const other = since(
      cohortOf([
        { doses: [], values: [['M1', 5, 30]] },
        { doses: [dose(0), dose(null)], values: [['M1', 5, 30]] },
        {
          doses: [dose(0)],
          values: [
            ['M1', 5, null],
            ['M3', 4, 91],
          ],
        },
      ]),
    )
    expect(other).toMatchObject({ noDatedDose: 1, undated: 2 })
    expect(other?.points.map(({ visit, n }) => [visit, n])).toEqual([
      ['M1', 0],
      ['M3', 1],
      ['M6', 0],
      ['M12', 0],
    ])
    expect(other?.points[1]).toMatchObject({ fromBaseline: { n: 0 }, fromBeforeDose: { n: 0 } })
  })

  it('takes a value of the day of a dose as after it, unless recorded as before treatment', () => {
    const data = cohortOf([
      {
        doses: [dose(0), dose(182)],
        values: [
          ['BL', 8, -10],
          ['M6', 5, 182],
        ],
      },
    ])
    expect(since(data)?.points[0]).toMatchObject({ visit: 'M1', n: 1, nAfterLaterDose: 1 })
    const before = data.scores.map(score => ({ ...score, beforeTreatment: score.visit === 'M6' }))
    expect(since({ ...data, scores: before })?.points[2]).toMatchObject({
      visit: 'M6',
      n: 1,
      nAfterLaterDose: 0,
    })
  })

  it('is not in the document of the usual axis', () => {
    expect(summarise(makeCohort([[6, 3, 2]])).sinceLastDose).toBeNull()
  })
})
