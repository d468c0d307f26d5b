import { describe, expect, it } from 'vitest'
import { adverseEvents } from '@/lib/domain/instruments/adverse-events'
import { dass21 } from '@/lib/domain/instruments/dass21'
import { hads } from '@/lib/domain/instruments/hads'
import type { Answer, Answers, Instrument } from '@/lib/domain/instruments/instrument'
import { listUnanswered, parseAnswers } from '@/lib/domain/instruments/parse-answers'
import { promisPi4a } from '@/lib/domain/instruments/promis-pi-4a'
import { rmdq } from '@/lib/domain/instruments/rmdq'
import { deriveBand } from '@/lib/domain/instruments/score-band'
import { tolerance } from '@/lib/domain/instruments/tolerance'
import { work } from '@/lib/domain/instruments/work'
import { wpai } from '@/lib/domain/instruments/wpai'

const scored = (value: number) => ({ kind: 'score', value })
const missing = (reason: string) => ({ kind: 'missing', reason })

/** Every item of an instrument at one value, but for those named. */
function fill(instrument: Instrument, value: number, others: Record<string, Answer | null> = {}): Answers {
  const all = instrument
    .items({})
    .map(({ code }) => [code, others[code] === undefined ? { value } : others[code]])
  return Object.fromEntries(all.filter(([, answer]) => answer !== null)) as Answers
}

const band = (instrument: Instrument, code: string, value: number) => {
  const parameter = instrument.parameters({}).find(one => one.code === code)
  return parameter && deriveBand(parameter, value)
}

describe('RMDQ-24', () => {
  const ticks = (count: number) =>
    Object.fromEntries(
      Array.from({ length: count }, (_, i) => [`RMDQ_${String(i + 1).padStart(2, '0')}`, { value: 1 }]),
    )

  it('is the count of ticks of a form that was filled in', () => {
    expect(rmdq.score({ RMDQ_ANSWERED: { value: 1 }, ...ticks(7) }, {})).toEqual({ RMDQ: scored(7) })
    expect(rmdq.score({ RMDQ_ANSWERED: { value: 1 }, ...ticks(24) }, {})).toEqual({ RMDQ: scored(24) })
    expect(rmdq.score({ RMDQ_ANSWERED: { value: 1 } }, {})).toEqual({ RMDQ: scored(0) })
  })

  it('never takes a form that was not answered for the best score', () => {
    expect(rmdq.score({}, {})).toEqual({})
    expect(rmdq.score({ RMDQ_ANSWERED: { missing: 'declined' } }, {})).toEqual({ RMDQ: missing('declined') })
    expect(rmdq.score(ticks(3), {})).toEqual({ RMDQ: missing('tooFewItems') })
    const illegible = { RMDQ_ANSWERED: { value: 1 }, ...ticks(3), RMDQ_09: { missing: 'illegible' as const } }
    expect(rmdq.score(illegible, {})).toEqual({ RMDQ: missing('tooFewItems') })
  })

  it('needs no word that it was filled in where all 24 are recorded', () => {
    const none = fill(rmdq, 0, { RMDQ_ANSWERED: null })
    expect(rmdq.score(none, {})).toEqual({ RMDQ: scored(0) })
    expect(listUnanswered(rmdq, none, {})).toEqual([])
  })

  it('lacks nothing once it is marked as filled in, and that mark before', () => {
    expect(listUnanswered(rmdq, { RMDQ_ANSWERED: { value: 1 } }, {})).toEqual([])
    expect(listUnanswered(rmdq, ticks(3), {}).map(item => item.code)).toEqual(['RMDQ_ANSWERED'])
  })
})

