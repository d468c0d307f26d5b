import { describe, expect, it } from 'vitest'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'
import fixture from '@/lib/domain/statistics/__fixtures__/distributions.json'
import { expectClose } from '@/lib/domain/statistics/__fixtures__/expect-close'
import {
  computeT975,
  computeTwoSidedNormal,
  computeTwoSidedT,
  Z_975,
} from '@/lib/domain/statistics/distributions'

const normal = fixture[0] as { z975: number; z: number[]; pTwoSided: number[] }
const byDf = fixture.slice(1) as { df: number; t975: number; t: number[]; pTwoSided: number[] }[]

describe('distributions', () => {
  it('has the t quantile of the clinical reference at 8 degrees of freedom', () => {
    expect(computeT975(8)).toBeCloseTo(2.306, 3)
  })

  it.each(byDf)('agrees with R on Student t at df $df', ({ df, t975, t, pTwoSided }) => {
    expectClose(computeT975(df), t975)
    for (const [index, p] of pTwoSided.entries()) expectClose(computeTwoSidedT(t[index] as number, df), p)
  })

  it('agrees with R at the generated points', () => {
    checkEach<{ df: number; t: number; t975: number; pTwoSided: number; pNormal: number }>(
      'distributions-generated',
      ({ df, t, t975, pTwoSided, pNormal }) => {
        expectClose(computeT975(df), t975)
        expectClose(computeTwoSidedT(t, df), pTwoSided)
        expectClose(computeTwoSidedNormal(t), pNormal)
      },
    )
  })

  it('agrees with R on the normal distribution, far into the tail', () => {
    expectClose(Z_975, normal.z975)
    for (const [index, p] of normal.pTwoSided.entries()) {
      expectClose(computeTwoSidedNormal(normal.z[index] as number), p)
    }
  })
})
