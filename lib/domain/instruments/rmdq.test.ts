import { describe, expect, it } from 'vitest'
import { fill, missing, scored } from '@/lib/domain/instruments/__fixtures__/scores'
import { listUnanswered } from '@/lib/domain/instruments/parse-answers'
import { rmdq } from '@/lib/domain/instruments/rmdq'

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