describe('DASS-21', () => {
  it('is twice the sum of seven items, each in its own scale', () => {
    expect(dass21.score(fill(dass21, 1), {})).toEqual({
      DASS_D: scored(14),
      DASS_A: scored(14),
      DASS_S: scored(14),
    })
    expect(dass21.score(fill(dass21, 3), {})).toEqual({
      DASS_D: scored(42),
      DASS_A: scored(42),
      DASS_S: scored(42),
    })
    // The key of the manual: depression 3 5 10 13 16 17 21, anxiety 2 4 7 9 15 19 20, stress 1 6 8 11 12 14 18.
    const one = (item: string) => dass21.score(fill(dass21, 0, { [item]: { value: 3 } }), {})
    expect(one('DASS21_21')).toMatchObject({ DASS_D: scored(6), DASS_A: scored(0), DASS_S: scored(0) })
    expect(one('DASS21_20')).toMatchObject({ DASS_D: scored(0), DASS_A: scored(6), DASS_S: scored(0) })
    expect(one('DASS21_18')).toMatchObject({ DASS_D: scored(0), DASS_A: scored(0), DASS_S: scored(6) })
  })

  it('prorates one missing item of a scale and refuses two', () => {
    const lacking = (...codes: string[]) =>
      dass21.score(
        fill(dass21, 2, Object.fromEntries(codes.map(code => [code, { missing: 'declined' }]))),
        {},
      )
    expect(lacking('DASS21_03').DASS_D).toEqual(scored(28))
    expect(lacking('DASS21_03', 'DASS21_05')).toMatchObject({
      DASS_D: missing('tooFewItems'),
      DASS_A: scored(28),
    })
  })

  it.each([
    ['DASS_D', [9, 10, 13, 14, 20, 21, 27, 28]],
    ['DASS_A', [7, 8, 9, 10, 14, 15, 19, 20]],
    ['DASS_S', [14, 15, 18, 19, 25, 26, 33, 34]],
  ])('names the bands of %s at their limits', (code, limits) => {
    const mild = ['normal', 'mild', 'mild', 'moderate', 'moderate', 'severe', 'severe', 'extremely severe']
    expect(limits.map(value => band(dass21, code, value))).toEqual(mild)
  })
})

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

describe('PROMIS Pain Interference 4a', () => {
  it('gives the published T score of every raw score, 4 to 20', () => {
    const table = [
      41.6, 49.6, 52, 53.9, 55.6, 57.1, 58.5, 59.9, 61.2, 62.5, 63.8, 65.2, 66.6, 68, 69.7, 71.6, 75.6,
    ]
    for (const [index, tScore] of table.entries()) {
      const raw = index + 4
      const items = [0, 1, 2, 3].map(i => Math.floor(raw / 4) + (i < raw % 4 ? 1 : 0))
      const answers = Object.fromEntries(items.map((value, i) => [`PROMIS_PI_${i + 1}`, { value }]))
      expect(promisPi4a.score(answers, {})).toEqual({ PROMIS_PI_T: scored(tScore) })
    }
  })

  it('needs all four items', () => {
    const three = fill(promisPi4a, 5, { PROMIS_PI_2: { missing: 'notAsked' } })
    expect(promisPi4a.score(three, {})).toEqual({ PROMIS_PI_T: missing('tooFewItems') })
  })
})

