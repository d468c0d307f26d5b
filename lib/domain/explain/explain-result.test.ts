import { describe, expect, it } from 'vitest'
import { explainResult } from '@/lib/domain/explain/explain-result'
import { findNumber } from '@/lib/domain/explain/find-number'
import {
  atLeast,
  day,
  makeCohort,
  makeProtocol,
  makeRule,
  makeScheduled,
  makeScore,
  PAIN,
  report,
  THREE_ARMS,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { prepare } from '@/lib/domain/outcomes/__fixtures__/prepare'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import type { CohortRequest } from '@/lib/domain/outcomes/prepared-cohort'

const ANY = makeRule('ANY', { condition: { parameter: 'PAIN', improvement: { above: 0, unit: 'points' } } })
const HALF = makeRule('HALF', { condition: atLeast(50, 'percent') })
const protocol = makeProtocol({ responders: [ANY, HALF] })

function explain(
  data: CohortData,
  asked: { code: string; visit: string },
  changes: Partial<CohortRequest> = {},
) {
  const cohort = prepare(data, { protocol, ...changes })
  const found = findNumber(cohort, changes.protocol ?? protocol, asked)
  if ('field' in found) throw new Error(`${found.field} ${found.value}`)
  return explainResult(cohort, changes.protocol ?? protocol, found)
}

/** Baseline, M1, M3. Checked by hand: of nine due at M3 one has no baseline, one a baseline of 0, one was missed. */
const NINE = makeCohort([
  [8, 6, 2],
  [6, 3, 3],
  [7, 7, 7],
  [4, 4, 6],
  [8, 8, 5],
  [null, 4, 3],
  [0, 2, 2],
  [6, 5, null],
  [5, 5, 2.5],
])

describe('an explanation', () => {
  it('puts everybody in or out of a rule, with the reason', () => {
    const { arms, participants } = explain(NINE, { code: 'HALF', visit: 'M3' })
    expect(arms[0]?.ruleGroups).toEqual([
      {
        code: 'HALF',
        groups: [
          { place: 'in', reason: 'met', n: 3 },
          { place: 'notMet', reason: 'noBaseline', n: 1 },
          { place: 'notMet', reason: 'notMet', n: 3 },
          { place: 'notMet', reason: 'baselineZero', n: 1 },
          { place: 'notMet', reason: 'overdue', n: 1 },
        ],
      },
    ])
    expect(participants.map(({ outcomes }) => outcomes[0]?.reason)).toEqual([
      ...['met', 'met', 'notMet', 'notMet', 'notMet', 'noBaseline', 'baselineZero', 'overdue', 'met'],
    ])
    expect(participants[0]?.outcomes[0]).toMatchObject({
      rates: [
        { method: 'nonResponderImputation', inN: true, inK: true },
        { method: 'observedCases', inN: true, inK: true },
      ],
      parts: [{ baseline: 8, met: true, improvement: { asked: 75 }, value: { value: 2, window: 'inside' } }],
    })
    // 3 of all nine, 3 of the six whose improvement is defined.
    expect(arms[0]?.numbers.responders.map(({ k, n }) => [k, n])).toEqual([
      [3, 9],
      [3, 6],
    ])
  })

  it('puts everybody in or out of a mean and a change', () => {
    const { arms, participants, rules } = explain(NINE, { code: 'PAIN', visit: 'M3' })
    expect(rules.map(({ rule }) => rule.code)).toEqual(['ANY', 'HALF'])
    expect(arms[0]?.groups).toEqual([
      { place: 'in', reason: 'counted', n: 7 },
      { place: 'in', reason: 'noBaseline', n: 1 },
      { place: 'out', reason: 'overdue', n: 1 },
    ])
    expect(participants[5]).toMatchObject({
      baseline: { value: null, rows: [] },
      countedIn: { n: true, mean: true, change: false },
      improvement: { change: null, changeReason: 'noBaseline' },
    })
  })

  it('says of each baseline row whether it made the baseline, and why not', () => {
    const doses = [{ treatment: 'D', date: day('2024-02-01') }]
    const data = makeCohort([[null, null, 3]], () => ({ doses }))
    const rows = [
      makeScore(1, 'BL', 6, { date: day('2024-01-10') }),
      makeScore(1, 'BL', 7, { date: day('2024-01-20'), repeat: 2 }),
      makeScore(1, 'BL', 5, { date: day('2024-02-01'), repeat: 3 }),
      makeScore(1, 'BL', 4, { date: day('2024-02-02'), repeat: 4 }),
      makeScore(1, 'BL', null, { repeat: 5, missingReason: 'declined' }),
    ]
    const { participants } = explain(
      { ...data, scores: [...rows, ...data.scores] },
      { code: 'PAIN', visit: 'M3' },
    )
    expect(participants[0]?.baseline.value).toBe(7)
    expect(participants[0]?.baseline.rows.map(({ counts, reason }) => [counts, reason])).toEqual([
      [false, 'superseded'],
      [true, null],
      [false, 'onDosingDay'],
      [false, 'afterFirstDose'],
      [false, 'declined'],
    ])
  })

  it('shows what a control left out, and what was filled in instead', () => {
    const data = {
      ...NINE,
      schedule: NINE.schedule.map(each =>
        each.visit === 'M3' && each.participant === 1 ? makeScheduled(1, 'M3', '2024-05-02') : each,
      ),
    }
    const view = { ...DEFAULT_ANALYSIS_VIEW, inWindowOnly: true, missingData: 'bocf' as const }
    const { participants, arms } = explain(data, { code: 'HALF', visit: 'M3' }, { view })
    expect(participants[0]?.value).toMatchObject({
      ...{ value: 8, received: 2, window: 'outside', missingReason: 'outsideWindow', filledIn: 'bocf' },
    })
    expect(participants[0]?.outcomes[0]).toMatchObject({ place: 'notMet', reason: 'outsideWindow' })
    expect(arms[0]?.numbers.responders.map(({ method, k, n }) => [method, k, n])).toEqual([
      ['nonResponderImputation', 2, 9],
      ['observedCases', 2, 5],
      ['bocf', 2, 9],
    ])
  })

  it('takes who is not due out of every rate, and an early value into the mean', () => {
    const data = {
      ...NINE,
      schedule: NINE.schedule.map(each =>
        each.visit === 'M3' && each.participant <= 2
          ? makeScheduled(each.participant, 'M3', '2024-04-01', '2031-01-01')
          : each,
      ),
    }
    const { participants, arms } = explain(data, { code: 'PAIN', visit: 'M3' })
    expect(participants[0]).toMatchObject({
      standing: { place: 'in', reason: 'early' },
      countedIn: { mean: true, change: true },
    })
    expect(participants[0]?.outcomes[1]).toMatchObject({ place: 'out', reason: 'notYetDue' })
    expect(arms[0]?.ruleGroups[1]?.groups.at(-1)).toEqual({ place: 'out', reason: 'notYetDue', n: 2 })
    expect(arms[0]?.groups).toContainEqual({ place: 'in', reason: 'early', n: 2 })
  })

  it('tells each part of a composite rule, the rescue and the event that decided', () => {
    const rule = makeRule('BOTH', {
      condition: { all: [atLeast(50, 'percent'), atLeast(2, 'points', 'ODI')], visits: ['M1', 'M3'] },
      noIntervention: true,
    })
    const composite = makeProtocol({ responders: [rule] })
    const odi = NINE.scores.map(score => ({ ...score, parameter: 'ODI' }))
    const second = [
      { treatment: 'D', date: day('2024-02-01') },
      { treatment: 'D', date: day('2024-02-15') },
    ]
    const data = {
      ...NINE,
      scores: [...NINE.scores, ...odi],
      participants: NINE.participants.map((each, index) => ({
        ...each,
        ...(index === 1
          ? { rescues: [{ kind: 'surgery' as const, day: day('2024-02-10'), isEstimated: false }] }
          : {}),
        ...(index === 8 ? { doses: second } : {}),
      })),
    }
    const changes = {
      protocol: composite,
      parameters: [report(PAIN), report({ ...PAIN, code: 'ODI' })],
      view: { ...DEFAULT_ANALYSIS_VIEW, strategy: 'composite' as const },
    }
    const { participants } = explain(data, { code: 'BOTH', visit: 'M3' }, changes)
    expect(participants[0]?.outcomes[0]?.parts.map(({ met, value }) => [value?.visit, met])).toEqual([
      ['M1', false],
      ['M1', true],
      ['M3', true],
      ['M3', true],
    ])
    expect(participants.map(({ outcomes }) => outcomes[0]?.reason)).toEqual([
      ...['notMet', 'intercurrentEvent', 'notMet', 'notMet', 'notMet', 'noBaseline', 'baselineZero'],
      ...['overdue', 'intercurrentEvent'],
    ])
    expect(participants[1]?.outcomes[0]).toMatchObject({ noIntervention: false, event: 'after' })
    const kept = explain(data, { code: 'BOTH', visit: 'M3' }, { ...changes, view: DEFAULT_ANALYSIS_VIEW })
    expect(kept.participants[1]?.outcomes[0]).toMatchObject({ reason: 'intervention', event: 'before' })
  })
})

describe('an explanation for a reader to whom the arm of a participant is masked', () => {
  it.each([
    { participantArms: true, resultsByArm: true, armsNamed: false },
    { participantArms: false, resultsByArm: true, armsNamed: true },
  ])('tells by arm no end of an interval that is one participant’s value: %o', masking => {
    // Of seven values the exact interval of the median is the least to the greatest.
    const seven = [1, 2, 3, 4, 5, 6, 7].map(value => [8, 8, value])
    const data = makeCohort([...seven, ...seven], index => ({ arm: index < 7 ? 'A' : 'B' }))
    const arms = { protocol: makeProtocol({ arms: THREE_ARMS }) }
    const asked = { code: 'PAIN', visit: 'M3' }
    const told = explain(data, asked, { ...arms, masking }).arms[0]?.numbers
    expect(told).toMatchObject({ n: 7, median: 4, medianCi: null, medianCiReason: 'masked' })
    expect(explain(data, asked, arms).arms[0]?.numbers.medianCi).toEqual([1, 7])
  })
})

describe('finding a number', () => {
  it('chooses the main score at the last visit reached where nothing is said', () => {
    const found = findNumber(prepare(NINE, { protocol }), protocol, { code: null, visit: null })
    expect(found).toMatchObject({ code: 'PAIN', column: { visit: 'M3' } })
  })

  it('says what there is instead of what there is not', () => {
    const cohort = prepare(NINE, { protocol })
    expect(findNumber(cohort, protocol, { code: 'NOPE', visit: null })).toEqual({
      field: 'code',
      value: 'NOPE',
      offered: ['PAIN', 'ANY', 'HALF'],
    })
    expect(findNumber(cohort, protocol, { code: 'HALF', visit: 'BL' })).toEqual({
      field: 'visit',
      value: 'BL',
      offered: ['M1', 'M3'],
    })
  })
})
