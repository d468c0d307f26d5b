import { describe, expect, it } from 'vitest'
import {
  capAt,
  type Departure,
  type DepartureKind,
  deriveFollowUpEnd,
  deriveTreatmentEnd,
  isRestricted,
} from '@/lib/domain/protocol/follow-up'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const day = (text: string) => text as CalendarDate
const left = (...entries: readonly (readonly [DepartureKind, string])[]): readonly Departure[] =>
  entries.map(([kind, date]) => ({ kind, date: date as Departure['date'] }))
const ended = (date: string, reason: string) => ({ date, reason })

describe('follow-up', () => {
  it.each([
    ['withdrawal from follow-up', 'followUp', 'withdrawn'],
    ['withdrawal of consent', 'consent', 'withdrawn'],
    ['no further use', 'noFurtherUse', 'withdrawn'],
    ['loss', 'lost', 'lost'],
    ['death', 'death', 'died'],
  ] as const)('is ended by %s', (_, kind, reason) => {
    expect(deriveFollowUpEnd(left([kind, '2024-05-02']), [])).toEqual(ended('2024-05-02', reason))
  })

  it('goes on without any entry, and after withdrawal from treatment', () => {
    expect(deriveFollowUpEnd([], [])).toBeNull()
    expect(deriveFollowUpEnd(left(['treatment', '2024-05-02']), [])).toBeNull()
  })

  it.each([
    ['2024-02', '2024-02-29'],
    ['2023-02', '2023-02-28'],
    ['2024', '2024-12-31'],
  ])('ends on the latest day that a loss of %s can stand for', (date, last) => {
    expect(deriveFollowUpEnd(left(['lost', date]), [])).toEqual(ended(last, 'lost'))
  })

  it('ends no later than today where it is compared with today', () => {
    expect(capAt(day('2024-12-31'), day('2024-11-22'))).toEqual({ date: '2024-11-22' })
    expect(capAt(day('2024-05-02'), day('2024-11-22'))).toEqual({ date: '2024-05-02' })
    expect(capAt(null, day('2024-11-22'))).toBeNull()
  })

  it('ends with the first of two ends, in whatever order they were recorded', () => {
    const entries = left(['followUp', '2024-06-01'], ['lost', '2024-05-02'])
    expect(deriveFollowUpEnd(entries, [])).toEqual(ended('2024-05-02', 'lost'))
  })
})

describe('a return', () => {
  it.each(['followUp', 'lost'] as const)('takes back %s', kind => {
    expect(deriveFollowUpEnd(left([kind, '2024-05-02'], ['return', '2024-07-01']), [])).toBeNull()
  })

  it('does not take back that no further use was asked for; one before it takes back what came earlier', () => {
    const asked = left(['noFurtherUse', '2024-05-02'], ['return', '2024-07-01'])
    expect(deriveFollowUpEnd(asked, [day('2024-06-01')])).toEqual(ended('2024-05-02', 'withdrawn'))
    const before = left(['lost', '2024-01-10'], ['return', '2024-02-01'], ['noFurtherUse', '2024-05-02'])
    expect(deriveFollowUpEnd(before, [])).toEqual(ended('2024-05-02', 'withdrawn'))
  })

  it('on the same day takes it back; before it, not', () => {
    expect(deriveFollowUpEnd(left(['return', '2024-05-02'], ['lost', '2024-05-02']), [])).toBeNull()
    expect(deriveFollowUpEnd(left(['return', '2024-05-01'], ['lost', '2024-05-02']), [])).toEqual(
      ended('2024-05-02', 'lost'),
    )
  })

  it('can be followed by another end', () => {
    const entries = left(['lost', '2024-03'], ['return', '2024-05-02'], ['followUp', '2024-09-09'])
    expect(deriveFollowUpEnd(entries, [])).toEqual(ended('2024-09-09', 'withdrawn'))
  })

  it('takes back a withdrawal of consent only where consent was given anew after it', () => {
    const entries = left(['consent', '2024-05-02'], ['return', '2024-07-01'])
    expect(deriveFollowUpEnd(entries, [day('2024-01-10')])).toEqual(ended('2024-05-02', 'withdrawn'))
    expect(deriveFollowUpEnd(entries, [day('2024-05-02')])).toEqual(ended('2024-05-02', 'withdrawn'))
    expect(deriveFollowUpEnd(entries, [day('2024-01-10'), day('2024-06-30')])).toBeNull()
  })

  it('takes no death back, and a death caps what ended later', () => {
    expect(deriveFollowUpEnd(left(['death', '2024-05-02'], ['return', '2024-07-01']), [])).toEqual(
      ended('2024-05-02', 'died'),
    )
    expect(deriveFollowUpEnd(left(['lost', '2024'], ['death', '2024-05-02']), [])).toEqual(
      ended('2024-05-02', 'died'),
    )
    expect(deriveFollowUpEnd(left(['lost', '2024-03'], ['death', '2024-05-02']), [])).toEqual(
      ended('2024-03-31', 'died'),
    )
  })
})

describe('treatment', () => {
  it('ends with its own withdrawal or with follow-up, whichever came first', () => {
    const withdrawn = left(['treatment', '2024-05-02'])
    expect(deriveTreatmentEnd([], null)).toBeNull()
    expect(deriveTreatmentEnd(withdrawn, null)).toBe('2024-05-02')
    expect(deriveTreatmentEnd(withdrawn, day('2024-04-01'))).toBe('2024-04-01')
    expect(deriveTreatmentEnd([], day('2024-04-01'))).toBe('2024-04-01')
  })
})

describe('use of what was recorded', () => {
  it('is ended by a request for no further use alone', () => {
    expect(isRestricted(left(['consent', '2024-05-02'], ['death', '2024-06-01']))).toBe(false)
    expect(isRestricted(left(['noFurtherUse', '2024-05-02'], ['return', '2024-06-01']))).toBe(true)
  })
})
