import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import { expectClose, expectComputed } from '@/lib/domain/statistics/__fixtures__/expect-close'
import { computeKaplanMeier, countAtRisk, type TimeToEvent } from '@/lib/domain/statistics/kaplan-meier'
import { computeMedianSurvival } from '@/lib/domain/statistics/median-survival'

const observe = (times: readonly number[], events: readonly (number | boolean)[]): TimeToEvent[] =>
  times.map((time, index) => ({ time, isEvent: Boolean(events[index]) }))

/** Weeks of remission: Freireich et al., Blood 1963;21:699, as reprinted in Gehan, Biometrika 1965;52:203. */
const DRUG = [
  ...observe([6, 6, 6, 7, 10, 13, 16, 22, 23], Array(9).fill(true)),
  ...observe([6, 9, 10, 11, 17, 19, 20, 25, 32, 32, 34, 35], []),
]
const PLACEBO = observe(
  [1, 1, 2, 2, 3, 4, 4, 5, 5, 8, 8, 8, 8, 11, 11, 12, 12, 15, 17, 22, 23],
  Array(21).fill(true),
)
const PUBLISHED = [
  { time: 6, atRisk: 21, survival: 0.8571 },
  { time: 7, atRisk: 17, survival: 0.8067 },
  { time: 10, atRisk: 15, survival: 0.7529 },
  { time: 13, atRisk: 12, survival: 0.6902 },
  { time: 16, atRisk: 11, survival: 0.6275 },
  { time: 22, atRisk: 7, survival: 0.5378 },
  { time: 23, atRisk: 6, survival: 0.4482 },
]

const observations = fc.array(
  fc.record({ time: fc.integer({ min: 0, max: 30 }).map(time => time / 4), isEvent: fc.boolean() }),
  { minLength: 1, maxLength: 40 },
)

