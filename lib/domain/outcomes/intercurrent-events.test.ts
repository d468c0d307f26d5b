import { describe, expect, it } from 'vitest'
import {
  atLeast,
  day,
  makeCohort,
  makeParticipant,
  makeProtocol,
  makeRule,
  makeScore,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { DEFAULT_ANALYSIS_VIEW, type EventStrategy } from '@/lib/domain/outcomes/analysis-view'
import { placeAgainstEvents } from '@/lib/domain/outcomes/intercurrent-events'

const dose = (date: string | null) => ({ treatment: 'DOSE', date: date === null ? null : day(date) })
const rescue = (on: string | null) => ({
  kind: 'surgery' as const,
  day: on === null ? null : day(on),
  isEstimated: false,
})
const FIRST = dose('2024-02-01')

describe('a value against the first intercurrent event', () => {
  it.each([
    ['no event, no date', [FIRST], [], null, 'before'],
    ['the day before the second dose', [FIRST, dose('2024-04-01')], [], '2024-03-31', 'before'],
    ['the day of the second dose', [FIRST, dose('2024-04-01')], [], '2024-04-01', 'after'],
    ['a second dose without a date', [FIRST, dose(null)], [], '2024-04-01', 'unknown'],
    ['two doses without dates', [dose(null), dose(null)], [], '2024-04-01', 'unknown'],
    ['a value without a date', [FIRST, dose('2024-04-01')], [], null, 'unknown'],
    ['the day of a rescue', [FIRST], ['2024-04-01'], '2024-04-01', 'before'],
    ['the day after a rescue', [FIRST], ['2024-04-01'], '2024-04-02', 'after'],
    ['a rescue of unknown day', [FIRST], [null], '2024-04-02', 'unknown'],
    ['a rescue before and one of unknown day', [FIRST], [null, '2024-03-01'], '2024-04-02', 'after'],
    ['a rescue before the second dose', [FIRST, dose('2024-06-01')], ['2024-03-01'], '2024-04-02', 'after'],
  ] as const)('%s', (_, doses, rescues, date, expected) => {
    const person = makeParticipant(1, { doses: [...doses], rescues: rescues.map(rescue) })
    const moment = { date: date === null ? null : day(date), beforeTreatment: false }
    expect(placeAgainstEvents(person, moment)).toBe(expected)
  })

  it('is before a dose of its own day where recorded so', () => {
    const person = makeParticipant(1, { doses: [FIRST, dose('2024-04-01')] })
    expect(placeAgainstEvents(person, { date: day('2024-04-01'), beforeTreatment: true })).toBe('before')
  })
})

/**
 * Values on 2024-03-01 (M1) and 2024-05-01 (M3); windows close 2024-12-31. By participant: no event; a second dose
 * between M1 and M3; surgery between them; surgery of unknown day; a second dose before M1, M3 missing.
 */
const events = [
  { doses: [FIRST] },
  { doses: [FIRST, dose('2024-04-01')] },
  { doses: [FIRST], rescues: [rescue('2024-04-01')] },
  { doses: [FIRST], rescues: [rescue(null)] },
  { doses: [FIRST, dose('2024-02-15')] },
]
const data = makeCohort(
  [
    [8, 4, 4],
    [8, 4, 2],
    [8, 8, 2],
    [8, 4, 4],
    [8, 2, null],
  ],
  index => events[index] ?? {},
)
const protocol = makeProtocol({ responders: [makeRule('P50', { condition: atLeast(50, 'percent') })] })
const by = (strategy: EventStrategy) =>
  summarise(data, { protocol, view: { ...DEFAULT_ANALYSIS_VIEW, strategy } })
const ratesOf = (strategy: EventStrategy, visit: string) =>
  visitOf(by(strategy), visit).responders.map(({ k, n }) => [k, n])

describe('strategies for intercurrent events', () => {
  it('treatment policy: every value counts, whatever happened', () => {
    expect(visitOf(by('treatmentPolicy'), 'M3').mean).toBe(3)
    expect(ratesOf('treatmentPolicy', 'M1')).toEqual([
      [4, 5],
      [4, 5],
    ])
    expect(ratesOf('treatmentPolicy', 'M3')).toEqual([
      [4, 5],
      [4, 4],
    ])
  })

  it('composite: who had an event is a known non-responder from then on, also without a value', () => {
    // M1: the fifth was re-dosed before; of the fourth nobody knows
    expect(ratesOf('composite', 'M1')).toEqual([
      [2, 5],
      [2, 4],
    ])
    // M3: the first responds; the second, third and fifth had an event; of the fourth nobody knows
    expect(ratesOf('composite', 'M3')).toEqual([
      [1, 5],
      [1, 4],
    ])
  })

  it('composite: means keep treatment policy, and the document says so', () => {
    const summary = by('composite')
    expect(visitOf(summary, 'M3')).toMatchObject({ n: 4, mean: 3 })
    expect(summary.view).toMatchObject({
      strategy: 'composite',
      strategyOfMeans: 'treatmentPolicy',
      membersWithEvent: 4,
    })
  })

  it('while on first dose: later values are left out of means, counted, and missing for rates', () => {
    const summary = by('whileOnFirstDose')
    // M3: the first alone is known to be before an event
    expect(visitOf(summary, 'M3')).toMatchObject({
      expected: 5,
      received: 4,
      n: 1,
      mean: 4,
      missing: { afterEvent: 2, eventUndated: 1, overdue: 1 },
    })
    expect(ratesOf('whileOnFirstDose', 'M3')).toEqual([
      [1, 5],
      [1, 1],
    ])
    // M1: 4, 4 and 8 stay
    expect(visitOf(summary, 'M1')).toMatchObject({ n: 3, mean: 16 / 3 })
    expect(summary.view.leftOut.values[0]).toMatchObject({ afterEvent: 3, eventUndated: 2 })
    expect(summary.view.strategyOfMeans).toBe('whileOnFirstDose')
  })

  it('while on first dose: the last value before the event can be carried forward', () => {
    const view = { ...DEFAULT_ANALYSIS_VIEW, strategy: 'whileOnFirstDose', missingData: 'locf' } as const
    const visit = visitOf(summarise(data, { protocol, view }), 'M3')
    // 4, then carried: 4 and 8 of M1; the fourth and fifth have only their baseline, 8
    expect(visit).toMatchObject({ n: 1, nImputed: 4, mean: (4 + 4 + 8 + 8 + 8) / 5, received: 4 })
  })

  it('never touch a baseline, dated or not', () => {
    const scores = data.scores.map(score => (score.visit === 'BL' ? { ...score, date: null } : score))
    const view = { ...DEFAULT_ANALYSIS_VIEW, strategy: 'whileOnFirstDose' } as const
    expect(visitOf(summarise({ ...data, scores }, { protocol, view }), 'BL')).toMatchObject({ n: 5, mean: 8 })
  })
})

describe('values in window only', () => {
  const view = { ...DEFAULT_ANALYSIS_VIEW, inWindowOnly: true }
  const rows = makeCohort([
    [6, 3, 2],
    [7, 5, 4],
    [8, 4, 1],
  ])
  const scores = [
    ...rows.scores.map(score =>
      score.visit !== 'M3' || score.participant === 1
        ? score
        : { ...score, date: score.participant === 2 ? day('2025-01-01') : null },
    ),
    makeScore(2, 'UNS-1', 9, { date: day('2024-06-01') }),
  ]

  it('leave out values outside their window or of an unknown date, and count both', () => {
    const summary = summarise({ ...rows, scores }, { view })
    expect(visitOf(summary, 'M3')).toMatchObject({
      expected: 3,
      received: 3,
      inWindow: 1,
      n: 1,
      mean: 2,
      missing: { outsideWindow: 1, windowUnknown: 1 },
    })
    expect(summary.view.leftOut.values[0]).toMatchObject({ outsideWindow: 1, windowUnknown: 1 })
  })

  it('carry neither a value left out nor one of an unscheduled visit, which lies in no window', () => {
    const summary = summarise({ ...rows, scores }, { view: { ...view, missingData: 'locf' } })
    expect(visitOf(summary, 'M3')).toMatchObject({ n: 1, nImputed: 2, mean: (2 + 5 + 4) / 3 })
    const all = { ...DEFAULT_ANALYSIS_VIEW, missingData: 'locf' } as const
    const missing = scores.filter(({ participant, visit }) => participant !== 2 || visit !== 'M3')
    expect(visitOf(summarise({ ...rows, scores: missing }, { view: all }), 'M3').mean).toBe((2 + 9 + 1) / 3)
  })

  it('leave a baseline out that was measured outside its window', () => {
    const late = rows.scores.map(score =>
      score.visit === 'BL' && score.participant === 1 ? { ...score, date: day('2023-12-31') } : score,
    )
    const summary = summarise({ ...rows, scores: late }, { view })
    expect(visitOf(summary, 'M3').change?.n).toBe(2)
    expect(visitOf(summarise({ ...rows, scores: late }), 'M3').change?.n).toBe(3)
  })
})
