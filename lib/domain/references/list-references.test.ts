import { describe, expect, it } from 'vitest'
import { atLeast, makeProtocol, makeRule } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { listReferences } from '@/lib/domain/references/list-references'
import { PUBLISHED_TRIALS } from '@/lib/domain/references/published-trials'

const visits = (...instruments: string[]) => [
  {
    ...{ code: 'BL', name: 'Baseline', target: { value: 0, unit: 'days' as const } },
    ...{ window: { beforeDays: 0, afterDays: 0 }, instruments, forms: [] },
  },
]

describe('published references', () => {
  it('fit only the scale and item that the study measures', () => {
    const pain = listReferences(
      makeProtocol({ visits: visits('nprs'), settings: { nprs: { items: ['average'] } } }),
    )
    expect(pain.map(({ code }) => code)).toEqual(['ASHAR2022'])
    expect(new Set(pain[0]?.courses.map(({ parameter }) => parameter))).toEqual(new Set(['NPRS_AVG']))
    const worst = listReferences(
      makeProtocol({ visits: visits('nprs'), settings: { nprs: { items: ['worst'] } } }),
    )
    expect(worst).toEqual([])
    const disability = listReferences(makeProtocol({ visits: visits('odi') }))
    expect(disability[0]?.courses.map(({ parameter }) => parameter)).toEqual(['ODI', 'ODI', 'ODI'])
  })

  it('give rates only beside a rule that asks the same', () => {
    const responders = [
      makeRule('PAIN50', { condition: atLeast(50, 'percent', 'NPRS_AVG') }),
      makeRule('TWO', { condition: atLeast(2, 'points', 'NPRS_AVG') }),
      makeRule('EITHER', {
        condition: {
          any: [
            atLeast(20, 'percent', 'ODI'),
            { all: [atLeast(20, 'points', 'VAS'), atLeast(20, 'percent', 'VAS')] },
          ],
        },
      }),
    ]
    const found = listReferences(makeProtocol({ visits: visits('nprs', 'odi', 'vas'), responders }))
    const rates = found.flatMap(({ code, rates }) =>
      rates.map(rate => `${code} ${rate.arm} ${rate.k ?? '–'} ${rate.percent} ${rate.rules.join()}`),
    )
    // clinical reference, statistics: Wilson of 5/9 is 26.7 to 81.1 %; a percentage alone has no interval
    const withInterval = found.flatMap(({ rates }) => rates).filter(({ wilson }) => wilson !== null)
    expect(withInterval.map(({ arm, wilson }) => [arm, wilson?.map(end => Math.round(1000 * end))])).toEqual([
      ['ADMSC', [267, 811]],
    ])
    expect(rates).toEqual([
      'ASHAR2022 PRT – 60 PAIN50',
      'ASHAR2022 PLACEBO – 35 PAIN50',
      'ASHAR2022 USUAL – 20 PAIN50',
      'FSO794 ADMSC 5 56 PAIN50',
      'RESPINE MSC – 74 EITHER',
      'RESPINE SHAM – 69 EITHER',
      'MPC-P2 MPC6 – 43 PAIN50',
      'MPC-P2 MPC18 – 50 PAIN50',
    ])
  })

  // Ashar 2022, Table 2: 1.51 at 12 months from a baseline of 4.22.
  it('take changes from the published means and give them no interval', () => {
    const [ashar] = listReferences(makeProtocol({ visits: visits('nprs') }))
    const point = ashar?.courses[0]?.points.at(-1)
    expect(point).toEqual({ month: 12, mean: 1.51, sd: 1.59, change: 1.51 - 4.22 })
    expect(ashar?.notes).toContain('The published baseline is a mean of two assessments before treatment.')
  })

  it('cite a source for every number, and name only arms that the trial has', () => {
    for (const { arms, courses, rates } of PUBLISHED_TRIALS) {
      const codes = arms.map(({ code }) => code)
      for (const { citation, arm } of [...courses, ...rates]) {
        expect(citation).toMatch(/(NCT\d{8}|doi 10\.)/)
        expect(codes).toContain(arm)
      }
      for (const { points } of courses) expect(points.map(({ month }) => month)).toEqual([0, 1, 2, 3, 6, 12])
      for (const { k, percent, arm } of rates) {
        const n = arms.find(({ code }) => code === arm)?.n ?? 0
        if (k !== null) expect(Math.round((100 * k) / n)).toBe(percent)
      }
    }
  })
})