describe('Kaplan–Meier', () => {
  it('agrees with R: steps, intervals and the median with its interval', () => {
    checkEach<{
      times: number[]
      events: number[]
      time: number[]
      atRisk: number[]
      eventsAt: number[]
      censored: number[]
      survival: number[]
      ciLower: (number | null)[]
      ciUpper: (number | null)[]
      median: [number | null, number | null, number | null]
    }>('kaplan-meier', curve => {
      const steps = computeKaplanMeier(observe(curve.times, curve.events))
      expect(steps.map(step => step.time)).toEqual(curve.time)
      expect(steps.map(step => step.atRisk)).toEqual(curve.atRisk)
      expect(steps.map(step => step.events)).toEqual(curve.eventsAt)
      expect(steps.map(step => step.censored)).toEqual(curve.censored)
      for (const [index, step] of steps.entries()) {
        expectClose(step.survival, curve.survival[index] as number)
        expectComputed(step.ciLower, curve.ciLower[index] ?? null)
        expectComputed(step.ciUpper, curve.ciUpper[index] ?? null)
      }
      const { median, ciLower, ciUpper } = computeMedianSurvival(steps)
      expectComputed(median, curve.median[0])
      expectComputed(ciLower, curve.median[1])
      expectComputed(ciUpper, curve.median[2])
    })
  })

  // Survival: Kleinbaum and Klein, Survival Analysis, the table of group 1.
  it('has the published survival on 6-MP in every week with a relapse', () => {
    const steps = computeKaplanMeier(DRUG).filter(step => step.events > 0)
    expect(steps.map(step => [step.time, step.atRisk])).toEqual(PUBLISHED.map(row => [row.time, row.atRisk]))
    for (const [index, row] of PUBLISHED.entries()) {
      expect(Math.abs((steps[index]?.survival ?? 0) - row.survival)).toBeLessThan(0.00005)
    }
  })

  // Stata's `sts list` of the same data: G. Rodríguez, Princeton, The Gehan Survival Data.
  it.each([
    ['6-MP', DRUG, 6, ['0.8571', '0.6197', '0.9516']],
    ['6-MP', DRUG, 7, ['0.8067', '0.5631', '0.9228']],
    ['placebo', PLACEBO, 1, ['0.9048', '0.6700', '0.9753']],
    ['placebo', PLACEBO, 2, ['0.8095', '0.5689', '0.9239']],
  ])('has the published log-log interval on %s', (_, group, week, expected) => {
    const step = computeKaplanMeier(group).find(({ time }) => time === week)
    const shown = [step?.survival, step?.ciLower.value, step?.ciUpper.value].map(value => value?.toFixed(4))
    expect(shown).toEqual(expected)
  })

  it('has the published medians: 23 weeks on 6-MP, upper end not reached, 8 on placebo', () => {
    const drug = computeMedianSurvival(computeKaplanMeier(DRUG))
    expect([drug.median.value, drug.ciLower.value]).toEqual([23, 13])
    expect(drug.ciUpper).toEqual({ value: null, reason: 'notReached' })
    expect(computeMedianSurvival(computeKaplanMeier(PLACEBO)).median.value).toBe(8)
  })

  it('takes the middle of a stretch on which the curve rests at one half', () => {
    const median = (group: readonly TimeToEvent[]) =>
      computeMedianSurvival(computeKaplanMeier(group)).median.value
    expect(median(observe([1, 2, 5, 9], [1, 1, 1, 1]))).toBe(3.5)
    expect(median(observe([1, 2, 5, 9], [1, 1, 0, 0]))).toBe(5.5)
  })

  it('gives the reason where survival has no interval, and where there is no median', () => {
    const [before, atEvent, atEnd] = computeKaplanMeier(observe([1, 2, 3], [0, 1, 1]))
    expect(before?.ciLower).toEqual({ value: null, reason: 'noEventYet' })
    expect(atEvent?.ciLower.reason).toBeNull()
    expect([atEnd?.survival, atEnd?.ciUpper]).toEqual([0, { value: null, reason: 'nobodyLeft' }])
    expect(computeKaplanMeier([])).toEqual([])
    expect(computeMedianSurvival([]).median).toEqual({ value: null, reason: 'noValues' })
    const untouched = computeMedianSurvival(computeKaplanMeier(observe([4, 5], [0, 0])))
    expect(untouched.median).toEqual({ value: null, reason: 'notReached' })
  })

  it('lets events go before censoring at the same time', () => {
    expect(computeKaplanMeier(observe([3, 3], [0, 1]))).toMatchObject([
      { atRisk: 2, events: 1, censored: 1, survival: 0.5 },
    ])
  })

  it('counts at risk whoever is observed up to and with the time', () => {
    expect(countAtRisk(DRUG, [0, 6, 6.5, 10, 35, 36])).toEqual([21, 21, 17, 15, 1, 0])
  })

  it('refuses what is no time', () => {
    for (const time of [-1, Number.NaN, Number.POSITIVE_INFINITY]) {
      expect(() => computeKaplanMeier([{ time, isEvent: true }])).toThrow(RangeError)
    }
  })

  it('never rises, stays within 0 and 1, and lies in its interval', () => {
    fc.assert(
      fc.property(observations, group => {
        let previous = 1
        for (const { survival, ciLower, ciUpper } of computeKaplanMeier(group)) {
          expect(survival).toBeLessThanOrEqual(previous)
          expect(survival).toBeGreaterThanOrEqual(0)
          expect(ciLower.value ?? 0).toBeLessThanOrEqual(survival)
          expect(ciUpper.value ?? 1).toBeGreaterThanOrEqual(survival)
          previous = survival
        }
      }),
    )
  })

  it('is the share still without the event where nobody is censored', () => {
    fc.assert(
      fc.property(observations, group => {
        for (const step of computeKaplanMeier(group.map(({ time }) => ({ time, isEvent: true })))) {
          const later = group.filter(({ time }) => time > step.time).length
          expect(step.survival).toBeCloseTo(later / group.length, 12)
        }
      }),
    )
  })

  it('does not depend on the order, and follows a monotone change of the clock', () => {
    fc.assert(
      fc.property(observations, group => {
        const heights = (of: readonly TimeToEvent[]) => computeKaplanMeier(of).map(step => step.survival)
        const warped = group.toReversed().map(({ time, isEvent }) => ({ time: time ** 2 + time, isEvent }))
        expect(heights(warped)).toEqual(heights(group))
      }),
    )
  })
})
