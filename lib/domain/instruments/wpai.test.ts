import { describe, expect, it } from 'vitest'
import { missing, scored } from '@/lib/domain/instruments/__fixtures__/scores'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { listUnanswered } from '@/lib/domain/instruments/parse-answers'
import { wpai } from '@/lib/domain/instruments/wpai'

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
