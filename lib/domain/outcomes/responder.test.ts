import { describe, expect, it } from 'vitest'
import { atLeast, PAIN } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { evaluateResponder } from '@/lib/domain/outcomes/responder'
import type { ResponderCondition } from '@/lib/domain/protocol/protocol'

type Values = Readonly<Record<string, readonly [baseline: number | null, value: number | null]>>

/** Keys are `PARAMETER@VISIT`. */
function evaluate(condition: ResponderCondition, values: Values, visit = 'M12') {
  return evaluateResponder(condition, visit, (parameter, at) => {
    const known = values[`${parameter}@${at}`]
    return known ? { parameter: { ...PAIN, code: parameter }, baseline: known[0], value: known[1] } : null
  })
}
const pain = (baseline: number | null, value: number | null) => ({ 'PAIN@M12': [baseline, value] as const })

describe('evaluateResponder', () => {
  it('counts 7 to 4.9 as a 30 % responder, though floating point says 29.999…', () => {
    expect(evaluate(atLeast(30, 'percent'), pain(7, 4.9)).met).toBe(true)
    expect(evaluate(atLeast(30, 'percent'), pain(7, 4.90001)).met).toBe(false)
  })

  it('does not take floating-point noise for a reduction', () => {
    const any = { parameter: 'PAIN', improvement: { above: 0, unit: 'points' } } as const
    expect(evaluate(any, pain(0.1 + 0.2, 0.3)).met).toBe(false)
    expect(evaluate(any, pain(7, 6.9)).met).toBe(true)
  })

  it('leaves a percentage of a baseline of 0 undefined, and points of it defined', () => {
    expect(evaluate(atLeast(30, 'percent'), pain(0, 3))).toEqual({
      met: false,
      complete: false,
      baselineZero: true,
    })
    expect(evaluate(atLeast(30, 'percent'), pain(0, null)).baselineZero).toBe(false)
    expect(evaluate(atLeast(2, 'points'), pain(0, 3))).toEqual({
      met: false,
      complete: true,
      baselineZero: false,
    })
  })

  it('leaves a missing visit or baseline incomplete', () => {
    for (const values of [pain(7, null), pain(null, 3), {}]) {
      expect(evaluate(atLeast(2, 'points'), values)).toMatchObject({ met: false, complete: false })
    }
  })

  it('asks a composite of all its scales at all the visits it names', () => {
    const composite = {
      all: [atLeast(50, 'percent', 'VAS'), atLeast(15, 'points', 'ODI')],
      visits: ['M12', 'M24'],
    }
    const good: Values = {
      'VAS@M12': [80, 40],
      'ODI@M12': [50, 35],
      'VAS@M24': [80, 20],
      'ODI@M24': [50, 30],
    }
    expect(evaluate(composite, good, 'M24')).toEqual({ met: true, complete: true, baselineZero: false })
    expect(evaluate(composite, { ...good, 'VAS@M12': [80, 41] }, 'M24').met).toBe(false)
    expect(evaluate(composite, { ...good, 'ODI@M12': [50, null] }, 'M24')).toMatchObject({
      met: false,
      complete: false,
    })
  })

  it('combines "at least 20 percent and 20 mm of one, or 20 percent of the other"', () => {
    const either = {
      any: [
        { all: [atLeast(20, 'percent', 'VAS'), atLeast(20, 'points', 'VAS')] },
        atLeast(20, 'percent', 'ODI'),
      ],
    }
    expect(evaluate(either, { 'VAS@M12': [60, 40], 'ODI@M12': [40, 40] }).met).toBe(true)
    expect(evaluate(either, { 'VAS@M12': [60, 45], 'ODI@M12': [40, 32] }).met).toBe(true)
    expect(evaluate(either, { 'VAS@M12': [60, 45], 'ODI@M12': [40, 33] }).met).toBe(false)
  })

  it('counts one scale met as a response though the other is missing, yet not as an observed case', () => {
    const either = { any: [atLeast(20, 'percent', 'VAS'), atLeast(20, 'percent', 'ODI')] }
    expect(evaluate(either, { 'VAS@M12': [60, 20], 'ODI@M12': [40, null] })).toMatchObject({
      met: true,
      complete: false,
    })
  })

  it('lets a condition name its own visit inside a composite', () => {
    const own = { all: [{ ...atLeast(2, 'points'), visits: ['M6'] }, atLeast(3, 'points')] }
    expect(evaluate(own, { 'PAIN@M6': [7, 5], 'PAIN@M12': [7, 4] }).met).toBe(true)
    expect(evaluate(own, { 'PAIN@M6': [7, 6], 'PAIN@M12': [7, 4] }).met).toBe(false)
  })
})
