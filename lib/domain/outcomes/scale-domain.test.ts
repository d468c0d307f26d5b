import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findParameter } from '@/lib/domain/instruments/registry'
import { deriveScaleDomain } from '@/lib/domain/outcomes/scale-domain'

function parameterOf(code: string) {
  const found = findParameter(code, { analgesics: { morphineFactors: 'CDC-2022' } })
  if (!found) throw new Error(`no instrument yields ${code}`)
  return found.parameter
}

describe('the ends of an axis', () => {
  it('are the scale where its maximum is the end of one', () => {
    expect(deriveScaleDomain(parameterOf('NPRS_AVG'), [3, 4])).toEqual([0, 10])
    expect(deriveScaleDomain(parameterOf('ODI'), [])).toEqual([0, 100])
  })

  it.each([
    ['WORK_HOURS', [0, 18, 38, null], [0, 40]],
    ['MME_DAY', [0, 12, 45], [0, 60]],
    ['MME_DAY', [0.4], [0, 0.4]],
    ['DISC_HEIGHT', [7.6, 10.2], [0, 15]],
  ])('follow the values of %s, whose maximum is only a limit of entry', (code, values, ends) => {
    const [from, to] = deriveScaleDomain(parameterOf(code), values)
    expect(from).toBe(ends[0])
    expect(to).toBeCloseTo(ends[1] ?? 0, 12)
  })

  it('are the scale while nothing, or only its minimum, is known', () => {
    expect(deriveScaleDomain(parameterOf('WORK_HOURS'), [])).toEqual([0, 168])
    expect(deriveScaleDomain(parameterOf('WORK_HOURS'), [null, 0])).toEqual([0, 168])
  })

  it('hold every value, and the values fill most of it', () => {
    const hours = { min: 0, max: 1_000_000, maxIsLimit: true } as const
    fc.assert(
      fc.property(fc.array(fc.double({ min: 1e-3, max: 1e6, noNaN: true }), { minLength: 1 }), values => {
        const [from, to] = deriveScaleDomain(hours, values)
        const top = Math.max(...values)
        expect(from).toBe(0)
        expect(to * (1 + 1e-12)).toBeGreaterThanOrEqual(top)
        expect(top / to).toBeGreaterThan(0.5)
      }),
    )
  })
})
