import { describe, expect, it } from 'vitest'
import {
  atLeast,
  day,
  makeCohort,
  makeProtocol,
  makeRule,
  THREE_ARMS,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import { deriveCrossovers } from '@/lib/domain/outcomes/crossover'

const treatments = [
  { code: 'CELLS', name: 'Cells', arms: ['A'] },
  { code: 'SALINE', name: 'Saline', arms: ['B'] },
  { code: 'PHYSIO', name: 'Physiotherapy' },
]
const given = (treatment: string, date: string | null) => ({
  treatment,
  date: date === null ? null : day(date),
})

describe('a crossover', () => {
  it.each([
    ['the treatment of the own arm', 'A', [given('CELLS', '2024-02-01')], []],
    [
      'that of another arm',
      'B',
      [given('SALINE', '2024-02-01'), given('CELLS', '2024-05-01')],
      ['2024-05-01'],
    ],
    ['that of another arm as the only dose', 'C', [given('CELLS', '2024-05-01')], ['2024-05-01']],
    ['one of unknown date', 'B', [given('CELLS', null)], [null]],
    ['a treatment planned for all', 'B', [given('PHYSIO', '2024-05-01')], []],
    ['nobody knows the arm', null, [given('CELLS', '2024-05-01')], []],
  ])('%s', (_, arm, doses, expected) => {
    expect(deriveCrossovers({ treatments }, arm, doses).map(({ date }) => date)).toEqual(expected)
  })

  it('is an event: composite makes it a non-response from then on, while on first dose leaves later values out', () => {
    // Nobody of arm B has a treatment of its own; its second participant got cells on 2024-04-01, between M1 and M3.
    const data = makeCohort(
      [
        [8, 4, 4],
        [8, 4, 2],
      ],
      index => ({
        arm: 'B',
        doses: index === 1 ? [given('CELLS', '2024-04-01')] : [],
        crossovers: index === 1 ? [{ date: day('2024-04-01') }] : [],
      }),
    )
    const responders = [makeRule('P50', { condition: atLeast(50, 'percent') })]
    const protocol = makeProtocol({ arms: THREE_ARMS, treatments, responders, dayZero: 'randomisation' })
    const at = (strategy: 'composite' | 'whileOnFirstDose', visit: string) =>
      visitOf(summarise(data, { protocol, view: { ...DEFAULT_ANALYSIS_VIEW, strategy } }), visit, 'B')
    expect(at('composite', 'M1').responders[0]).toMatchObject({ k: 2, n: 2 })
    expect(at('composite', 'M3').responders[0]).toMatchObject({ k: 1, n: 2 })
    expect(at('whileOnFirstDose', 'M3')).toMatchObject({ n: 1, mean: 4, missing: { afterEvent: 1 } })
  })
})
