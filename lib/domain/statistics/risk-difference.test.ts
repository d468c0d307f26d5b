import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import { expectClose } from '@/lib/domain/statistics/__fixtures__/expect-close'
import fixture from '@/lib/domain/statistics/__fixtures__/risk-difference.json'
import { computeRiskDifference } from '@/lib/domain/statistics/risk-difference'

const counts = fc
  .integer({ min: 1, max: 500 })
  .chain(n => fc.tuple(fc.integer({ min: 0, max: n }), fc.constant(n)))

describe('risk difference', () => {
  it.each(fixture)('agrees with R: $k1 of $n1 against $k2 of $n2', table => {
    const { riskDifference, newcombe } = computeRiskDifference(table.k1, table.n1, table.k2, table.n2)
    expectClose(riskDifference.value, table.riskDifference, 1e-6)
    for (const [index, end] of table.newcombe.entries())
      expectClose(newcombe.value?.[index] as number, end, 1e-6)
  })

  it('agrees with R in the generated tables, up to 10,000 in an arm', () => {
    checkEach<(typeof fixture)[number]>('two-proportions-generated', table => {
      const { riskDifference, newcombe } = computeRiskDifference(table.k1, table.n1, table.k2, table.n2)
      expectClose(riskDifference.value, table.riskDifference, 1e-6)
      for (const [i, end] of table.newcombe.entries()) expectClose(newcombe.value?.[i] as number, end, 1e-6)
    })
  })

  it('has no value where an arm is empty', () => {
    for (const result of [computeRiskDifference(0, 0, 1, 2), computeRiskDifference(1, 2, 0, 0)]) {
      for (const leaf of Object.values(result)) expect(leaf).toEqual({ value: null, reason: 'noValues' })
    }
  })

  it('holds the estimate, stays within -1 and 1, and turns sign when the arms are swapped', () => {
    fc.assert(
      fc.property(counts, counts, ([k1, n1], [k2, n2]) => {
        const { riskDifference, newcombe } = computeRiskDifference(k1, n1, k2, n2)
        const swapped = computeRiskDifference(k2, n2, k1, n1)
        const [lower, upper] = newcombe.value as readonly [number, number]
        expect(lower).toBeGreaterThanOrEqual(-1)
        expect(lower).toBeLessThanOrEqual(riskDifference.value as number)
        expect(upper).toBeGreaterThanOrEqual(riskDifference.value as number)
        expect(upper).toBeLessThanOrEqual(1)
        expectClose(-(swapped.newcombe.value?.[1] as number), lower, 1e-5)
        expectClose(-(swapped.newcombe.value?.[0] as number), upper, 1e-5)
      }),
    )
  })
})
