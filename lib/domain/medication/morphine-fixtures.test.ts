import { describe, expect, it } from 'vitest'
import { findMorphineTable, type MorphineTable } from '@/lib/domain/instruments/morphine-equivalents'
import type { Medication } from '@/lib/domain/medication/medication'
import { scoreMorphineDay } from '@/lib/domain/medication/opioid-day'
import { addDays, type CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { PartialDate } from '@/lib/domain/shared/partial-date'
import { checkEach } from '@/lib/domain/statistics/__fixtures__/check-each'

const CDC = findMorphineTable('CDC-2022') as MorphineTable
const DAY = '2024-03-02' as CalendarDate
const WEEK_START = addDays(DAY, -6)

interface Course {
  readonly drug: string
  readonly dose: number
  readonly timesADay: number
  /** Days of the week up to the assessment, 0 to 6. */
  readonly first: number
  readonly last: number
}

function take({ drug, dose, timesADay, first, last }: Course): Medication {
  const isPatch = drug === 'fentanyl patch'
  return {
    drug: isPatch ? 'fentanyl' : drug,
    isAnalgesic: true,
    level: 3,
    dose,
    unit: isPatch ? 'µg/h' : 'mg',
    frequency: isPatch ? 'continuous' : 'regular',
    timesADay: isPatch ? null : timesADay,
    from: addDays(WEEK_START, first) as string as PartialDate,
    to: addDays(WEEK_START, last) as string as PartialDate,
    isOngoing: false,
  }
}

function scoreWeek(courses: readonly Course[]): number | null {
  const result = scoreMorphineDay(courses.map(take), { date: DAY, level: 3 }, CDC)
  return result.kind === 'score' ? result.value : null
}

describe('morphine equivalents from outside', () => {
  it('agree with R in the generated weeks, across the end of a February with 29 days', () => {
    checkEach<{ courses: Course[]; mme: number }>('morphine-equivalents', ({ courses, mme }) => {
      expect(scoreWeek(courses)).toBeCloseTo(mme, 9)
    })
  })

  // The two examples beneath the table of factors in the guideline (MMWR Recomm Rep 2022;71(3)).
  it('have the values of the worked examples of the CDC guideline', () => {
    const allWeek = { first: 0, last: 6 }
    expect(scoreWeek([{ drug: 'hydrocodone', dose: 5, timesADay: 4, ...allWeek }])).toBeCloseTo(20, 12)
    expect(scoreWeek([{ drug: 'oxycodone', dose: 10, timesADay: 2, ...allWeek }])).toBeCloseTo(30, 12)
  })
})
