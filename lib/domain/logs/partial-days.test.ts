import { describe, expect, it } from 'vitest'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { deriveEndDay, deriveStartDay, readSpan } from './partial-days'

const day = (text: string) => text as CalendarDate
const NONE = { death: null, lastContact: null, dataCut: null }

describe('the days that a partial date may stand for', () => {
  it.each([
    ['2026', '2026-01-01', '2026-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2026-12', '2026-12-01', '2026-12-31'],
    ['2026-04-16', '2026-04-16', '2026-04-16'],
  ])('%s', (date, first, last) => expect(readSpan(date)).toEqual({ first, last }))

  it.each(['', '2026-13', '26', '2026-02-30', 'April'])('“%s” is none', text =>
    expect(readSpan(text)).toBeNull(),
  )
})

describe('a start (clinical.md §3, Dates)', () => {
  it.each([
    ['is the earliest possible day', '2026-04', null, '2026-04-01', true],
    ['of a year is its first day', '2026', null, '2026-01-01', true],
    [
      'is not before the first procedure within the partial date',
      '2026-04',
      '2026-04-16',
      '2026-04-16',
      true,
    ],
    ['keeps the earliest day where the procedure lies after it', '2026-04', '2026-05-01', '2026-04-01', true],
    [
      'keeps the earliest day where the procedure lies before it',
      '2026-04',
      '2026-03-31',
      '2026-04-01',
      true,
    ],
    ['that is known stays, without a flag', '2026-04-10', '2026-04-16', '2026-04-10', false],
  ])('%s', (_clause, date, procedure, expected, isDerived) => {
    const firstProcedure = procedure === null ? null : day(procedure)
    expect(deriveStartDay(date, { firstProcedure })).toEqual({ day: expected, isDerived })
  })

  it('that is not known stays unknown', () => {
    expect(deriveStartDay(null, { firstProcedure: day('2026-04-16') })).toBeNull()
  })
})

describe('an end (clinical.md §3, Dates)', () => {
  it.each([
    ['is the latest possible day', '2026-04', {}, '2026-04-30', true],
    ['of a year is its last day', '2026', {}, '2026-12-31', true],
    ['is capped by death', '2026-04', { death: day('2026-04-20') }, '2026-04-20', true],
    ['is capped by the last contact', '2026-04', { lastContact: day('2026-04-21') }, '2026-04-21', true],
    ['is capped by the data cut', '2026-04', { dataCut: day('2026-04-22') }, '2026-04-22', true],
    [
      'is capped by the earliest of them',
      '2026-04',
      { death: day('2026-04-25'), lastContact: day('2026-04-21'), dataCut: day('2026-04-22') },
      '2026-04-21',
      true,
    ],
    [
      'is not before the earliest possible day',
      '2026-04',
      { lastContact: day('2026-03-02') },
      '2026-04-01',
      true,
    ],
    ['that is known stays, without a flag', '2026-04-16', { death: day('2026-04-01') }, '2026-04-16', false],
  ])('%s', (_clause, date, caps, expected, isDerived) => {
    expect(deriveEndDay(date, { ...NONE, ...caps })).toEqual({ day: expected, isDerived })
  })

  it('that is not known stays unknown', () => expect(deriveEndDay(null, NONE)).toBeNull())
})
