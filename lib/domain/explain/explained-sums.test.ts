import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { explainResult } from '@/lib/domain/explain/explain-result'
import { findNumber, listNumbers } from '@/lib/domain/explain/find-number'
import {
  atLeast,
  BY_ARM,
  day,
  makeParticipant,
  makeProtocol,
  makeRule,
  makeScheduled,
  makeScore,
  PAIN,
  POOLED,
  report,
  THREE_ARMS,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { prepare } from '@/lib/domain/outcomes/__fixtures__/prepare'
import type { AnalysisView } from '@/lib/domain/outcomes/analysis-view'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import { summariseParameters } from '@/lib/domain/outcomes/summary'
import { addDays } from '@/lib/domain/shared/calendar-date'

const VISITS = ['BL', 'M1', 'M3']
const TARGETS = [-10, 30, 90]
const DAY_ZERO = day('2024-02-01')
const CUT = day('2024-05-01')

const protocol = makeProtocol({
  arms: THREE_ARMS,
  responders: [
    makeRule('ANY', { condition: { parameter: 'PAIN', improvement: { above: 0, unit: 'points' } } }),
    makeRule('HALF', { condition: atLeast(50, 'percent') }),
    makeRule('EITHER', { condition: { any: [atLeast(30, 'percent'), atLeast(2, 'points', 'ODI')] } }),
    makeRule('BOTH', {
      condition: { all: [atLeast(30, 'percent'), atLeast(1, 'points', 'ODI')], visits: ['M1', 'M3'] },
      noIntervention: true,
    }),
  ],
})
const parameters = [report(PAIN), report({ ...PAIN, code: 'ODI', max: 100 })]

const cell = fc.record({
  value: fc.option(fc.integer({ min: 0, max: 10 })),
  reason: fc.constantFrom('declined', 'notApplicable', null),
  daysOff: fc.option(fc.integer({ min: -20, max: 20 }), { freq: 5 }),
  isThere: fc.boolean(),
})
const person = fc.record({
  arm: fc.constantFrom('A', 'B', 'C', null),
  cells: fc.array(cell, { minLength: 6, maxLength: 6 }),
  closes: fc.integer({ min: -10, max: 40 }),
  secondDose: fc.option(fc.option(fc.integer({ min: 1, max: 120 })), { freq: 2 }),
  rescue: fc.option(fc.option(fc.integer({ min: 1, max: 120 })), { freq: 2 }),
})
type Person = typeof person extends fc.Arbitrary<infer P> ? P : never

const on = (days: number | null) => (days === null ? null : addDays(DAY_ZERO, days))

function cohortOf(people: readonly Person[]): CohortData {
  return {
    participants: people.map(({ arm, secondDose, rescue }, index) =>
      makeParticipant(index + 1, {
        arm,
        allocated: arm !== null,
        dayZero: DAY_ZERO,
        doses: [
          { treatment: 'D', date: DAY_ZERO },
          ...(secondDose === null ? [] : [{ treatment: 'D', date: on(secondDose) }]),
        ],
        rescues: rescue === null ? [] : [{ kind: 'surgery' as const, day: on(rescue), isEstimated: false }],
      }),
    ),
    schedule: people.flatMap(({ closes }, index) =>
      VISITS.map((visit, at) => {
        const target = TARGETS[at] ?? 0
        const windowEnd = addDays(DAY_ZERO, target + closes)
        return { ...makeScheduled(index + 1, visit), windowStart: on(target - 10), windowEnd }
      }),
    ),
    scores: people.flatMap(({ cells }, index) =>
      cells.flatMap(({ value, reason, daysOff, isThere }, at) => {
        const visit = VISITS[at % 3] ?? ''
        const date = on(daysOff === null ? null : (TARGETS[at % 3] ?? 0) + daysOff)
        const missingReason = value === null ? reason : null
        const parameter = at < 3 ? 'PAIN' : 'ODI'
        return isThere ? [makeScore(index + 1, visit, value, { date, missingReason, parameter })] : []
      }),
    ),
    missedVisits: [{ participant: 1, visit: 'M3', reason: 'notDone' }],
  }
}

const view: fc.Arbitrary<AnalysisView> = fc.record({
  subgroup: fc.constant(null),
  strategy: fc.constantFrom('treatmentPolicy', 'composite', 'whileOnFirstDose'),
  timeAxis: fc.constant('sinceDayZero' as const),
  missingData: fc.constantFrom('observed', 'nonResponder', 'locf', 'bocf', 'worstCase'),
  inWindowOnly: fc.boolean(),
})
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length

describe('what an explanation lists', () => {
  it('adds up to the summary, for every score, visit, rule, arm and method', () => {
    fc.assert(
      fc.property(
        fc.array(person, { minLength: 1, maxLength: 8 }),
        view,
        fc.constantFrom(BY_ARM, POOLED),
        (people, asked, masking) => {
          const request = { protocol, parameters, view: asked, masking, dataCut: CUT }
          const cohort = prepare(cohortOf(people), request)
          const summary = summariseParameters(cohort, protocol)
          for (const { code, visits } of listNumbers(cohort, protocol)) {
            for (const visit of visits) {
              const found = findNumber(cohort, protocol, { code, visit })
              if ('field' in found) throw new Error(code)
              const explanation = explainResult(cohort, protocol, found)
              for (const arm of explanation.arms) {
                const told = explanation.participants.filter(each => each.arm === arm.arm)
                const own = summary
                  .find(({ parameter }) => parameter === explanation.parameter)
                  ?.arms.find(each => each.arm === arm.arm)
                  ?.visits.find(each => each.visit === visit)
                expect(told).toHaveLength(arm.inSet)
                expect(told.filter(({ countedIn }) => countedIn.n)).toHaveLength(own?.n ?? -1)
                const values = told.flatMap(({ countedIn, value }) =>
                  countedIn.mean ? (value.value ?? []) : [],
                )
                expect(values).toHaveLength((own?.n ?? 0) + (own?.nImputed ?? 0))
                if (values.length > 0) expect(mean(values)).toBeCloseTo(own?.mean ?? Number.NaN, 9)
                const changes = told.flatMap(({ countedIn, improvement }) =>
                  countedIn.change ? (improvement.change ?? []) : [],
                )
                expect(changes).toHaveLength(own?.change?.n ?? 0)
                if (changes.length > 0) expect(mean(changes)).toBeCloseTo(own?.change?.mean ?? Number.NaN, 9)
                const missing = told.filter(({ value }) => value.missingReason !== null)
                expect(missing).toHaveLength(
                  Object.values(own?.missing ?? {}).reduce((sum, count) => sum + count, 0),
                )
                for (const { rule } of explanation.rules) {
                  const outcomes = told.flatMap(each => each.outcomes.filter(one => one.code === rule.code))
                  for (const rate of own?.responders.filter(each => each.code === rule.code) ?? []) {
                    const count = (key: 'inK' | 'inN') =>
                      outcomes.filter(({ rates }) => rates.some(r => r.method === rate.method && r[key]))
                        .length
                    expect([rule.code, rate.method, count('inK'), count('inN')]).toEqual([
                      ...[rule.code, rate.method, rate.k, rate.n],
                    ])
                  }
                  const groups = arm.ruleGroups.find(each => each.code === rule.code)?.groups ?? []
                  const inDenominator = groups.filter(({ place }) => place !== 'out')
                  expect(inDenominator.reduce((sum, { n }) => sum + n, 0)).toBe(own?.expected)
                }
              }
            }
          }
        },
      ),
      { numRuns: 150 },
    )
  })
})
