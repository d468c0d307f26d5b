import { describe, expect, it } from 'vitest'
import {
  BY_ARM,
  day,
  LATE_CUT,
  makeCohort,
  makeParticipant,
  makeProtocol,
  makeScore,
  PAIN,
  POOLED,
  report,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import { prepareCohort } from '@/lib/domain/outcomes/prepared-cohort'
import { deriveAfterSecondDose } from '@/lib/domain/outcomes/second-dose'
import { deriveTrajectories } from '@/lib/domain/outcomes/trajectories'

const doses = (...dates: (string | null)[]) =>
  dates.map((date, index) => ({ treatment: `DOSE${index + 1}`, date: date === null ? null : day(date) }))
const at = (date: string | null, more = {}) =>
  makeScore(1, 'M3', 4, { date: date === null ? null : day(date), ...more })
const isAfter = (given: ReturnType<typeof doses>, score: ReturnType<typeof at>) =>
  deriveAfterSecondDose(makeParticipant(1, { doses: given }), score).afterSecondDose

describe('individuals', () => {
  it('gives percent improvement, positive when better, beyond −100 as it is, and reasons for what is undefined', () => {
    const summary = summarise(
      makeCohort([
        [8, 2, 9],
        [2, 7, null],
        [0, 3, null],
        [null, 3, null],
      ]),
    )
    expect(summary.parameters[0]?.individuals).toEqual([
      { ...of(1, 8), visit: 'M1', percentImprovement: 75, afterSecondDose: false },
      { ...of(1, 8), visit: 'M3', percentImprovement: -12.5, afterSecondDose: false },
      { ...of(2, 2), visit: 'M1', percentImprovement: -250, afterSecondDose: false },
      missing(of(2, 2)),
      { ...of(3, 0), visit: 'M1', ...undefinedFor('baselineZero'), afterSecondDose: false },
      missing(of(3, 0)),
      { ...of(4, null), visit: 'M1', ...undefinedFor('noBaseline'), afterSecondDose: false },
      missing(of(4, null)),
    ])
  })

  it('counts who is not better, by arm and visit, of those with an improvement in percent', () => {
    const rows = [
      [8, 2, 9],
      [6, 6, 3],
      [4, 5, null],
      [0, 3, 3],
    ]
    const arms = ['ONE', 'TWO'].map(code => ({ code, name: code, ratio: 1 }))
    const data = makeCohort(rows, index => ({ arm: index === 1 ? 'TWO' : 'ONE' }))
    const [pain] = summarise(data, { protocol: makeProtocol({ arms }) }).parameters
    expect(pain?.notBetter).toEqual([
      { arm: 'ONE', visit: 'M1', k: 1, n: 2 },
      { arm: 'ONE', visit: 'M3', k: 1, n: 1 },
      { arm: 'TWO', visit: 'M1', k: 1, n: 1 },
      { arm: 'TWO', visit: 'M3', k: 0, n: 1 },
    ])
  })

  it('gives none where zero does not mean none', () => {
    const mood = { ...PAIN, zeroMeansNone: false }
    expect(
      summarise(makeCohort([[8, 2]]), { parameters: [report(mood)] }).parameters[0]?.individuals,
    ).toEqual([])
  })
})

function undefinedFor(reason: string) {
  return { percentImprovement: null, percentImprovementReason: reason }
}
function of(participant: number, baseline: number | null) {
  const whose = { subject: `MEL-00${participant}`, arm: 'ONE', baseline }
  return baseline === null ? { ...whose, baselineReason: 'noBaseline' } : whose
}
function missing(whose: ReturnType<typeof of>) {
  return {
    ...whose,
    visit: 'M3',
    ...undefinedFor('missing'),
    afterSecondDose: null,
    afterSecondDoseReason: 'missing',
  }
}

describe('deriveAfterSecondDose', () => {
  const two = doses('2024-02-01', '2024-08-01')

  it('marks values after the second dose, and those of its day unless taken before treatment', () => {
    expect(isAfter(two, at('2024-07-31'))).toBe(false)
    expect(isAfter(two, at('2024-08-01'))).toBe(true)
    expect(isAfter(two, at('2024-08-01', { beforeTreatment: true }))).toBe(false)
    expect(isAfter(two, at('2024-08-02'))).toBe(true)
  })

  it('does not guess where dates are not known', () => {
    expect(isAfter(two, at(null))).toBeNull()
    expect(isAfter(doses('2024-02-01', null), at('2024-08-02'))).toBeNull()
    expect(isAfter(doses('2024-02-01'), at(null))).toBe(false)
  })
})

describe('deriveTrajectories', () => {
  const data = makeCohort(
    [
      [7, 5, 3],
      [6, null, 6],
      [null, null, null],
    ],
    index => ({ doses: index === 0 ? doses('2024-02-01', '2024-03-08') : doses('2024-02-01') }),
  )
  const request = { parameters: [report(PAIN)], data, dataCut: LATE_CUT, view: DEFAULT_ANALYSIS_VIEW }

  it('draws missing values as gaps, marks the second dose, and has no line for who has no value', () => {
    const [pain] = deriveTrajectories(
      prepareCohort({ ...request, protocol: makeProtocol(), masking: BY_ARM }),
    )
    expect(pain?.lines.map(({ subject, doseAfterVisit }) => [subject, doseAfterVisit])).toEqual([
      ['MEL-001', 'M1'],
      ['MEL-002', null],
    ])
    expect(pain?.lines[1]?.points.map(({ value }) => value)).toEqual([6, null, 6])
  })

  // Consent and dose in early 2024: at the end of March the visit at one month has closed, that at three has not.
  it('tells a visit that is still to come from a value that is missing', () => {
    const early = makeCohort([[6, null, null]], () => ({ doses: doses('2024-02-01') }))
    const waitingAt = (dataCut: string) =>
      deriveTrajectories(
        prepareCohort({
          ...{ ...request, data: early, dataCut: day(dataCut) },
          ...{ protocol: makeProtocol(), masking: BY_ARM },
        }),
      )[0]?.lines[0]?.points.map(({ notYetDue }) => notYetDue ?? false)
    expect(waitingAt('2024-02-10')?.slice(1)).toEqual([true, true])
    expect(waitingAt('2030-01-01')).toEqual([false, false, false])
  })

  it('has a crowd in place of more than 200 lines, with the values between which it lies', () => {
    const many = Array.from({ length: 201 }, (_, index) => [
      7,
      index === 0 ? null : index % 5,
      index < 3 ? 9 : null,
    ])
    const crowdOf = (values: (number | null)[][]) => {
      const given = { ...request, data: makeCohort(values) }
      return deriveTrajectories(prepareCohort({ ...given, protocol: makeProtocol(), masking: BY_ARM }))[0]
    }
    expect(crowdOf(many.slice(1))).toMatchObject({ lines: { length: 200 }, crowds: [] })
    const { lines, crowds } = crowdOf([...many, [null, null, null]]) ?? {}
    expect(lines).toEqual([])
    expect(crowds).toEqual([
      {
        arm: 'ONE',
        count: 201,
        points: [
          { visit: 'BL', lowest: 7, highest: 7 },
          { visit: 'M1', lowest: 0, highest: 4 },
          { visit: 'M3', lowest: 9, highest: 9 },
        ],
      },
    ])
  })

  it('carries no participant where arms are masked', () => {
    const protocol = makeProtocol({ arms: ['ONE', 'TWO'].map(code => ({ code, name: code, ratio: 1 })) })
    const [pain] = deriveTrajectories(prepareCohort({ ...request, protocol, masking: POOLED }))
    expect(pain?.lines.map(({ subject, arm }) => [subject, arm])).toEqual([
      [null, 'ALL'],
      [null, 'ALL'],
    ])
  })
})
