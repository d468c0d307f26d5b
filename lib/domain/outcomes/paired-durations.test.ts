import { expect, it } from 'vitest'
import { tolerance } from '@/lib/domain/instruments/tolerance'
import { UNLIMITED_RANK as U } from '@/lib/domain/instruments/unlimited'
import { makeCohort, report, visitOf } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'

const [SIT] = tolerance.parameters({})
const pairs = (rows: readonly (readonly (number | null)[])[]) =>
  SIT && visitOf(summarise(makeCohort(rows), { parameters: [report({ ...SIT, code: 'PAIN' })] }), 'M1').pairs

// R: quantile(c(20, 30, 45, 60, Inf), c(.25, .5, .75), type = 7) → 30, 45, 60;
// quantile(c(30, 60, 90, Inf, Inf), …) → 60, 90, Inf.
it('describes the same participants at baseline and at the visit, unlimited above every number', () => {
  const rows = [
    [20, 30],
    [30, 60],
    [45, 90],
    [60, U],
    [U, U],
    [null, 5],
    [5, null],
  ]
  expect(pairs(rows)).toEqual({
    n: 5,
    baseline: { median: 45, q1: 30, q3: 60 },
    visit: { median: 90, q1: 60, q3: null, q3Reason: 'unlimited' },
  })
})

it('says that there are no values where nobody has both', () => {
  expect(pairs([[20, null]])).toMatchObject({ n: 0, baseline: { median: null, medianReason: 'noValues' } })
})
