import { describe, expect, it } from 'vitest'
import {
  atLeast,
  day,
  LATE_CUT,
  makeCohort,
  makeProtocol,
  makeRule,
  makeScore,
  THREE_ARMS,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { prepare } from '@/lib/domain/outcomes/__fixtures__/prepare'
import { computeTimeToEvent } from '@/lib/domain/outcomes/time-to-event'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { addDays } from '@/lib/domain/shared/calendar-date'

const DAY_ZERO = day('2024-02-01')
const RULES = [
  makeRule('LESS30', { condition: atLeast(30, 'percent') }),
  makeRule('ANY', {
    condition: { parameter: 'PAIN', improvement: { above: 0, unit: 'points' } },
    isResponder: false,
  }),
]
const protocolOf = (changes: Partial<Protocol> = {}) => {
  const plain = makeProtocol(changes)
  const visits = plain.visits.map((visit, index) => ({
    ...visit,
    target: { value: [0, 1, 3][index] ?? 0, unit: 'months' as const },
  }))
  return { ...plain, visits, responders: RULES }
}

/** Weeks in remission of 42 children (Freireich et al., Blood 1963;21:699), here days; negative is censored. */
const LEUKAEMIA: Readonly<Record<string, readonly number[]>> = {
  A: [6, 6, 6, -6, 7, -9, 10, -10, -11, 13, 16, -17, -19, -20, 22, 23, -25, -32, -32, -34, -35],
  B: [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23],
}

function leukaemia() {
  const times = Object.entries(LEUKAEMIA).flatMap(([arm, list]) => list.map(time => ({ arm, time })))
  return makeCohort(
    times.map(() => []),
    index => {
      const { arm = null, time = 0 } = times[index] ?? {}
      const at = addDays(DAY_ZERO, Math.abs(time))
      return {
        arm,
        rescues: time > 0 ? [{ kind: 'surgery', day: at, isEstimated: false }] : [],
        followUpEnd: time < 0 ? { date: at, reason: 'withdrawn' } : null,
      }
    },
  )
}

describe('time to event', () => {
  // SAS PROC LIFETEST and R's survfit (conf.type = "log-log") on these data: 23 (13, not reached) and 8 (4, 11).
  it('agrees with the published leukaemia data', () => {
    const protocol = protocolOf({ arms: THREE_ARMS })
    const cohort = prepare(leukaemia(), { protocol })
    const rescue = computeTimeToEvent(cohort, protocol, LATE_CUT).at(-1)
    const [mercaptopurine, placebo, empty] = rescue?.arms ?? []
    expect(mercaptopurine).toMatchObject({
      n: 21,
      events: 9,
      censored: 12,
      medianDays: 23,
      medianDaysCiLower: 13,
    })
    expect(mercaptopurine?.medianDaysCiUpperReason).toBe('notReached')
    expect(placebo).toMatchObject({ events: 21, medianDays: 8, medianDaysCiLower: 4, medianDaysCiUpper: 11 })
    expect(empty).toMatchObject({ n: 0, medianDays: null, medianDaysReason: 'noValues', steps: [] })
    expect(mercaptopurine?.steps[0]?.proportion).toBeCloseTo(1 - 0.857, 3)
    const [month] = mercaptopurine?.atVisits ?? []
    expect(month).toMatchObject({ visit: 'M1', atRisk: 4 })
    expect(month?.proportion).toBeCloseTo(1 - 0.448, 3)
  })

  it('sees response where it is assessed, censors at the last assessment and counts who has no time', () => {
    const rows = [
      [8, 4, 4],
      [8, 8, 5],
      [8, 8, 8],
      [8, 7, null],
      [8, null, null],
      [null, 3, 3],
      [0, 1, 1],
      [8, 1, 1],
    ]
    const data = makeCohort(rows, index => (index === 7 ? { dayZero: null } : {}))
    const [first, sustained, rescue, ...others] = computeTimeToEvent(
      prepare(data, { protocol: protocolOf() }),
      protocolOf(),
      LATE_CUT,
    )
    expect(others).toEqual([])
    expect([first?.event, sustained?.event, rescue?.event]).toEqual([
      'firstResponse',
      'sustainedResponse',
      'rescue',
    ])
    expect(first?.arms[0]).toMatchObject({
      ...{ inSet: 8, n: 5, events: 2, censored: 3 },
      excluded: { noBaseline: 1, baselineZero: 1, noDayZero: 1 },
    })
    expect(
      first?.arms[0]?.steps.map(({ day, atRisk, events, censored }) => [day, atRisk, events, censored]),
    ).toEqual([
      [0, 5, 0, 1],
      [30.436875, 4, 1, 1],
      [91.310625, 2, 1, 1],
    ])
    expect(sustained?.arms[0]).toMatchObject({ n: 5, events: 1 })
    expect(rescue?.arms[0]).toMatchObject({ n: 7, events: 0, excluded: { noDayZero: 1 } })
  })

  // Five of nine respond at the visit of month 3, the last of them days after the others: S = 4/9 with nine at risk,
  // Greenwood 5 / (9 · 4), log(−log): 28.07 % to 86.41 %. By the days of the visits all nine would have responded.
  it('shows the share that responded at a visit, however late the last responder came to it', () => {
    const days = [88, 88, 89, 89, 95, 90, 91, 92, 93]
    const data = makeCohort(days.map(() => [8, 8]))
    const third = days.map((after, index) =>
      makeScore(index + 1, 'M3', index < 5 ? 4 : 8, { date: addDays(DAY_ZERO, after) }),
    )
    const cohort = prepare({ ...data, scores: [...data.scores, ...third] }, { protocol: protocolOf() })
    const [arm] = computeTimeToEvent(cohort, protocolOf(), LATE_CUT)[0]?.arms ?? []
    expect(arm).toMatchObject({ n: 9, events: 5, censored: 4, medianDays: 91.310625 })
    expect(arm?.steps).toMatchObject([{ day: 91.310625, atRisk: 9, events: 5, censored: 4 }])
    expect(arm?.atVisits[1]?.proportion).toBeCloseTo(5 / 9, 10)
    expect(arm?.atVisits[1]?.ciLower).toBeCloseTo(0.2807, 4)
    expect(arm?.atVisits[1]?.ciUpper).toBeCloseTo(0.8641, 4)
  })

  it('has no estimate after the last participant observed, and 0 before the first event', () => {
    const [first] = computeTimeToEvent(
      prepare(makeCohort([[8, 8, null]]), { protocol: protocolOf() }),
      protocolOf(),
      LATE_CUT,
    )
    expect(first?.arms[0]?.atVisits).toMatchObject([
      { visit: 'M1', atRisk: 1, proportion: 0, ciLowerReason: 'noEventYet' },
      { visit: 'M3', atRisk: 0, proportion: null, proportionReason: 'noValues' },
    ])
  })

  it('leaves out and counts an undated rescue and an undated end of follow-up', () => {
    const rows = [
      [8, 8, 8],
      [8, 8, 8],
      [8, 8, 8],
    ]
    const data = makeCohort(rows, index => ({
      rescues: index === 0 ? [{ kind: 'surgery', day: null, isEstimated: false }] : [],
      followUpEnd: index === 1 ? { date: null, reason: 'lost' } : null,
    }))
    const rescue = computeTimeToEvent(prepare(data, { protocol: protocolOf() }), protocolOf(), LATE_CUT).at(
      -1,
    )
    expect(rescue?.arms[0]).toMatchObject({ n: 1, excluded: { undatedRescue: 1, undatedFollowUpEnd: 1 } })
  })

  it('tells no day and no median where a day would tell the arm of a participant', () => {
    const protocol = protocolOf({ arms: THREE_ARMS })
    const masking = { participantArms: false, resultsByArm: true, armsNamed: true }
    const found = computeTimeToEvent(prepare(leukaemia(), { protocol, masking }), protocol, LATE_CUT).at(-1)
    expect(found?.resolution).toBe('coarse')
    expect(found?.arms[0]).toMatchObject({ steps: [], medianDays: null, medianDaysReason: 'masked' })
    expect(found?.arms[0]?.atVisits[0]?.proportion).toBeCloseTo(1 - 0.448, 3)
  })
})
