import { describe, expect, it } from 'vitest'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { deriveOdiFigures } from './odi-figures'

function sections(values: readonly number[]): Answers {
  return Object.fromEntries(
    values.map((value, index) => [`ODI_${String(index + 1).padStart(2, '0')}`, { value }]),
  )
}

describe('figures of an ODI', () => {
  it('16 points of nine sections are 16 of 45 and 35.6, as Fairbank and Pynsent give it', () => {
    const figures = deriveOdiFigures(sections([2, 2, 2, 2, 2, 2, 2, 1, 1]), {})
    expect(figures).toMatchObject({ points: 16, possiblePoints: 45, missingSections: 1, band: 'moderate' })
    expect(figures.score).toBeCloseTo(35.6, 1)
  })

  it('with more sections missing than the study allows there is no score and no band', () => {
    const figures = deriveOdiFigures(sections([2, 2]), {})
    expect(figures).toMatchObject({
      score: null,
      band: null,
      points: 4,
      possiblePoints: 10,
      missingSections: 8,
    })
  })

  it('a total that was given stands without points', () => {
    const figures = deriveOdiFigures(
      { ODI: { value: 42 } },
      { odi: { allowTotalOnly: true, maxMissingSections: 1 } },
    )
    expect(figures).toMatchObject({ score: 42, givenTotal: 42, points: 0, answeredSections: 0 })
  })
})
