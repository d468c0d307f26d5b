import { describe, expect, it } from 'vitest'
import { band, fill, missing, scored } from '@/lib/domain/instruments/__fixtures__/scores'
import { dass21 } from '@/lib/domain/instruments/dass21'

describe('DASS-21', () => {
  it('is twice the sum of seven items, each in its own scale', () => {
    expect(dass21.score(fill(dass21, 1), {})).toEqual({
      DASS_D: scored(14),
      DASS_A: scored(14),
      DASS_S: scored(14),
    })
    expect(dass21.score(fill(dass21, 3), {})).toEqual({
      DASS_D: scored(42),
      DASS_A: scored(42),
      DASS_S: scored(42),
    })
    // The key of the manual: depression 3 5 10 13 16 17 21, anxiety 2 4 7 9 15 19 20, stress 1 6 8 11 12 14 18.
    const one = (item: string) => dass21.score(fill(dass21, 0, { [item]: { value: 3 } }), {})
    expect(one('DASS21_21')).toMatchObject({ DASS_D: scored(6), DASS_A: scored(0), DASS_S: scored(0) })
    expect(one('DASS21_20')).toMatchObject({ DASS_D: scored(0), DASS_A: scored(6), DASS_S: scored(0) })
    expect(one('DASS21_18')).toMatchObject({ DASS_D: scored(0), DASS_A: scored(0), DASS_S: scored(6) })
  })

  it('prorates one missing item of a scale and refuses two', () => {
    const lacking = (...codes: string[]) =>
      dass21.score(
        fill(dass21, 2, Object.fromEntries(codes.map(code => [code, { missing: 'declined' }]))),
        {},
      )
    expect(lacking('DASS21_03').DASS_D).toEqual(scored(28))
    expect(lacking('DASS21_03', 'DASS21_05')).toMatchObject({
      DASS_D: missing('tooFewItems'),
      DASS_A: scored(28),
    })
  })

  it.each([
    ['DASS_D', [9, 10, 13, 14, 20, 21, 27, 28]],
    ['DASS_A', [7, 8, 9, 10, 14, 15, 19, 20]],
    ['DASS_S', [14, 15, 18, 19, 25, 26, 33, 34]],
  ])('names the bands of %s at their limits', (code, limits) => {
    const mild = ['normal', 'mild', 'mild', 'moderate', 'moderate', 'severe', 'severe', 'extremely severe']
    expect(limits.map(value => band(dass21, code, value))).toEqual(mild)
  })
})
