import { describe, expect, it } from 'vitest'
import { type KnownEvent, lacksEvent } from '@/lib/domain/events/event-contact'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const day = (text: string) => text as CalendarDate
const contact = (date: string | null, any: boolean | null = true) => ({
  date: date as CalendarDate | null,
  any,
})
const event = (
  began: string | null,
  ended: string | null = null,
  followedUpOn: string[] = [],
): KnownEvent => ({
  answers: {
    ...(began === null ? {} : { AESTDAT: { value: began } }),
    ...(ended === null ? {} : { AEENDAT: { value: ended } }),
  },
  followedUpOn: followedUpOn.map(day),
})
const march = [contact('2026-03-01', false)]

describe('a contact that was answered with yes', () => {
  it.each([
    ['no event at all', [], true],
    ['an event that began and ended before the last contact', [event('2026-02-03', '2026-02-08')], true],
    ['an event of the day of the last contact', [event('2026-03-01')], true],
    ['an event after this contact', [event('2026-04-02')], true],
    ['an event since', [event('2026-03-02')], false],
    ['an event of the day of this contact', [event('2026-04-01')], false],
    ['an earlier event that ended since', [event('2026-02-03', '2026-03-08')], false],
    ['an earlier event that was followed up since', [event('2026-02-03', null, ['2026-03-20'])], false],
    ['an event of which only the month is known', [event('2026-03')], false],
    ['an event whose onset is unknown', [event(null)], false],
  ] as const)('with %s lacks one: %#', (_, events, lacks) => {
    expect(lacksEvent(contact('2026-04-01'), march, events)).toBe(lacks)
  })

  it('and none before it takes any event up to its day', () => {
    expect(lacksEvent(contact('2026-04-01'), [], [event('2026-02-03', '2026-02-08')])).toBe(false)
    expect(lacksEvent(contact('2026-04-01'), [contact('2026-05-01'), contact(null)], [])).toBe(true)
  })

  it('lacks nothing where it said no, was not answered or has no date', () => {
    for (const one of [contact('2026-04-01', false), contact('2026-04-01', null), contact(null)])
      expect(lacksEvent(one, march, [])).toBe(false)
  })
})
