import { describe, expect, it } from 'vitest'
import { deriveDoseState, deriveTreatmentOffers } from '@/lib/domain/protocol/doses'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'

const date = (text: string): CalendarDate => {
  const parsed = parseCalendarDate(text)
  if (!parsed) throw new Error(`not a date: ${text}`)
  return parsed
}

const protocol = {
  treatments: [
    { code: 'DOSE1', name: 'First' },
    { code: 'DOSE2', name: 'Second', optional: true, notBefore: { value: 6, unit: 'months' as const } },
  ],
}
const first = { treatment: 'DOSE1', date: date('2024-05-02') }
const second = { treatment: 'DOSE2', date: date('2024-11-20') }

describe('deriveDoseState', () => {
  it.each([
    ['2024-05-01', 0, null],
    ['2024-05-02', 1, 0],
    ['2024-11-19', 1, 201],
    ['2024-11-20', 2, 0],
    ['2024-12-01', 2, 11],
  ])('on %s the dose number is %i', (day, doseNumber, daysSinceLastDose) => {
    expect(deriveDoseState(protocol, [second, first], date(day))).toEqual({ doseNumber, daysSinceLastDose })
  })

  it('counts a value taken before the dose on the dosing day as before it', () => {
    expect(deriveDoseState(protocol, [first], date('2024-05-02'), true)).toEqual({
      doseNumber: 0,
      daysSinceLastDose: null,
    })
    expect(deriveDoseState(protocol, [first, second], date('2024-11-20'), true)).toEqual({
      doseNumber: 1,
      daysSinceLastDose: 202,
    })
  })

  it('says only what dates tell', () => {
    const unknown = { doseNumber: null, daysSinceLastDose: null }
    const undatedFirst = { treatment: 'DOSE1', date: null }
    const undatedSecond = { treatment: 'DOSE2', date: null }
    expect(deriveDoseState(protocol, [first], null)).toEqual(unknown)
    expect(deriveDoseState(protocol, [undatedFirst], date('2024-12-01'))).toEqual(unknown)
    expect(deriveDoseState(protocol, [first, undatedSecond], date('2024-12-01'))).toEqual(unknown)
    expect(deriveDoseState(protocol, [undatedFirst, second], date('2024-12-01'))).toEqual({
      doseNumber: 2,
      daysSinceLastDose: 11,
    })
    expect(deriveDoseState(protocol, [first, undatedSecond], date('2024-05-01'))).toEqual({
      doseNumber: 0,
      daysSinceLastDose: null,
    })
  })

  it('is dose 0 for who was never treated', () => {
    expect(deriveDoseState(protocol, [], date('2024-05-02'))).toEqual({
      doseNumber: 0,
      daysSinceLastDose: null,
    })
  })
})

describe('deriveTreatmentOffers', () => {
  const offers = (doses: Parameters<typeof deriveTreatmentOffers>[1], day: string) =>
    deriveTreatmentOffers(protocol, doses, date(day)).map(offer => [
      offer.treatment.code,
      offer.from,
      offer.isOpen,
    ])

  it('offers the first treatment from the start and the second not before it', () => {
    expect(offers([], '2024-05-01')).toEqual([
      ['DOSE1', null, true],
      ['DOSE2', null, false],
    ])
  })

  it('opens the optional second dose on the day named by the protocol', () => {
    expect(offers([first], '2024-11-01')).toEqual([['DOSE2', '2024-11-02', false]])
    expect(offers([first], '2024-11-02')).toEqual([['DOSE2', '2024-11-02', true]])
    expect(offers([{ treatment: 'DOSE1', date: date('2024-08-31') }], '2025-02-28')).toEqual([
      ['DOSE2', '2025-02-28', true],
    ])
  })

  it('offers nothing twice, and does not close where the first date is not known', () => {
    expect(offers([first, second], '2025-01-01')).toEqual([])
    expect(offers([{ treatment: 'DOSE1', date: null }], '2025-01-01')).toEqual([['DOSE2', null, true]])
  })
})
