import { describe, expect, it } from 'vitest'
import { band, fill, missing, scored } from '@/lib/domain/instruments/__fixtures__/scores'
import { hads } from '@/lib/domain/instruments/hads'

describe('HADS', () => {
  it('sums seven items, odd ones as anxiety and even ones as depression', () => {
    expect(hads.score(fill(hads, 3), {})).toEqual({ HADS_A: scored(21), HADS_D: scored(21) })
    expect(hads.score(fill(hads, 0, { HADS_01: { value: 2 } }), {})).toEqual({
      HADS_A: scored(2),
      HADS_D: scored(0),
    })
  })

  it('takes 7 × the mean of at least four of seven, and nothing of three', () => {
    const odd = ['HADS_01', 'HADS_03', 'HADS_05', 'HADS_07', 'HADS_09', 'HADS_11', 'HADS_13']
    const answered = (count: number) =>
      Object.fromEntries(odd.slice(0, count).map(code => [code, { value: 2 }]))
    expect(hads.score(answered(4), {})).toEqual({ HADS_A: scored(14) })
    expect(hads.score(answered(3), {})).toEqual({ HADS_A: missing('tooFewItems') })
  })

  it('names the bands 0–7, 8–10, 11–21', () => {
    const names = [7, 8, 10, 11].map(value => band(hads, 'HADS_D', value))
    expect(names).toEqual(['no case', 'possible case', 'possible case', 'probable case'])
  })
})
