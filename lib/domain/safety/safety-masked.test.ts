import { describe, expect, it } from 'vitest'
import { compute, day, event, nine, person } from './__fixtures__/safety-cohort'
import type { computeSafety } from './compute-safety'

describe('where arms are letters', () => {
  it('neither terms nor a harvest are told, since either may tell the product', () => {
    const summary = compute(
      nine,
      { events: [event(1, { term: 'Liposuction bruise' })] },
      { armsMasked: true },
    )
    expect(JSON.stringify(summary.categories)).not.toContain('Liposuction')
    expect(summary.categories[0]?.arms[0]?.participants).toBe(1)
  })

  it('no time since a dose is told, since participant-years would give the number of doses', () => {
    // Two doses give 8 days each within a week of one, one dose gives 8: 16 or 8 of 365.25 days.
    const twice = person(1, {
      doses: [
        { treatment: 'DOSE1', date: day('2025-01-01') },
        { treatment: 'DOSE2', date: day('2025-07-01') },
      ],
    })
    const arms = ['A', 'B'].map((code, index) => ({ code, label: code, members: [index] }))
    const members = [twice, person(2)]
    const told = compute(members, {}, { arms, armsMasked: true, namesParticipants: false })
    expect(told.arms).toMatchObject([
      { sinceLastDose: null, sinceLastDoseReason: 'masked' },
      { sinceLastDose: null, sinceLastDoseReason: 'masked' },
    ])
    const open = compute(members, {}, { arms }).arms.map(arm => arm.sinceLastDose?.[1]?.participantYears)
    expect(open.map(years => Math.round((years ?? 0) * 365.25))).toEqual([16, 8])
    expect(compute(members, {}, { arms }).arms[0]).not.toHaveProperty('sinceLastDoseReason')
  })
})

describe('where the arm of a participant is masked and results stand by arm', () => {
  const arms = ['A', 'B'].map((code, index) => ({ code, label: code, members: [index] }))
  const events = [event(1, { onset: '2025-02-10' }), event(2, { onset: '2025-01-01' })]
  const coursesOf = (changes: Partial<Parameters<typeof computeSafety>[0]>) =>
    compute(nine.slice(0, 2), { events }, { arms, ...changes }).arms.map(({ firstEvent }) => firstEvent)

  it('terms of fewer than five participants stand together, each participant once', () => {
    // Pain flare: participants 1–5. Rarer: ‘Gluteal bruise’ of 6, ‘Itch’ of 6 and 7 – two participants, three events.
    const told = [
      ...[1, 2, 3, 4, 5].map(participant => event(participant)),
      event(6, { term: 'Gluteal bruise' }),
      event(6, { term: 'Itch' }),
      event(7, { term: 'Itch' }),
    ]
    const halves = [
      { code: 'A', label: 'A', members: [0, 1, 2, 5] },
      { code: 'B', label: 'B', members: [3, 4, 6, 7, 8] },
    ]
    const termsOf = (namesParticipants: boolean) =>
      compute(nine, { events: told }, { arms: halves, namesParticipants }).categories[0]?.terms.map(
        ({ term, arms: counts }) => [
          term,
          ...counts.map(({ participants, events }) => [participants, events]),
        ],
      )
    expect(termsOf(false)).toEqual([
      ['Pain flare', [3, 3], [2, 2]],
      ['Terms seen in fewer than 5 participants', [1, 2], [1, 1]],
    ])
    expect(termsOf(true)).toEqual([
      ['Pain flare', [3, 3], [2, 2]],
      ['Itch', [1, 1], [1, 1]],
      ['Gluteal bruise', [1, 1], [0, 0]],
    ])
  })

  it('no step is the day of one participant’s own event', () => {
    const exact = coursesOf({})
    expect(exact.map(({ resolution, steps }) => [resolution, steps[0]?.day])).toEqual([
      ['exact', 40],
      ['exact', 0],
    ])
    const coarse = coursesOf({ namesParticipants: false })
    expect(coarse.map(({ resolution, steps }) => [resolution, steps])).toEqual([
      ['coarse', [{ day: 90, participants: 1 }]],
      ['coarse', [{ day: 30, participants: 1 }]],
    ])
  })
})
