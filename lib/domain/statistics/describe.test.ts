import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import fixture from '@/lib/domain/statistics/__fixtures__/describe.json'
import { expectClose, expectComputed } from '@/lib/domain/statistics/__fixtures__/expect-close'
import { describe as describeSample } from '@/lib/domain/statistics/describe'
import { quantileType7 } from '@/lib/domain/statistics/quantile'

const byName = (name: string) => fixture.find(sample => sample.name === name)?.values as number[]

describe('describe', () => {
  it.each(fixture)('agrees with R: $name', sample => {
    const description = describeSample(sample.values)
    const scale = Math.abs(sample.mean)
    expect(description.n).toBe(sample.n)
    expectComputed(description.mean, sample.mean)
    // noise around a constant has a standard deviation of noise: only its size can agree
    expectComputed(description.sdSample, sample.sdSample, sample.ciLower === null ? 1e-5 * scale : 0)
    expectComputed(description.median, sample.median)
    expectComputed(description.q1, sample.q1)
    expectComputed(description.q3, sample.q3)
    if (sample.ciLower !== null) {
      expectComputed(description.ciLower, sample.ciLower, scale)
      expectComputed(description.ciUpper, sample.ciUpper, scale)
    }
    for (const [index, quantile] of sample.quantiles.entries()) {
      expectComputed(quantileType7(sample.values, sample.p[index] as number), quantile)
    }
  })

  it('agrees with R in the generated samples', () => {
    checkEach<{
      values: number[]
      mean: number
      sdSample: number | null
      ci: (number | null)[]
      p: number[]
      quantiles: number[]
    }>('describe-generated', sample => {
      const { mean, sdSample, ciLower, ciUpper, median } = describeSample(sample.values)
      const scale = Math.abs(sample.mean)
      expectComputed(mean, sample.mean)
      expectComputed(sdSample, sample.sdSample)
      // R's t.test stops at a constant sample, where the interval is the mean; one value has none
      const collapsed = sample.values.length > 1 ? sample.mean : null
      expectComputed(ciLower, sample.ci[0] ?? collapsed, scale)
      expectComputed(ciUpper, sample.ci[1] ?? collapsed, scale)
      expectComputed(median, sample.quantiles[1] as number)
      for (const [index, quantile] of sample.quantiles.entries()) {
        expectComputed(quantileType7(sample.values, sample.p[index] as number), quantile)
      }
    })
  })

  it('gives a reason for every leaf of an empty sample', () => {
    const { n, ...leaves } = describeSample([])
    expect(n).toBe(0)
    for (const leaf of Object.values(leaves)) expect(leaf).toEqual({ value: null, reason: 'noValues' })
  })

  it('gives one value its mean and quartiles, but neither spread nor interval', () => {
    const { sdSample, ciLower, ciUpper, mean, median, q1, q3 } = describeSample([4])
    for (const leaf of [sdSample, ciLower, ciUpper]) {
      expect(leaf).toEqual({ value: null, reason: 'needsTwoValues' })
    }
    for (const leaf of [mean, median, q1, q3]) expect(leaf.value).toBe(4)
  })

  it.each([
    'two equal values',
    'all zero',
    'constant with a binary remainder',
    'constant but for floating-point noise',
  ])('collapses the interval to the mean: %s', name => {
    const { mean, ciLower, ciUpper } = describeSample(byName(name))
    expect(ciLower).toEqual(mean)
    expect(ciUpper).toEqual(mean)
  })

  it('gives equal values their own value as mean and 0 as spread', () => {
    const { mean, sdSample } = describeSample(byName('constant with a binary remainder'))
    expect(mean.value).toBe(0.1)
    expect(sdSample.value).toBe(0)
  })

  it('refuses what is no measurement', () => {
    for (const value of [Number.NaN, Number.POSITIVE_INFINITY, 1e200]) {
      expect(() => describeSample([1, value])).toThrow(RangeError)
      expect(() => quantileType7([1, value], 0.5)).toThrow(RangeError)
    }
    expect(() => quantileType7([1], 1.1)).toThrow(RangeError)
  })

  it('keeps every estimate inside the sample and the mean inside its interval', () => {
    const values = fc.array(
      fc.integer({ min: -1e9, max: 1e9 }).map(value => value / 1000),
      { minLength: 2, maxLength: 40 },
    )
    fc.assert(
      fc.property(values, sample => {
        const { mean, ciLower, ciUpper, median, q1, q3 } = describeSample(sample)
        const ordered = [
          Math.min(...sample),
          q1.value,
          median.value,
          q3.value,
          Math.max(...sample),
        ] as number[]
        expect(ordered).toEqual(ordered.toSorted((a, b) => a - b))
        expect(ciLower.value).toBeLessThanOrEqual(mean.value as number)
        expect(ciUpper.value).toBeGreaterThanOrEqual(mean.value as number)
      }),
    )
  })

  it('agrees with R at the 95 % interval of the worked example', () => {
    const sample = fixture.find(({ name }) => name === 'negative and tied')
    expectClose(describeSample(sample?.values ?? []).ciLower.value, sample?.ciLower as number)
  })
})
