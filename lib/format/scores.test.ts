import { describe, expect, it } from 'vitest'
import { UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import { formatScore } from '@/lib/format/scores'

describe('a score on a screen', () => {
  it('says unlimited instead of a number of minutes that nobody reported', () => {
    expect(formatScore({ kind: 'duration' }, UNLIMITED_RANK)).toBe('unlimited')
    expect(formatScore({ kind: 'duration' }, 1440)).toBe('1440')
  })

  it('has the decimals in which the parameter is printed', () => {
    expect(formatScore({ kind: 'continuous', decimals: 3 }, 0.85)).toBe('0.850')
    expect(formatScore({ kind: 'continuous', decimals: 3 }, -0.594)).toBe('−0.594')
    expect(formatScore({ kind: 'continuous' }, 6.5)).toBe('6.5')
  })
})
