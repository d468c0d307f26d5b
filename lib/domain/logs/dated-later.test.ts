import { describe, expect, it } from 'vitest'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { departures } from '@/lib/domain/logs/departures'
import type { DatedEntry, LogFacts } from '@/lib/domain/logs/log'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const day = (text: string) => text as CalendarDate
const entry = (kind: string, date: string): Answers => ({ KIND: { value: kind }, DATE: { value: date } })
const DATED: readonly DatedEntry[] = [
  { kind: 'dose', name: 'Dose 2', date: day('2025-09-01') },
  { kind: 'visit', name: 'Month 6', date: day('2025-11-10') },
  { kind: 'event', name: 'Pain flare', date: day('2025-11-12') },
]

function facts(dated: readonly DatedEntry[] = DATED, others: readonly Answers[] = []): LogFacts {
  const none = { consentDate: null, firstProcedure: null, firstDose: null, followUpEnd: null }
  return { protocol: {} as Protocol, today: day('2026-04-16'), ...none, dated, others }
}

const asked = (answers: Answers, around = facts()) => departures.ask(answers, around).map(({ text }) => text)
const refused = (answers: Answers, around = facts()) =>
  departures.check(answers, around).map(({ text }) => text)

describe('leaving dated before what is recorded', () => {
  it.each(['followUp', 'consent', 'lost'])('is asked about: %s', kind => {
    expect(asked(entry(kind, '2025-08-01'))).toEqual([
      'Check: recorded after 1 Aug 2025: Dose 2 (1 Sep 2025), Month 6 (10 Nov 2025), Pain flare (12 Nov 2025). Is the date right?',
    ])
    expect(refused(entry(kind, '2025-08-01'))).toEqual([])
  })

  it('names five and counts the others', () => {
    const many = Array.from({ length: 7 }, (_, at) => ({
      ...{ kind: 'visit' as const, name: `V${at + 1}` },
      date: day(`2025-10-0${at + 1}`),
    }))
    expect(asked(entry('followUp', '2025-08-01'), facts(many))[0]).toContain('V5 (5 Oct 2025) and 2 more')
  })

  it('is refused for a death with a visit or dose after it, which names them', () => {
    expect(refused(entry('death', '2025-06-01'))).toEqual([
      'Recorded after this day: Dose 2 (1 Sep 2025), Month 6 (10 Nov 2025). Correct this date, or the date of what is wrong there.',
    ])
  })

  it('is asked about for a death with only an event after it', () => {
    expect(refused(entry('death', '2025-11-10'))).toEqual([])
    expect(asked(entry('death', '2025-11-10'))[0]).toContain('Pain flare (12 Nov 2025)')
  })

  it('looks at doses only for a withdrawal from treatment', () => {
    expect(asked(entry('treatment', '2025-08-01'))).toEqual([
      'Check: recorded after 1 Aug 2025: Dose 2 (1 Sep 2025). Is the date right?',
    ])
  })

  it('counts a partly known loss as its latest day, and leaves what came after a return', () => {
    expect(asked(entry('lost', '2025-11'))).toEqual([])
    const returned = facts(DATED, [entry('return', '2025-10-01')])
    expect(asked(entry('followUp', '2025-08-01'), returned)).toEqual([
      'Check: recorded after 1 Aug 2025: Dose 2 (1 Sep 2025). Is the date right?',
    ])
  })

  it('has nothing to ask where nothing is dated later; the same day belongs', () => {
    expect(asked(entry('followUp', '2025-11-12'))).toEqual([])
    expect(refused(entry('death', '2025-11-12'))).toEqual([])
  })
})
