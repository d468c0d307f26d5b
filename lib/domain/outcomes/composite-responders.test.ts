import { describe, expect, it } from 'vitest'
import {
  atLeast,
  day,
  makeParticipant,
  makeProtocol,
  makeRule,
  makeScheduled,
  makeScore,
  PAIN,
  report,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import cases from '@/lib/domain/outcomes/__fixtures__/composite-responders.json'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import type { Rescue } from '@/lib/domain/outcomes/rescue'
import { addDays } from '@/lib/domain/shared/calendar-date'

const DAY_ZERO = day('2024-02-01')
const VISITS = ['BL', 'M12', 'M24']
const DAYS = [-10, 365, 730]
const scale = (code: string) => report({ ...PAIN, code, max: 100 }, VISITS)

const protocol = makeProtocol({
  visits: VISITS.map(code => ({
    code,
    name: code,
    target: { value: 0, unit: 'days' as const },
    window: { beforeDays: 0, afterDays: 0 },
    instruments: [],
    forms: [],
  })),
  responders: [
    makeRule('MESOBLAST', {
      condition: {
        all: [atLeast(50, 'percent', 'VAS'), atLeast(15, 'points', 'ODI')],
        visits: ['M12', 'M24'],
      },
      noIntervention: true,
    }),
    makeRule('RESPINE', {
      condition: {
        any: [
          { all: [atLeast(20, 'percent', 'VAS'), atLeast(20, 'points', 'VAS')] },
          atLeast(20, 'percent', 'ODI'),
        ],
      },
    }),
  ],
})

type Case = (typeof cases)[number]

function rescuesOf({ intervention }: Case): Rescue[] {
  if (intervention === 'none') return []
  const at = intervention === 'unknown' ? null : addDays(DAY_ZERO, Number(intervention))
  return [{ kind: 'surgery', day: at, isEstimated: false }]
}

function cohortOf(people: readonly Case[]): CohortData {
  return {
    participants: people.map((each, index) =>
      makeParticipant(index + 1, { dayZero: DAY_ZERO, rescues: rescuesOf(each) }),
    ),
    schedule: people.flatMap((_, index) => VISITS.map(visit => makeScheduled(index + 1, visit))),
    scores: people.flatMap((each, index) =>
      VISITS.flatMap((visit, at) =>
        [
          { parameter: 'VAS', value: each.vas[at] ?? null },
          { parameter: 'ODI', value: each.odi[at] ?? null },
        ].flatMap(({ parameter, value }) =>
          value === null
            ? []
            : [makeScore(index + 1, visit, value, { parameter, date: addDays(DAY_ZERO, DAYS[at] ?? 0) })],
        ),
      ),
    ),
    missedVisits: [],
  }
}

/** [k, n] by non-responder imputation and of observed cases. */
function ratesOf(people: readonly Case[], code: string, visit: string) {
  const summary = summarise(cohortOf(people), { protocol, parameters: [scale('VAS'), scale('ODI')] })
  return visitOf(summary, visit, 'ONE', 'VAS')
    .responders.filter(rate => rate.code === code)
    .map(({ k, n }) => [k, n])
}

/** What R says of a participant, as the two rates of a cohort of that one. */
function expectedRates([met = false, complete = false]: readonly boolean[]) {
  return [
    [met ? 1 : 0, 1],
    [met && complete ? 1 : 0, complete ? 1 : 0],
  ]
}

describe('composite responders', () => {
  it('are tried on enough cases, with each answer among them', () => {
    expect(cases.length).toBeGreaterThanOrEqual(200)
    const answers = (key: 'mesoblast' | 'respine12') => new Set(cases.map(each => each[key].join()))
    expect(answers('respine12').size).toBe(4)
    expect(answers('mesoblast').size).toBe(3)
  })

  it.each(cases.map((each, index) => ({ each, index })))('agree with R: case $index', ({ each }) => {
    expect(ratesOf([each], 'MESOBLAST', 'M24')).toEqual(expectedRates(each.mesoblast))
    expect(ratesOf([each], 'RESPINE', 'M12')).toEqual(expectedRates(each.respine12))
    expect(ratesOf([each], 'RESPINE', 'M24')).toEqual(expectedRates(each.respine24))
  })

  it('add up over a cohort as their participants do', () => {
    const count = (key: 'mesoblast' | 'respine24', which: (answer: readonly boolean[]) => boolean) =>
      cases.filter(each => which(each[key])).length
    for (const [code, key] of [
      ['MESOBLAST', 'mesoblast'],
      ['RESPINE', 'respine24'],
    ] as const)
      expect(ratesOf(cases, code, 'M24')).toEqual([
        [count(key, ([met]) => met === true), cases.length],
        [
          count(key, ([met, complete]) => met === true && complete === true),
          count(key, ([, complete]) => complete === true),
        ],
      ])
  })
})
