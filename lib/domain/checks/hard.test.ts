import { describe, expect, it } from 'vitest'
import { checkAnswers, checkAssessmentDate } from '@/lib/domain/checks/hard'
import { nprs } from '@/lib/domain/instruments/nprs'
import { odi } from '@/lib/domain/instruments/odi'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'

const day = (text: string): CalendarDate => {
  const date = parseCalendarDate(text)
  if (!date) throw new Error(text)
  return date
}

describe('hard checks of answers', () => {
  it('pass what can be stored and scored', () => {
    expect(checkAnswers(nprs, { NPRS_AVG: { value: 4 }, NPRS_WORST: { missing: 'declined' } }, {})).toEqual(
      [],
    )
  })

  it.each([
    [{ NPRS_AVG: { value: 11 } }, 'outOfRange'],
    [{ NPRS_AVG: { value: 4.5 } }, 'notWhole'],
    [{ NPRS_AVG: { value: '4' } }, 'notANumber'],
    [{ NPRS_AVG: { value: Number.NaN } }, 'notANumber'],
    [{ NPRS_AVG: { missing: 'notInSource' as const } }, 'reasonNotAllowed'],
    [{ NPRS_AVG: { value: 4, twoMarked: true as const } }, 'twoMarked'],
    [{ NPRS_LEAST: { value: 4 } }, 'unknownItem'],
  ])('refuse %j as %s', (answers, code) => {
    expect(checkAnswers(nprs, answers, {}).map(problem => problem.code)).toEqual([code])
  })

  it('refuse a total beside items that it contradicts, and a reason for a total beside items', () => {
    const items = Object.fromEntries(odi.items({}).map(item => [item.code, { value: 1 }]))
    expect(checkAnswers(odi, { ...items, ODI: { value: 20 } }, {})).toEqual([])
    expect(checkAnswers(odi, { ...items, ODI: { value: 20.1 } }, {})[0]?.code).toBe('totalDiffers')
    expect(checkAnswers(odi, { ...items, ODI: { missing: 'declined' } }, {})[0]?.code).toBe('valueAndMissing')
  })
})

describe('hard checks of the assessment date', () => {
  const check = (date: string | null, followUpEnd: string | null = null) =>
    checkAssessmentDate({
      field: 'assessmentDate',
      date: date ? day(date) : null,
      today: day('2026-04-16'),
      followUpEnd: followUpEnd ? day(followUpEnd) : null,
    })?.code

  it('refuse a date after today at the site', () => {
    expect(check('2026-04-17')).toBe('dateInFuture')
    expect(check('2026-04-16')).toBeUndefined()
    expect(check(null)).toBeUndefined()
  })

  it('refuse a date after follow-up ended, and take earlier ones', () => {
    expect(check('2026-04-11', '2026-04-10')).toBe('dateAfterFollowUp')
    expect(check('2026-04-10', '2026-04-10')).toBeUndefined()
  })
})
