import { describe, expect, it } from 'vitest'
import { deriveTreatmentEmergence } from '@/lib/domain/events/treatment-emergent'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const procedure = '2024-05-14' as CalendarDate

describe('an event is treatment-emergent on or after the first procedure', () => {
  it.each([
    ['2024-05-13', 'no'],
    ['2024-05-14', 'yes'],
    ['2024-05-15', 'yes'],
    ['2024-04', 'no'],
    ['2024-05', 'yes'],
    ['2024-06', 'yes'],
    ['2023', 'no'],
    ['2024', 'yes'],
    ['2025', 'yes'],
    [null, 'unknown'],
  ] as const)('begun %s, first procedure 14 May 2024: %s', (onset, expected) => {
    expect(deriveTreatmentEmergence(onset, procedure)).toBe(expected)
  })

  it('and never without a procedure', () => {
    expect(deriveTreatmentEmergence('2024-05-15', null)).toBe('no')
    expect(deriveTreatmentEmergence(null, null)).toBe('no')
  })
})
