import { describe, expect, it } from 'vitest'
import { adverseEvents } from '@/lib/domain/instruments/adverse-events'
import { listUnanswered } from '@/lib/domain/instruments/parse-answers'

describe('adverse-event contact', () => {
  it('yields no outcome, and unanswered is no contact without events', () => {
    expect(adverseEvents.score({ AE_ANY: { value: 0 } }, {})).toEqual({})
    expect(adverseEvents.parameters({})).toEqual([])
    expect(listUnanswered(adverseEvents, {}, {}).map(item => item.code)).toEqual(['AE_ANY'])
  })
})
