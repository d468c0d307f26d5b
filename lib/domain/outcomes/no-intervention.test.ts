import { describe, expect, it } from 'vitest'
import {
  atLeast,
  day,
  makeCohort,
  makeProtocol,
  makeRule,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { evaluateNoIntervention } from '@/lib/domain/outcomes/no-intervention'
import type { Rescue } from '@/lib/domain/outcomes/rescue'
import type { ResponderCondition } from '@/lib/domain/protocol/protocol'

const rescue = (on: string | null): Rescue => ({
  kind: 'surgery',
  day: on === null ? null : day(on),
  isEstimated: false,
})
const [MARCH, MAY] = [day('2024-03-01'), day('2024-05-01')]
const met = { met: true, complete: true, baselineZero: false }
const notMet = { ...met, met: false }
const unknown = { met: false, complete: false, baselineZero: false }

describe('evaluateNoIntervention', () => {
  it.each([
    ['none at all, dates or no dates', [], [MARCH, null], met],
    ['one before', ['2024-02-29'], [MARCH], notMet],
    ['one on the day itself', ['2024-03-01'], [MARCH], met],
    ['one between the two visits asked for', ['2024-04-01'], [MARCH, MAY], notMet],
    ['one after both', ['2024-06-01'], [MARCH, MAY], met],
    ['one of unknown day', [null], [MARCH], unknown],
    ['one before and one unknown', [null, '2024-02-02'], [MARCH], notMet],
    ['one, and a value without a date', ['2024-04-01'], [null], unknown],
    ['one before, and another value without a date', ['2024-02-02'], [MARCH, null], notMet],
    ['one, and no value', ['2024-04-01'], [], met],
  ])('%s', (_, days, dates, expected) => {
    expect(evaluateNoIntervention(days.map(rescue), dates)).toEqual(expected)
  })
})

describe('a responder rule that asks for no intervention', () => {
  // Values at 2024-03-01 (M1) and 2024-05-01 (M3); all five improve by half at both.
  const rescues = [[], ['2024-02-10'], ['2024-04-01'], [null], ['2024-05-02']]
  const data = makeCohort(
    rescues.map(() => [6, 3, 3]),
    index => ({ rescues: (rescues[index] ?? []).map(rescue) }),
  )
  const rates = (condition: ResponderCondition, visit: string, noIntervention = true) => {
    const protocol = makeProtocol({ responders: [makeRule('R', { condition, noIntervention })] })
    return visitOf(summarise(data, { protocol }), visit).responders.map(({ k, n }) => [k, n])
  }

  it('counts a rescue before the visit as no response, and an unknown day as no observed case', () => {
    expect(rates(atLeast(50, 'percent'), 'M1')).toEqual([
      [3, 5],
      [3, 4],
    ])
    expect(rates(atLeast(50, 'percent'), 'M3')).toEqual([
      [2, 5],
      [2, 4],
    ])
  })

  it('asks at every visit that the rule names', () => {
    expect(rates({ ...atLeast(50, 'percent'), visits: ['M1', 'M3'] }, 'M3')).toEqual([
      [2, 5],
      [2, 4],
    ])
  })

  it('leaves other rules as they are', () => {
    expect(rates(atLeast(50, 'percent'), 'M3', false)).toEqual([
      [5, 5],
      [5, 5],
    ])
  })

  it('knows no rescue after the data cut', () => {
    const protocol = makeProtocol({
      responders: [makeRule('R', { condition: atLeast(50, 'percent'), noIntervention: true })],
    })
    const participants = data.participants.map(one => ({ ...one, rescues: [rescue('2024-02-10')] }))
    const at = (dataCut: string) =>
      visitOf(summarise({ ...data, participants }, { protocol, dataCut: day(dataCut) }), 'M1').responders[1]
    expect(at('2030-01-01')).toMatchObject({ k: 0, n: 5 })
    expect(at('2024-02-09')).toMatchObject({ n: 0 })
  })
})
