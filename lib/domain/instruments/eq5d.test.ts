import { describe, expect, it } from 'vitest'
import { eq5d3l, eq5d5l } from '@/lib/domain/instruments/eq5d'
import type { Answers } from '@/lib/domain/instruments/instrument'

const answersOf = (prefix: string, profile: string): Answers =>
  Object.fromEntries(
    ['MO', 'SC', 'UA', 'PD', 'AD'].map((dimension, i) => [
      `${prefix}_${dimension}`,
      { value: Number(profile[i]) },
    ]),
  )

const uk = { eq5d3l: { valueSet: 'UK-Dolan-1997' } }

// Check values of clinical.md §2.
describe('EQ-5D index', () => {
  it.each([
    ['11111', 1],
    ['21111', 0.85],
    ['12321', 0.329],
    ['33333', -0.594],
  ])('3L, UK (Dolan 1997): %s → %f', (profile, index) => {
    expect(eq5d3l.score(answersOf('EQ5D3L', profile), uk)).toMatchObject({
      EQ5D3L_PROFILE: { kind: 'score', value: Number(profile) },
      EQ5D3L_INDEX: { kind: 'score', value: index },
    })
  })

  it.each([
    ['England-Devlin-2018', '11111', 1],
    ['England-Devlin-2018', '21111', 0.942],
    ['England-Devlin-2018', '22222', 0.701],
    ['England-Devlin-2018', '12345', 0.322],
    ['England-Devlin-2018', '55555', -0.285],
    ['Australia-2023', '11111', 1],
    ['Australia-2023', '21111', 0.961],
    ['Australia-2023', '55555', -0.301],
  ])('5L, %s: %s → %f', (valueSet, profile, index) => {
    expect(eq5d5l.score(answersOf('EQ5D5L', profile), { eq5d5l: { valueSet } })).toMatchObject({
      EQ5D5L_PROFILE: { kind: 'score', value: Number(profile) },
      EQ5D5L_INDEX: { kind: 'score', value: index },
    })
  })

  it('is not computed without a value set: profile only', () => {
    const scores = eq5d3l.score(answersOf('EQ5D3L', '21232'), {})
    expect(scores.EQ5D3L_PROFILE).toEqual({ kind: 'score', value: 21232 })
    expect(scores).not.toHaveProperty('EQ5D3L_INDEX')
  })

  it('is missing with its reason when any dimension is, and the EQ VAS stands on its own', () => {
    const scores = eq5d3l.score(
      { ...answersOf('EQ5D3L', '11111'), EQ5D3L_PD: { missing: 'declined' }, EQ5D3L_VAS: { value: 70 } },
      uk,
    )
    expect(scores).toMatchObject({
      EQ5D3L_PROFILE: { kind: 'missing', reason: 'tooFewItems' },
      EQ5D3L_INDEX: { kind: 'missing', reason: 'tooFewItems' },
      EQ5D3L_PD: { kind: 'missing', reason: 'declined' },
      EQ5D3L_MO: { kind: 'score', value: 1 },
      EQ5D3L_VAS: { kind: 'score', value: 70 },
    })
  })
})
