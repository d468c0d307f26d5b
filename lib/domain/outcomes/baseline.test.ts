import { describe, expect, it } from 'vitest'
import { day, makeParticipant, makeScore } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { deriveBaseline } from '@/lib/domain/outcomes/baseline'

const SINGLE = { visits: ['BL'], rule: 'single' } as const
const MEAN = { visits: ['SCR', 'BL'], rule: 'mean' } as const
const treated = makeParticipant(1, {
  dayZero: day('2024-02-01'),
  doses: [{ treatment: 'DOSE1', date: day('2024-02-01') }],
})
const score = (visit: string, value: number | null, date: string | null, more = {}) =>
  makeScore(1, visit, value, { date: date === null ? null : day(date), ...more })

describe('deriveBaseline', () => {
  it('takes the last value of the named visit dated on or before day zero', () => {
    const rows = [
      score('BL', 7, '2024-01-20'),
      score('BL', 6, '2024-01-30', { repeat: 2 }),
      score('BL', 5, '2024-01-10', { repeat: 3 }),
      score('SCR', 9, '2024-01-31'),
    ]
    expect(deriveBaseline(rows, treated, SINGLE)).toBe(6)
  })

  it('takes a value of the dosing day only if it was recorded as before treatment', () => {
    expect(deriveBaseline([score('BL', 6, '2024-02-01')], treated, SINGLE)).toBeNull()
    expect(deriveBaseline([score('BL', 6, '2024-02-01', { beforeTreatment: true })], treated, SINGLE)).toBe(6)
  })

  it('never takes a value after the first dose, even where day zero is not the treatment', () => {
    const late = makeParticipant(1, { dayZero: day('2024-03-01'), doses: treated.doses })
    expect(deriveBaseline([score('BL', 6, '2024-02-02')], late, SINGLE)).toBeNull()
  })

  it('never takes a value after day zero where nothing was dosed', () => {
    const enrolled = makeParticipant(1, { dayZero: day('2024-02-01') })
    expect(deriveBaseline([score('BL', 6, '2024-02-01')], enrolled, SINGLE)).toBe(6)
    expect(deriveBaseline([score('BL', 6, '2024-02-02')], enrolled, SINGLE)).toBeNull()
  })

  it('keeps an undated value, and any value while day zero is unknown', () => {
    const unknown = makeParticipant(1, { dayZero: null, doses: [] })
    expect(deriveBaseline([score('BL', 6, null)], treated, SINGLE)).toBe(6)
    expect(deriveBaseline([score('BL', 6, '2024-08-01')], unknown, SINGLE)).toBe(6)
  })

  it('prefers a dated value to an undated one', () => {
    const rows = [score('BL', 4, '2024-01-20'), score('BL', 9, null, { repeat: 2 })]
    expect(deriveBaseline(rows, treated, SINGLE)).toBe(4)
  })

  it('averages those of the named visits that have a value', () => {
    const both = [score('SCR', 6, '2024-01-10'), score('BL', 7, '2024-01-20')]
    expect(deriveBaseline(both, treated, MEAN)).toBe(6.5)
    expect(deriveBaseline([score('SCR', null, '2024-01-10'), score('BL', 7, null)], treated, MEAN)).toBe(7)
  })

  it('is missing when no named visit has a value', () => {
    expect(deriveBaseline([score('M1', 3, '2024-03-01')], treated, MEAN)).toBeNull()
    expect(deriveBaseline([], treated, SINGLE)).toBeNull()
  })
})
