import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { findMorphineTable, type MorphineTable } from '@/lib/domain/instruments/morphine-equivalents'
import { FREQUENCIES, type Medication } from '@/lib/domain/medication/medication'
import { scoreMorphineDay } from '@/lib/domain/medication/opioid-day'
import { addDays, type CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { PartialDate } from '@/lib/domain/shared/partial-date'

const CDC = findMorphineTable('CDC-2022') as MorphineTable
const DAY = '2024-05-20' as CalendarDate

function take(drug: string, changes: Partial<Medication> = {}): Medication {
  return {
    drug,
    isAnalgesic: true,
    level: 3,
    dose: 10,
    unit: 'mg',
    frequency: 'regular',
    timesADay: 1,
    from: '2024-01-01' as PartialDate,
    to: null,
    isOngoing: true,
    ...changes,
  }
}

const score = (taken: readonly Medication[], level = 3, date: CalendarDate | null = DAY) =>
  scoreMorphineDay(taken, { date, level }, CDC)
const missing = (reason: string) => ({ kind: 'missing', reason })
const until = (from: string, to: string | null) => ({
  from: from as PartialDate,
  to: to as PartialDate | null,
  isOngoing: to === null,
})

describe('morphine equivalents a day, by the factors of CDC 2022 (clinical.md §2)', () => {
  it.each([
    ['oxycodone', { dose: 10, timesADay: 4 }, 60],
    ['Codeine', { dose: 30, timesADay: 4 }, 18],
    ['tramadol', { dose: 50, timesADay: 4 }, 40],
    ['fentanyl', { dose: 25, unit: 'µg/h' as const, frequency: 'continuous' as const, timesADay: null }, 60],
    ['methadone', { dose: 1, timesADay: 1 }, 4.7],
    ['hydrocodone', { dose: 5, timesADay: 3 }, 15],
    ['hydromorphone', { dose: 2, timesADay: 2 }, 20],
    ['morphine', { dose: 0.01, unit: 'g' as const, timesADay: 2 }, 20],
    ['oxymorphone', { dose: 5000, unit: 'µg' as const, timesADay: 2 }, 30],
    ['tapentadol', { dose: 50, timesADay: 2.5 }, 50],
  ])('%s %o gives %d mg', (drug, changes, expected) => {
    const result = score([take(drug, changes)])
    expect(result.kind === 'score' && result.value).toBeCloseTo(expected, 10)
  })

  it('is the mean over the 7 days up to and with the assessment', () => {
    const value = (from: string, to: string | null) => {
      const result = score([take('morphine', { dose: 70, ...until(from, to) })])
      return result.kind === 'score' ? Math.round(result.value * 1e9) / 1e9 : result.reason
    }
    expect(value('2024-05-14', null)).toBe(70)
    expect(value('2024-05-15', null)).toBe(60)
    expect(value('2024-05-20', null)).toBe(10)
    expect(value('2024-01-01', '2024-05-14')).toBe(10)
    expect(value('2024-05-16', '2024-05-17')).toBe(20)
    expect(score([take('morphine', until('2024-01-01', '2024-05-13'))], 1)).toEqual({
      kind: 'score',
      value: 0,
    })
    expect(score([take('morphine', until('2024-05-21', null))], 0)).toEqual({ kind: 'score', value: 0 })
  })

  it('is 0 only where no opioid ran and none was reported', () => {
    expect(score([], 0)).toEqual({ kind: 'score', value: 0 })
    expect(
      score([take('ibuprofen', { level: 1 }), take('atenolol', { isAnalgesic: false, level: null })], 1),
    ).toEqual({ kind: 'score', value: 0 })
    expect(score([take('ibuprofen', { level: 1 })], 2)).toEqual(missing('opioidNotRecorded'))
    expect(score([], 3)).toEqual(missing('opioidNotRecorded'))
  })

  it('is missing with its reason, never 0', () => {
    expect(score([take('buprenorphine')])).toEqual(missing('noFactor'))
    expect(score([take('buprenorphine', { isAnalgesic: false, level: null })], 0)).toEqual(
      missing('noFactor'),
    )
    expect(score([take('unheard of', { level: null })], 1)).toEqual(missing('noFactor'))
    for (const drug of ['Tramadol hydrochloride', 'Paracetamol/codeine', 'Oxycodone + naloxone']) {
      expect(score([take(drug, { level: 1 })], 1)).toEqual(missing('noFactor'))
      expect(score([take(drug, { isAnalgesic: false, level: null })], 0)).toEqual(missing('noFactor'))
    }
    expect(score([take('nicotine patch', { isAnalgesic: false, level: null })], 0)).toEqual({
      kind: 'score',
      value: 0,
    })
    expect(score([take('oxycodone', { unit: 'tablets' })])).toEqual(missing('noFactor'))
    expect(score([take('fentanyl', { unit: 'µg' })])).toEqual(missing('noFactor'))
    expect(score([take('oxycodone', { dose: null })])).toEqual(missing('amountUnknown'))
    expect(score([take('oxycodone', { timesADay: null })])).toEqual(missing('amountUnknown'))
    expect(score([take('oxycodone', { unit: null })])).toEqual(missing('amountUnknown'))
    expect(score([take('oxycodone')], 3, null)).toEqual(missing('datesUnknown'))
  })

  it('takes a partial date where the week does not depend on it, and is missing where it does', () => {
    const at = (from: string | null, to: string | null, isOngoing: boolean | null) =>
      score([take('morphine', { from: from as PartialDate, to: to as PartialDate, isOngoing })], 1)
    expect(at('2023', null, true)).toEqual({ kind: 'score', value: 10 })
    expect(at('2024-04', '2024-06', false)).toEqual({ kind: 'score', value: 10 })
    expect(at('2023', '2024-04', false)).toEqual({ kind: 'score', value: 0 })
    expect(at('2024-05', null, true)).toEqual(missing('datesUnknown'))
    expect(at('2024-01', '2024-05', false)).toEqual(missing('datesUnknown'))
    expect(at(null, null, true)).toEqual(missing('datesUnknown'))
    expect(at('2024-01', null, false)).toEqual(missing('datesUnknown'))
    expect(at('2024-01', null, null)).toEqual(missing('datesUnknown'))
    expect(at('2024-06', null, null)).toEqual({ kind: 'score', value: 0 })
    // It ends no earlier than it starts, and starts no later than it ends: one day of the week, 10 mg.
    const oneDay = { kind: 'score', value: 10 / 7 }
    expect(at('2024-05-20', '2024-05', false)).toEqual(oneDay)
    expect(at('2024-05', '2024-05-14', false)).toEqual(oneDay)
    expect(at('2024-05', '2024-05-15', false)).toEqual(missing('datesUnknown'))
    expect(
      score([take('morphine', until('2024-05', '2024-05-01'))], 1, '2024-05-07' as CalendarDate),
    ).toEqual(oneDay)
  })
})

describe('properties of the morphine equivalents', () => {
  const course = fc
    .record({
      drug: fc.constantFrom(...Object.keys(CDC.factors).filter(name => name !== 'fentanyl patch')),
      dose: fc.double({ min: 0, max: 200, noNaN: true }),
      timesADay: fc.double({ min: 0, max: 12, noNaN: true }),
      frequency: fc.constantFrom(...FREQUENCIES.filter(name => name !== 'continuous')),
      start: fc.integer({ min: -20, max: 5 }),
      length: fc.option(fc.integer({ min: 0, max: 20 })),
    })
    .map(({ drug, start, length, ...rest }) => {
      const from = addDays(DAY, start)
      const to = length === null ? null : addDays(from, length)
      return take(drug, { ...rest, ...until(from, to) })
    })
  const courses = fc.array(course, { minLength: 1, maxLength: 5 })
  const mmeOf = (taken: readonly Medication[]) => {
    const result = score(taken, 0)
    if (result.kind !== 'score') throw new Error(result.reason)
    return result.value
  }

  it('do not fall when more is taken', () => {
    fc.assert(
      fc.property(courses, fc.nat(4), fc.double({ min: 0, max: 50, noNaN: true }), (taken, index, more) => {
        const raised = taken.map((each, at) =>
          at === index % taken.length ? { ...each, dose: (each.dose ?? 0) + more } : each,
        )
        expect(mmeOf(raised)).toBeGreaterThanOrEqual(mmeOf(taken) - 1e-9)
      }),
    )
  })

  it('do not depend on the order of the entries', () => {
    fc.assert(
      fc.property(courses, taken => {
        expect(mmeOf(taken.toReversed())).toBeCloseTo(mmeOf(taken), 6)
      }),
    )
  })

  it('are missing whatever else is taken while an opioid without a factor runs', () => {
    fc.assert(
      fc.property(courses, fc.nat(5), (taken, at) => {
        expect(score(taken.toSpliced(at, 0, take('pethidine')))).toEqual(missing('noFactor'))
      }),
    )
  })

  it('are never below 0', () => {
    fc.assert(fc.property(courses, taken => mmeOf(taken) >= 0))
  })
})
