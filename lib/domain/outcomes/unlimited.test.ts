import { describe, expect, it } from 'vitest'
import { tolerance } from '@/lib/domain/instruments/tolerance'
import { UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import {
  atLeast,
  BY_ARM,
  makeCohort,
  makeProtocol,
  makeRule,
  report,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { deriveBaseline } from '@/lib/domain/outcomes/baseline'
import { computeChange } from '@/lib/domain/outcomes/improvement'

const WALK = { ...tolerance.parameters({})[2], code: 'PAIN' } as NonNullable<
  ReturnType<typeof tolerance.parameters>[number]
>
const U = UNLIMITED_RANK

const m1 = (rows: readonly (readonly (number | null)[])[]) =>
  visitOf(
    summarise(makeCohort(rows), {
      protocol: makeProtocol({ responders: [makeRule('PLUS30', { condition: atLeast(30, 'points') })] }),
      parameters: [report(WALK)],
      masking: BY_ARM,
    }),
    'M1',
  )

describe('an unlimited duration among the values', () => {
  const visit = m1([
    [20, 30],
    [30, 60],
    [45, 90],
    [60, U],
    [U, U],
  ])

  it('is never averaged as a number: no mean, no SD, no interval, and the reason says so', () => {
    expect(visit).toMatchObject({ n: 5, mean: null, meanReason: 'unlimited', sdSample: null, ciLower: null })
    expect(visit.change).toMatchObject({ n: 5, mean: null, meanReason: 'unlimited', dz: null })
    expect(visit.change).not.toHaveProperty('nReason')
    expect(visit.change?.pairedT).toMatchObject({ pTwoSided: null, pTwoSidedReason: 'unlimited' })
  })

  // R: quantile(c(30, 60, 90, Inf, Inf), c(.25, .5, .75), type = 7) → 60, 90, Inf.
  it('ranks above every number in the quartiles, and is named where a quartile reaches it', () => {
    expect(visit).toMatchObject({ q1: 60, median: 90, q3: null, q3Reason: 'unlimited' })
  })

  // Four rises without a tie, the largest to unlimited, one pair unlimited throughout: exact p = 2 / 2^4.
  it('is the highest rank of the signed-rank test, and no change from unlimited to unlimited', () => {
    expect(visit.change?.wilcoxonSignedRank).toEqual({ pTwoSided: 0.125, method: 'exact', nNonZero: 4 })
  })

  it('is counted', () => {
    expect(visit.categories).toEqual([{ level: U, label: 'Unlimited', k: 2, n: 5 }])
  })

  it('reaches any number of minutes gained', () => {
    const rate = visit.responders.find(({ method }) => method === 'observedCases')
    expect([rate?.k, rate?.n]).toEqual([3, 5])
  })
})

describe('durations that are all limited', () => {
  it('are averaged like any number', () => {
    const visit = m1([
      [20, 30],
      [30, 60],
    ])
    expect(visit).toMatchObject({ mean: 45, median: 45, categories: [{ label: 'Unlimited', k: 0, n: 2 }] })
    expect(visit.change?.mean).toBe(20)
  })
})

describe('one participant', () => {
  it('has no change in minutes to or from unlimited', () => {
    expect(computeChange(WALK, 60, U)).toBeNull()
    expect(computeChange(WALK, U, 60)).toBeNull()
    expect(computeChange(WALK, 60, 90)).toBe(30)
  })

  it('has no mean baseline of a number and unlimited', () => {
    const scores = makeCohort([[60, U]]).scores
    const plan = { visits: ['BL', 'M1'], rule: 'mean' as const }
    expect(deriveBaseline(scores, { dayZero: null, doses: [] }, plan, WALK)).toBeNull()
    const both = makeCohort([[U, U]]).scores
    expect(deriveBaseline(both, { dayZero: null, doses: [] }, plan, WALK)).toBe(U)
  })
})
