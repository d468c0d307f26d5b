import { describe, expect, it } from 'vitest'
import {
  computeMorphineEquivalents,
  findMorphineTable,
  type OpioidUnit,
} from '@/lib/domain/instruments/morphine-equivalents'

const cdc = findMorphineTable('CDC-2022')
if (!cdc) throw new Error('CDC-2022 is not there')

const take = (drug: string, amount: number | null, unit: OpioidUnit = 'mg') => ({ drug, amount, unit })

describe('morphine equivalents by CDC-2022', () => {
  // Factors of clinical.md §2, times amounts by hand.
  it.each([
    ['codeine', 100, 15],
    ['hydrocodone', 30, 30],
    ['hydromorphone', 8, 40],
    ['methadone', 10, 47],
    ['morphine', 60, 60],
    ['oxycodone', 20, 30],
    ['oxymorphone', 20, 60],
    ['tapentadol', 100, 40],
    ['tramadol', 200, 40],
  ])('%s %d mg a day → %d mg', (drug, amount, expected) => {
    const score = computeMorphineEquivalents([take(drug, amount)], cdc)
    expect(score).toMatchObject({ kind: 'score' })
    expect(score.kind === 'score' && score.value).toBeCloseTo(expected, 9)
  })

  it('takes a fentanyl patch by its rate: 25 µg/h → 60 mg', () => {
    const score = computeMorphineEquivalents([take('Fentanyl patch', 25, 'µg/h')], cdc)
    expect(score).toEqual({ kind: 'score', value: 60 })
  })

  it('adds what was taken', () => {
    const score = computeMorphineEquivalents([take('oxycodone', 20), take('tramadol', 50)], cdc)
    expect(score).toEqual({ kind: 'score', value: 40 })
    expect(computeMorphineEquivalents([], cdc)).toEqual({ kind: 'score', value: 0 })
  })

  it.each([
    ['a drug without a factor', take('buprenorphine', 8)],
    ['the name of something else', take('toString', 8)],
    ['a unit that the factor is not for', take('fentanyl patch', 25)],
    ['an unknown amount', take('morphine', null)],
    ['an amount that is no number', take('morphine', Number.NaN)],
  ])('is missing, never 0, with %s beside a known one', (_, drug) => {
    const missing = { kind: 'missing', reason: 'unknown' }
    expect(computeMorphineEquivalents([drug], cdc)).toEqual(missing)
    expect(computeMorphineEquivalents([take('morphine', 30), drug], cdc)).toEqual(missing)
  })
})
