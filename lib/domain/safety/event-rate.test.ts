import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import fixture from '@/lib/domain/safety/__fixtures__/poisson-rate.json'
import { computeEventRate } from '@/lib/domain/safety/event-rate'
import { expectClose } from '@/lib/domain/statistics/__fixtures__/expect-close'

describe('events per time', () => {
  it('are tried on at least 200 cases', () => {
    expect(fixture.length).toBeGreaterThanOrEqual(200)
  })

  it.each(fixture)('agree with R: $events in $time', ({ events, time, rate, ci }) => {
    const { value } = computeEventRate(events, time)
    expectClose(value?.rate ?? null, rate)
    expectClose(value?.ci[0] ?? null, ci[0] as number)
    expectClose(value?.ci[1] ?? null, ci[1] as number)
  })

  it('without an event have an upper bound of −ln(.025) over the time', () => {
    const { value } = computeEventRate(0, 9)
    expect(value?.rate).toBe(0)
    expect(value?.ci[0]).toBe(0)
    expectClose(value?.ci[1] ?? null, 3.6888794541139363 / 9)
  })

  it('have no value without time, and refuse what is no count or no time', () => {
    expect(computeEventRate(3, 0)).toEqual({ value: null, reason: 'noValues' })
    expect(() => computeEventRate(-1, 2)).toThrow(RangeError)
    expect(() => computeEventRate(0.5, 2)).toThrow(RangeError)
    expect(() => computeEventRate(1, Number.NaN)).toThrow(RangeError)
    expect(() => computeEventRate(1, Number.POSITIVE_INFINITY)).toThrow(RangeError)
  })

  it('lie within their interval, which is a rate for any unit of time', () => {
    const cases = fc.tuple(fc.integer({ min: 0, max: 3000 }), fc.double({ min: 0.01, max: 1e4, noNaN: true }))
    fc.assert(
      fc.property(cases, ([events, time]) => {
        const own = computeEventRate(events, time).value
        const unit = computeEventRate(events, 1).value
        expect(own?.ci[0]).toBeLessThanOrEqual(own?.rate ?? -1)
        expect(own?.ci[1]).toBeGreaterThan(own?.rate ?? Number.POSITIVE_INFINITY)
        expectClose(own?.ci[1] ?? null, (unit?.ci[1] ?? 0) / time)
      }),
    )
  })
})
