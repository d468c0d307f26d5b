import { describe, expect, it } from 'vitest'
import { fill, missing, scored } from '@/lib/domain/instruments/__fixtures__/scores'
import { promisPi4a } from '@/lib/domain/instruments/promis-pi-4a'

describe('PROMIS Pain Interference 4a', () => {
  it('gives the published T score of every raw score, 4 to 20', () => {
    const table = [
      41.6, 49.6, 52, 53.9, 55.6, 57.1, 58.5, 59.9, 61.2, 62.5, 63.8, 65.2, 66.6, 68, 69.7, 71.6, 75.6,
    ]
    for (const [index, tScore] of table.entries()) {
      const raw = index + 4
      const items = [0, 1, 2, 3].map(i => Math.floor(raw / 4) + (i < raw % 4 ? 1 : 0))
      const answers = Object.fromEntries(items.map((value, i) => [`PROMIS_PI_${i + 1}`, { value }]))
      expect(promisPi4a.score(answers, {})).toEqual({ PROMIS_PI_T: scored(tScore) })
    }
  })

  it('needs all four items', () => {
    const three = fill(promisPi4a, 5, { PROMIS_PI_2: { missing: 'notAsked' } })
    expect(promisPi4a.score(three, {})).toEqual({ PROMIS_PI_T: missing('tooFewItems') })
  })
})
