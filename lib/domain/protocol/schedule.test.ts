import { describe, expect, it } from 'vitest'
import type { VisitPlan } from '@/lib/domain/protocol/protocol'
import { deriveDayZero, deriveSchedule, isInWindow, studyDay } from '@/lib/domain/protocol/schedule'
import { addDays, type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'

const date = (text: string): CalendarDate => {
  const parsed = parseCalendarDate(text)
  if (!parsed) throw new Error(`not a date: ${text}`)
  return parsed
}

const visit = (
  code: string,
  value: number,
  unit: 'days' | 'weeks' | 'months',
  beforeDays: number,
  afterDays: number,
  sinceVersion?: string,
): VisitPlan => ({
  code,
  name: code,
  target: { value, unit },
  window: { beforeDays, afterDays },
  instruments: ['nprs'],
  forms: [],
  sinceVersion,
})

const protocol = {
  dayZero: 'firstTreatment' as const,
  versions: [
    { number: '1.0', effectiveFrom: date('2017-05-02'), summary: '' },
    { number: '1.1', effectiveFrom: date('2018-03-01'), summary: '' },
  ],
  treatments: [
    { code: 'DOSE1', name: 'First' },
    { code: 'DOSE2', name: 'Second', optional: true, notBefore: { value: 6, unit: 'months' as const } },
  ],
  visits: [
    visit('BL', -14, 'days', 28, 14),
    visit('W1', 1, 'weeks', 2, 3),
    visit('M1', 1, 'months', 7, 7),
    visit('M6', 6, 'months', 21, 30),
    visit('M24', 24, 'months', 30, 60, '1.1'),
  ],
}

const place = (dayZero: string | null, plannedDayZero: string | null = null) =>
  Object.fromEntries(
    deriveSchedule(protocol, {
      dayZero: dayZero === null ? null : date(dayZero),
      plannedDayZero: plannedDayZero === null ? null : date(plannedDayZero),
    }).map(row => [row.visit.code, [row.windowStart, row.target, row.windowEnd, row.provisional]]),
  )

describe('deriveSchedule', () => {
  it('places targets and asymmetric windows around day zero', () => {
    expect(place('2024-05-02')).toEqual({
      BL: ['2024-03-21', '2024-04-18', '2024-05-02', false],
      W1: ['2024-05-07', '2024-05-09', '2024-05-12', false],
      M1: ['2024-05-26', '2024-06-02', '2024-06-09', false],
      M6: ['2024-10-12', '2024-11-02', '2024-12-02', false],
      M24: ['2026-04-02', '2026-05-02', '2026-07-01', false],
    })
  })

  it('clamps months to the end of a shorter month, and knows the leap day', () => {
    expect(place('2024-01-31').M1).toEqual(['2024-02-22', '2024-02-29', '2024-03-07', false])
    expect(place('2023-01-31').M1).toEqual(['2023-02-21', '2023-02-28', '2023-03-07', false])
    expect(place('2023-08-31').M6?.[1]).toBe('2024-02-29')
    expect(place('2024-02-29').M24?.[1]).toBe('2026-02-28')
    expect(place('2024-02-29').W1?.[1]).toBe('2024-03-07')
  })

  it('counts from the planned day zero, marked provisional, until the real one is known', () => {
    expect(place(null, '2024-05-02').M1).toEqual(['2024-05-26', '2024-06-02', '2024-06-09', true])
    expect(place('2024-05-16', '2024-05-02').M1).toEqual(['2024-06-09', '2024-06-16', '2024-06-23', false])
  })

  it('leaves dates empty, and nothing provisional, where no day zero is known', () => {
    expect(place(null).M1).toEqual([null, null, null, false])
  })

  it('keeps the order of the protocol as position, also after a visit that does not exist', () => {
    const rows = deriveSchedule(
      { ...protocol, visits: [visit('X', 1, 'days', 0, 0, '1.1'), visit('Y', 2, 'days', 0, 0)] },
      { dayZero: date('2017-06-01'), plannedDayZero: null, followUpEnd: { date: date('2017-07-01') } },
    )
    expect(rows.map(row => [row.visit.code, row.position])).toEqual([['Y', 1]])
  })
})

describe('a visit added by an amendment', () => {
  const exists = (facts: Partial<Parameters<typeof deriveSchedule>[1]>) =>
    deriveSchedule(protocol, { dayZero: date('2017-06-01'), plannedDayZero: null, ...facts }).some(
      row => row.visit.code === 'M24',
    )

  it('exists for who is still in follow-up when the version takes effect', () => {
    expect(exists({})).toBe(true)
    expect(exists({ followUpEnd: { date: date('2018-02-28') } })).toBe(false)
    expect(exists({ followUpEnd: { date: date('2018-03-01') } })).toBe(true)
    expect(exists({ followUpEnd: { date: null } })).toBe(true)
  })

  it('follows the date on which the version took effect for the participant', () => {
    const followUpEnd = { date: date('2018-04-15') }
    expect(exists({ followUpEnd, versionsInForce: { '1.1': date('2018-05-01') } })).toBe(false)
    expect(exists({ followUpEnd, versionsInForce: { '1.1': date('2018-04-01') } })).toBe(true)
    expect(exists({ versionsInForce: { '1.1': null } })).toBe(false)
  })
})

describe('isInWindow', () => {
  const m1 = { windowStart: date('2024-02-22'), windowEnd: date('2024-03-07') }

  it('includes the first and the last day, and excludes their neighbours', () => {
    expect(isInWindow(addDays(m1.windowStart, -1), m1)).toBe(false)
    expect(isInWindow(m1.windowStart, m1)).toBe(true)
    expect(isInWindow(m1.windowEnd, m1)).toBe(true)
    expect(isInWindow(addDays(m1.windowEnd, 1), m1)).toBe(false)
  })

  it('does not know without a date or a window', () => {
    expect(isInWindow(null, m1)).toBeNull()
    expect(isInWindow(date('2024-03-01'), { windowStart: null, windowEnd: null })).toBeNull()
  })
})

describe('studyDay', () => {
  it('is 0 on day zero and has no gap before it', () => {
    expect(studyDay(date('2024-05-02'), date('2024-05-02'))).toBe(0)
    expect(studyDay(date('2024-05-01'), date('2024-05-02'))).toBe(-1)
    expect(studyDay(date('2024-03-01'), date('2024-02-28'))).toBe(2)
    expect(studyDay(null, date('2024-05-02'))).toBeNull()
    expect(studyDay(date('2024-05-02'), null)).toBeNull()
  })
})

describe('deriveDayZero', () => {
  const none = { enrolledOn: null, randomisedOn: null, doses: [], baselineVisitDates: [] }
  const doses = [
    { treatment: 'DOSE1', date: date('2024-05-02') },
    { treatment: 'DOSE2', date: date('2024-11-20') },
  ]

  it('is the first dose, and a second dose does not move it', () => {
    expect(deriveDayZero(protocol, { ...none, doses: doses.slice(0, 1) })).toBe('2024-05-02')
    expect(deriveDayZero(protocol, { ...none, doses })).toBe('2024-05-02')
    expect(deriveDayZero(protocol, { ...none, doses: doses.toReversed() })).toBe('2024-05-02')
  })

  it('never takes the second dose for the first', () => {
    const undatedFirst = [{ treatment: 'DOSE1', date: null }, ...doses.slice(1)]
    expect(deriveDayZero(protocol, { ...none, doses: undatedFirst })).toBeNull()
    const undatedSecond = [...doses.slice(0, 1), { treatment: 'DOSE2', date: null }]
    expect(deriveDayZero(protocol, { ...none, doses: undatedSecond })).toBe('2024-05-02')
  })

  it('is unknown before treatment, whatever else is known', () => {
    expect(deriveDayZero(protocol, { ...none, enrolledOn: date('2024-04-01') })).toBeNull()
  })

  it('is the date of enrolment, else of the baseline visit, else none', () => {
    const enrolment = { ...protocol, dayZero: 'enrolment' as const }
    const baselineVisitDates = [date('2024-04-03'), null, date('2024-04-10')]
    expect(deriveDayZero(enrolment, { ...none, enrolledOn: date('2024-04-01'), baselineVisitDates })).toBe(
      '2024-04-01',
    )
    expect(deriveDayZero(enrolment, { ...none, baselineVisitDates: [date('2024-04-03')] })).toBe('2024-04-03')
    expect(deriveDayZero(enrolment, { ...none, baselineVisitDates })).toBe('2024-04-10')
    expect(deriveDayZero(enrolment, { ...none, doses, baselineVisitDates: [null] })).toBeNull()
  })

  it('is the date of randomisation', () => {
    const randomised = { ...protocol, dayZero: 'randomisation' as const }
    expect(deriveDayZero(randomised, { ...none, randomisedOn: date('2024-04-20'), doses })).toBe('2024-04-20')
    expect(deriveDayZero(randomised, { ...none, doses })).toBeNull()
  })
})
