import { describe, expect, it } from 'vitest'
import {
  atLeast,
  day,
  makeCohort,
  makeParticipant,
  makeProtocol,
  makeRule,
  makeScheduled,
  makeScore,
  PAIN,
  report,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import cases from '@/lib/domain/outcomes/__fixtures__/imputation.json'
import { prepare } from '@/lib/domain/outcomes/__fixtures__/prepare'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { DEFAULT_ANALYSIS_VIEW, type MissingDataMethod } from '@/lib/domain/outcomes/analysis-view'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import { deriveWorstValue } from '@/lib/domain/outcomes/imputation'
import { addDays } from '@/lib/domain/shared/calendar-date'

const by = (missingData: MissingDataMethod) => ({ ...DEFAULT_ANALYSIS_VIEW, missingData })
const DAY_ZERO = day('2024-02-01')
const on = (days: number) => addDays(DAY_ZERO, days)
const VISITS = ['M1', 'M3', 'M6']
const WINDOWS = [
  [30, 10],
  [90, 14],
  [180, 21],
] as const

type Case = (typeof cases)[number]

function cohortOf(each: Case): CohortData {
  return {
    participants: [makeParticipant(1, { dayZero: DAY_ZERO })],
    schedule: VISITS.map((visit, index) => {
      const [target = 0, half = 0] = WINDOWS[index] ?? []
      const windowEnd = each.due[index] ? on(target + half) : day('2031-01-01')
      return { ...makeScheduled(1, visit), target: on(target), windowStart: on(target - half), windowEnd }
    }),
    scores: [
      makeScore(1, 'BL', each.bl, { date: on(-10) }),
      ...VISITS.flatMap((visit, index) => {
        const value = each.values[index] ?? null
        const days = each.days[index] ?? null
        return value === null ? [] : [makeScore(1, visit, value, { date: days === null ? null : on(days) })]
      }),
      ...each.unscheduledDays.map((days, index) =>
        makeScore(1, `UNS-${index + 1}`, each.unscheduledValues[index] ?? null, { date: on(days) }),
      ),
    ],
    missedVisits: [],
  }
}

const [plan] = makeProtocol().visits
const protocol = makeProtocol({ visits: plan ? ['BL', ...VISITS].map(code => ({ ...plan, code })) : [] })

describe('values filled in', () => {
  it.each(cases.map((each, index) => ({ each, index })))(
    'agree with R by every method: case $index',
    ({ each }) => {
      for (const method of ['locf', 'bocf', 'worstCase'] as const) {
        const parameters = [report(PAIN, ['BL', ...VISITS])]
        const cohort = prepare(cohortOf(each), { protocol, parameters, view: by(method) })
        const columns = cohort.grids[0]?.columns.slice(1) ?? []
        expect(columns.map(({ scores }) => scores[0]?.value ?? null)).toEqual(each[method])
        expect(columns.map(({ scores }) => scores[0]?.imputed ?? false)).toEqual(
          each[method].map((value, index) => value !== null && each.values[index] === null),
        )
      }
    },
  )

  // Baseline, M1, M3: the second lacks M3, the third both, the fourth its baseline and M3.
  const rows = makeCohort([
    [8, 6, 2],
    [6, 3, null],
    [4, null, null],
    [null, 5, null],
  ])
  const responders = [makeRule('P30', { condition: atLeast(30, 'percent') })]
  const at = (visit: string, method: MissingDataMethod) =>
    visitOf(summarise(rows, { protocol: makeProtocol({ responders }), view: by(method) }), visit)

  it('are counted apart, and leave what was received and what is missing as they were', () => {
    const observed = at('M3', 'observed')
    for (const method of ['locf', 'bocf', 'worstCase'] as const) {
      const { expected, received, n, missing, inWindow, expectedInFollowUp } = at('M3', method)
      expect({ expected, received, n, missing, inWindow, expectedInFollowUp }).toEqual({
        expected: 4,
        received: 1,
        n: 1,
        missing: { overdue: 3 },
        inWindow: 1,
        expectedInFollowUp: observed.expectedInFollowUp,
      })
    }
    expect(at('M3', 'observed').nImputed).toBe(0)
    expect(at('M3', 'nonResponder').nImputed).toBe(0)
    expect(at('M3', 'locf').nImputed).toBe(3)
    expect(at('M3', 'bocf').nImputed).toBe(2)
    expect(at('M3', 'worstCase').nImputed).toBe(3)
  })

  it('enter means and change: by hand', () => {
    // M3 by LOCF 2 3 4 5, by BOCF 2 6 4, worst 2 10 10 10
    expect(at('M3', 'locf').mean).toBe(3.5)
    expect(at('M3', 'bocf').mean).toBe(4)
    expect(at('M3', 'worstCase').mean).toBe(8)
    // changes by LOCF −6 −3 0; worst −6 4 6
    expect(at('M3', 'locf').change).toMatchObject({ n: 3, mean: -3 })
    expect(at('M3', 'worstCase').change?.mean).toBeCloseTo(4 / 3, 12)
  })

  it('make a third responder rate of all expected, beside the two of measured values alone', () => {
    const rates = (method: MissingDataMethod) =>
      at('M3', method).responders.map(rate => [rate.method, rate.k, rate.n])
    const standing = [
      ['nonResponderImputation', 1, 4],
      ['observedCases', 1, 1],
    ]
    expect(rates('observed')).toEqual(standing)
    expect(rates('nonResponder')).toEqual(standing)
    // 8 → 2 and 6 → 3 (carried) respond; 4 → 4 does not; without baseline nobody does
    expect(rates('locf')).toEqual([...standing, ['locf', 2, 4]])
    expect(rates('bocf')).toEqual([...standing, ['bocf', 1, 4]])
    expect(rates('worstCase')).toEqual([...standing, ['worstCase', 1, 4]])
  })

  it('are marked beside a participant', () => {
    const summary = summarise(rows, { view: by('locf') })
    expect(
      summary.parameters[0]?.individuals?.map(({ subject, visit, imputed = false }) => [
        subject,
        visit,
        imputed,
      ]),
    ).toContainEqual(['MEL-002', 'M3', true])
    expect(JSON.stringify(summarise(rows).parameters)).not.toContain('imputed')
  })

  it('never stand for what is not applicable', () => {
    const data = makeCohort([[6, 3, null]])
    const scores = [...data.scores, makeScore(1, 'M3', null, { missingReason: 'notApplicable' })]
    const summary = summarise({ ...data, scores }, { view: by('locf') })
    expect(visitOf(summary, 'M3').nImputed).toBe(0)
    expect(summary.view.leftOut.values[0]).toMatchObject({ imputed: 0, notImputable: 1 })
  })
})

describe('the worst value of a scale', () => {
  it.each([
    ['higher is worse', { higherIs: 'worse' }, 10],
    ['higher is better', { higherIs: 'better' }, 0],
    ['no direction', { higherIs: 'neither' }, 'noDirection'],
    ['an upper end that only limits entry', { higherIs: 'worse', maxIsLimit: true }, 'noNaturalEnd'],
    ['a natural lower end, and one that only limits entry', { higherIs: 'better', maxIsLimit: true }, 0],
  ] as const)('%s', (_, changes, expected) => {
    expect(deriveWorstValue({ ...PAIN, ...changes })).toBe(expected)
  })

  it('gives a rate its reason where there is none', () => {
    const parameter = { ...PAIN, maxIsLimit: true } as const
    const responders = [makeRule('P30', { condition: atLeast(30, 'percent') })]
    const summary = summarise(makeCohort([[6, 3, null]]), {
      protocol: makeProtocol({ responders }),
      parameters: [report(parameter)],
      view: by('worstCase'),
    })
    expect(visitOf(summary, 'M3').responders.at(-1)).toMatchObject({ k: null, kReason: 'noNaturalEnd' })
    expect(summary.view.leftOut.values[0]).toMatchObject({
      notImputable: 1,
      notImputableReason: 'noNaturalEnd',
    })
  })
})
