import { describe, expect, it } from 'vitest'
import {
  atLeast,
  day,
  makeCohort,
  makeProtocol,
  makeRule,
  POOLED,
  THREE_ARMS,
  visitOf,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'

const P30 = makeRule('P30', { condition: atLeast(30, 'percent') })

describe('summary by reader', () => {
  const rows = [
    [6, 3],
    [6, 5],
  ]
  const protocol = makeProtocol({ arms: THREE_ARMS, responders: [P30] })

  it('pools all arms for a masked reader, without contrasts and without participants', () => {
    const hidden = makeCohort(rows, () => ({ arm: null }))
    const summary = summarise(hidden, { protocol, masking: POOLED })
    expect(summary.analysisSet).toBe('randomised')
    expect(summary.parameters[0]?.arms.map(({ arm, inSet }) => [arm, inSet])).toEqual([['ALL', 2]])
    expect(summary.parameters[0]?.contrasts).toEqual([])
    expect(summary.parameters[0]).not.toHaveProperty('individuals')
    expect(visitOf(summary, 'M1', 'ALL').mean).toBe(4)
    expect(JSON.stringify(summary)).not.toMatch(/MEL-|"[ABC]"|Arm [ABC]/)
  })

  it('gives a masked reader the same document whether or not the data still carry the arms', () => {
    const open = makeCohort(rows, index => ({ arm: index === 0 ? 'A' : 'B' }))
    const hidden = makeCohort(rows, () => ({ arm: null }))
    expect(summarise(open, { protocol, masking: POOLED })).toEqual(
      summarise(hidden, { protocol, masking: POOLED }),
    )
  })

  it('names nobody to a reader of results by arm who may not know the arm of a participant', () => {
    const open = makeCohort(rows, index => ({ arm: index === 0 ? 'A' : 'B' }))
    const summary = summarise(open, {
      protocol,
      masking: { participantArms: false, resultsByArm: true, armsNamed: true },
    })
    expect(summary.parameters[0]?.arms).toHaveLength(3)
    expect(JSON.stringify(summary)).not.toMatch(/MEL-/)
  })

  it.each([
    { participantArms: true, resultsByArm: true, armsNamed: false },
    { participantArms: false, resultsByArm: true, armsNamed: true },
  ])('tells no participant’s own value as the end of an interval by arm to a reader of %o', masking => {
    // Of seven values the exact interval of the median is the least to the greatest.
    const seven = [1, 2, 3, 4, 5, 6, 7].map(value => [8, value])
    const data = makeCohort([...seven, ...seven], index => ({ arm: index < 7 ? 'A' : 'B' }))
    const told = visitOf(summarise(data, { protocol, masking }), 'M1', 'A')
    expect(told).toMatchObject({ median: 4, q1: 2.5, medianCi: null, medianCiReason: 'masked' })
    expect(told).toMatchObject({ q1CiReason: 'tooFewValues', q3CiReason: 'tooFewValues' })
    expect(visitOf(summarise(data, { protocol }), 'M1', 'A').medianCi).toEqual([1, 7])
  })

  it('tells no time since a dose by letter, since the number of doses may tell the arm', () => {
    const data = makeCohort(rows, index => ({
      arm: index === 0 ? 'A' : 'B',
      doses: index === 0 ? [{ treatment: 'D', date: day('2024-02-01') }] : [],
    }))
    const view = { ...DEFAULT_ANALYSIS_VIEW, timeAxis: 'sinceLastDose' as const }
    const masking = { participantArms: true, resultsByArm: true, armsNamed: false }
    expect(summarise(data, { protocol, view, masking })).toMatchObject({
      sinceLastDose: null,
      sinceLastDoseReason: 'masked',
    })
    const named = summarise(data, { protocol, view }).sinceLastDose?.parameters[0]?.arms
    expect(named?.map(({ noDatedDose }) => noDatedDose)).toEqual([0, 1, 0])
  })

  it('shows a study of one arm as it is, with no contrasts', () => {
    const summary = summarise(makeCohort(rows), { masking: POOLED })
    expect(summary.parameters[0]?.arms.map(({ arm }) => arm)).toEqual(['ONE'])
    expect(summary.parameters[0]?.contrasts).toEqual([])
    expect(summary.parameters[0]?.individuals).toHaveLength(2 * 2)
  })

  it('gives the same document whatever the order of its rows', () => {
    const data = makeCohort(rows)
    const turned = {
      participants: data.participants.toReversed(),
      schedule: data.schedule.toReversed(),
      scores: data.scores.toReversed(),
      missedVisits: [],
    }
    expect(JSON.stringify(summarise(turned))).toBe(JSON.stringify(summarise(data)))
  })
})
