import { describe, expect, it } from 'vitest'
import { softInput } from '@/lib/domain/checks/__fixtures__/soft-input'
import { checkSoft, listUnconfirmed } from '@/lib/domain/checks/soft'
import type { SoftCheckInput } from '@/lib/domain/checks/soft-rule'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'

const day = (text: string): CalendarDate => {
  const date = parseCalendarDate(text)
  if (!date) throw new Error(text)
  return date
}
const WINDOW = { start: day('2026-04-06'), end: day('2026-05-04') }
const texts = (part: Partial<SoftCheckInput>) => checkSoft(softInput(part)).map(question => question.text)

describe('soft checks', () => {
  it('ask when worst pain is below average pain', () => {
    const answers = { NPRS_AVG: { value: 5 }, NPRS_WORST: { value: 4 } }
    expect(checkSoft(softInput({ answers }))).toEqual([
      {
        code: 'painOrder.NPRS_WORST.NPRS_AVG',
        fields: ['NPRS_WORST', 'NPRS_AVG'],
        text: 'Check: worst pain (4) is below average pain (5).',
        key: 'painOrder.NPRS_WORST.NPRS_AVG:NPRS_WORST=4,NPRS_AVG=5',
      },
    ])
  })

  it('ask about each contradiction between ratings, and about no missing rating', () => {
    expect(
      texts({ answers: { NPRS_AVG: { value: 2 }, NPRS_LEAST: { value: 3 }, NPRS_NOW: { value: 1 } } }),
    ).toEqual([
      'Check: average pain (2) is below least pain (3).',
      'Check: pain now (1) is below least pain (3).',
    ])
    expect(texts({ answers: { NPRS_AVG: { value: 5 }, NPRS_WORST: { missing: 'declined' } } })).toEqual([])
    expect(texts({ answers: { NPRS_AVG: { value: 5 }, NPRS_WORST: { value: 5 } } })).toEqual([])
  })

  it('ask whether the higher of two marked boxes was entered', () => {
    const answers = { ODI_03: { value: 4, twoMarked: true as const }, ODI_04: { value: 1 } }
    expect(texts({ form: 'odi', answers })).toEqual([
      'Check: two boxes were marked for lifting; 4 must be the higher of them.',
    ])
  })

  it.each([
    ['2026-04-05', 'Check: 5 Apr 2026 is 1 day before the window of this visit (6 Apr 2026 to 4 May 2026).'],
    ['2026-05-07', 'Check: 7 May 2026 is 3 days after the window of this visit (6 Apr 2026 to 4 May 2026).'],
  ])('ask about %s, outside the window', (date, text) => {
    expect(texts({ date: day(date), window: WINDOW })).toEqual([text])
  })

  it.each(['2026-04-06', '2026-05-04'])('take %s, an edge of the window, as inside', date => {
    expect(texts({ date: day(date), window: WINDOW })).toEqual([])
  })

  it('ask nothing where date or window is not known', () => {
    expect(texts({ date: day('2026-05-07') })).toEqual([])
    expect(texts({ window: WINDOW })).toEqual([])
  })

  it('ask about a value dated after a second dose in the same window', () => {
    const doseDates = [day('2025-10-19'), day('2026-04-14')]
    expect(texts({ date: day('2026-04-20'), window: WINDOW, doseDates })).toEqual([
      'Check: 20 Apr 2026 is after the second dose (14 Apr 2026), which was given in the window of this visit.',
    ])
    expect(texts({ date: day('2026-04-14'), window: WINDOW, doseDates })).toEqual([
      'Check: 14 Apr 2026 is the day of the second dose (14 Apr 2026), which was given in the window of this visit.',
    ])
    expect(texts({ date: day('2026-04-14'), window: WINDOW, doseDates, beforeTreatment: true })).toEqual([])
    expect(texts({ date: day('2026-04-10'), window: WINDOW, doseDates })).toEqual([])
    expect(texts({ date: day('2026-04-20'), window: WINDOW, doseDates: [day('2026-04-14')] })).toEqual([])
  })

  it('ask about hours of work that contradict the capacity', () => {
    const work = (capacity: number, hours: number) =>
      texts({ form: 'work', answers: { WORK_CAPACITY: { value: capacity }, WORK_HOURS: { value: hours } } })
    expect(work(0, 20)).toEqual(['Check: unable to work, but 20 hours a week are entered.'])
    expect(work(2, 0)).toEqual(['Check: full work capacity, but 0 hours a week are entered.'])
    expect(work(2, 90)).toEqual(['Check: 90 hours of work a week.'])
    expect(work(1, 20)).toEqual([])
  })

  it('ask again when a confirmed value changes', () => {
    const ask = (worst: number) =>
      checkSoft(softInput({ answers: { NPRS_AVG: { value: 5 }, NPRS_WORST: { value: worst } } }))
    const confirmed = ask(4).map(question => question.key)
    expect(listUnconfirmed(ask(4), confirmed)).toEqual([])
    expect(listUnconfirmed(ask(3), confirmed)).toHaveLength(1)
  })
})
