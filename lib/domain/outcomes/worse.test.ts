import { describe, expect, it } from 'vitest'
import { makeCohort, visitOf } from './__fixtures__/cohort'
import { summarise } from './__fixtures__/summarise'
import { DEFAULT_ANALYSIS_VIEW } from './analysis-view'

const nobodyWorse = makeCohort([6, 7, 5, 8, 6, 7, 4, 6, 7].map(baseline => [baseline, null, baseline - 1]))

describe('who is worse', () => {
  // clinical.md §4: 0/9 has the exact interval 0 to 33.6 %.
  it('has the exact interval of its proportion, where nobody is too', () => {
    const { worse } = visitOf(summarise(nobodyWorse), 'M3')
    expect(worse).toMatchObject({ k: 0, n: 9 })
    expect(worse.clopperPearson?.[0]).toBe(0)
    expect((worse.clopperPearson?.[1] ?? 0) * 100).toBeCloseTo(33.6, 1)
  })

  it('counts measured values alone, whatever fills missing ones in', () => {
    const data = makeCohort([
      [5, null, 7],
      [5, null, null],
    ])
    const view = { ...DEFAULT_ANALYSIS_VIEW, missingData: 'worstCase' } as const
    expect(visitOf(summarise(data, { view }), 'M3').worse).toMatchObject({ k: 1, n: 1 })
    expect(visitOf(summarise(data, { view }), 'M3').nImputed).toBe(1)
  })
})