describe('WPAI', () => {
  it('says in words of each item that hangs on another when it is asked', () => {
    const items = wpai.items({})
    const told = items.filter(({ isAsked }) => isAsked).map(({ code, askedIf }) => [code, askedIf])
    const employed = 'Q1 Employed is Yes'
    expect(told).toEqual([
      ['WPAI_Q2', employed],
      ['WPAI_Q3', employed],
      ['WPAI_Q4', employed],
      ['WPAI_Q5', `${employed} and Q4 Hours worked is above 0`],
    ])
    expect(items.filter(({ isAsked }) => !isAsked).map(({ askedIf }) => askedIf)).toEqual([
      undefined,
      undefined,
    ])
  })

  const form = (q1: number, q2: number, q4: number, q5: number, q6: number) =>
    wpai.score(
      {
        WPAI_Q1: { value: q1 },
        WPAI_Q2: { value: q2 },
        WPAI_Q3: { value: 0 },
        WPAI_Q4: { value: q4 },
        WPAI_Q5: { value: q5 },
        WPAI_Q6: { value: q6 },
      },
      {},
    )

  it('follows the formula of the form', () => {
    // a = 8 ÷ 40 = .2; overall .2 + .8 × .4 = .52.
    const scores = form(1, 8, 32, 4, 7)
    const values = Object.values(scores).map(score => (score.kind === 'score' ? score.value : Number.NaN))
    for (const [index, expected] of [20, 40, 52, 70].entries()) expect(values[index]).toBeCloseTo(expected, 9)
    expect(Object.keys(scores)).toEqual(['WPAI_ABSENT', 'WPAI_PRESENT', 'WPAI_OVERALL', 'WPAI_ACTIVITY'])
  })

  it('gives who is not employed, or neither worked nor missed work, activity only', () => {
    const only = {
      WPAI_ABSENT: missing('notApplicable'),
      WPAI_PRESENT: missing('notApplicable'),
      WPAI_OVERALL: missing('notApplicable'),
      WPAI_ACTIVITY: scored(50),
    }
    expect(wpai.score({ WPAI_Q1: { value: 0 }, WPAI_Q6: { value: 5 } }, {})).toEqual(only)
    expect(form(1, 0, 0, 3, 5)).toEqual(only)
  })

  it('does not ask who is not employed about work', () => {
    const answers: Answers = { WPAI_Q1: { value: 0 }, WPAI_Q6: { value: 5 } }
    expect(listUnanswered(wpai, answers, {})).toEqual([])
    const begun = listUnanswered(wpai, { WPAI_Q1: { value: 1 } }, {}).map(item => item.code)
    expect(begun).toEqual(['WPAI_Q2', 'WPAI_Q3', 'WPAI_Q4', 'WPAI_Q5', 'WPAI_Q6'])
  })

  it('leaves out what lacks an item, by its reason', () => {
    const scores = wpai.score(
      {
        WPAI_Q1: { value: 1 },
        WPAI_Q2: { value: 5 },
        WPAI_Q4: { missing: 'unknown' },
        WPAI_Q5: { value: 2 },
      },
      {},
    )
    expect(scores).toEqual({
      WPAI_ABSENT: missing('unknown'),
      WPAI_PRESENT: scored(20),
      WPAI_OVERALL: missing('unknown'),
    })
  })

  it('of who missed all work time, says that work was not applicable, not that an item is lacking', () => {
    const away: Answers = {
      WPAI_Q1: { value: 1 },
      WPAI_Q2: { value: 40 },
      WPAI_Q3: { value: 0 },
      WPAI_Q4: { value: 0 },
      WPAI_Q6: { value: 5 },
    }
    const expected = {
      WPAI_ABSENT: scored(100),
      WPAI_PRESENT: missing('notApplicable'),
      WPAI_OVERALL: missing('notApplicable'),
      WPAI_ACTIVITY: scored(50),
    }
    expect(wpai.score(away, {})).toEqual(expected)
    expect(wpai.score({ ...away, WPAI_Q5: { missing: 'unknown' } }, {})).toEqual(expected)
  })
})

describe('tolerance', () => {
  it.each(['unlimited', 'U', 'unl', '∞', ' Unlimited '])(
    'reads “%s” as unlimited, above every number',
    typed => {
      const parsed = parseAnswers(tolerance, { TOL_SIT: [typed], TOL_WALK: ['1440'] }, {})
      if (!parsed.ok) throw new Error(parsed.error[0]?.text)
      expect(parsed.value.TOL_SIT).toEqual({ value: 'unlimited' })
      const { TOL_SIT: unlimited, TOL_WALK: longest } = tolerance.score(parsed.value, {})
      if (unlimited?.kind !== 'score' || longest?.kind !== 'score') throw new Error('not scored')
      expect(unlimited.value).toBeGreaterThan(longest.value)
    },
  )

  it('refuses what is neither minutes nor unlimited, and says what is', () => {
    const parsed = parseAnswers(tolerance, { TOL_SIT: ['long'], TOL_STAND: ['1441'] }, {})
    const texts = parsed.ok ? [] : parsed.error.map(({ text }) => text)
    expect(texts).toHaveLength(2)
    for (const text of texts) expect(text).toContain('from 0 to 1440 minutes, or “unlimited”')
  })
})

describe('work capacity', () => {
  it('keeps “not working for other reasons” out of the denominator: a reason, never a level', () => {
    const scores = work.score({ WORK_CAPACITY: { missing: 'notApplicable' } }, {})
    expect(scores).toEqual({ WORK_CAPACITY: missing('notApplicable') })
  })
})

describe('adverse-event contact', () => {
  it('yields no outcome, and unanswered is no contact without events', () => {
    expect(adverseEvents.score({ AE_ANY: { value: 0 } }, {})).toEqual({})
    expect(adverseEvents.parameters({})).toEqual([])
    expect(listUnanswered(adverseEvents, {}, {}).map(item => item.code)).toEqual(['AE_ANY'])
  })
})
