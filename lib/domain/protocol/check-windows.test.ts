import { describe, expect, it } from 'vitest'
import { checkWindows } from '@/lib/domain/protocol/check-windows'
import type { VisitPlan } from '@/lib/domain/protocol/protocol'

const visit = (
  code: string,
  value: number,
  unit: 'days' | 'weeks' | 'months',
  beforeDays: number,
  afterDays: number,
  instruments: readonly string[] = ['nprs'],
): VisitPlan => ({
  code,
  name: code,
  target: { value, unit },
  window: { beforeDays, afterDays },
  instruments,
  forms: [],
})

const check = (...visits: VisitPlan[]) => checkWindows({ visits })

describe('windows of one instrument', () => {
  it('may lie side by side and may not share a day', () => {
    expect(check(visit('W4', 4, 'weeks', 3, 3), visit('W5', 5, 'weeks', 3, 3))).toEqual([])
    const [error, ...more] = check(visit('W4', 4, 'weeks', 3, 3), visit('W5', 5, 'weeks', 4, 3))
    expect(more).toEqual([])
    expect(error?.path).toBe('visits[1].window')
    expect(error?.value).toBe('{"beforeDays":4,"afterDays":3}')
    expect(error?.text).toBe(
      'Windows of W4 and W5 overlap for nprs: from day zero 2001-01-01, 2001-02-01 lies in both. ' +
        'Shorten afterDays of W4 or beforeDays of W5, by 1 day together.',
    )
  })

  it('may overlap where the visits ask for different instruments', () => {
    expect(check(visit('W4', 4, 'weeks', 9, 9), visit('W5', 5, 'weeks', 9, 9, ['odi']))).toEqual([])
  })

  it('names every instrument and form that both visits ask for', () => {
    const forms = ['EXAM']
    const [error] = check(
      { ...visit('W4', 4, 'weeks', 9, 9, ['nprs', 'odi', 'pgic']), forms },
      { ...visit('W5', 5, 'weeks', 9, 9, ['odi', 'nprs']), forms },
    )
    expect(error?.text).toContain('overlap for nprs, odi, EXAM:')
  })

  it('are compared where a month is shortest: January to the end of February', () => {
    // 1 month after 31 January 2001 is 28 February; 2 months is 31 March, 31 days later.
    expect(check(visit('M1', 1, 'months', 7, 14), visit('M2', 2, 'months', 13, 7))).toEqual([])
    const [error] = check(visit('M1', 1, 'months', 7, 15), visit('M2', 2, 'months', 14, 7))
    expect(error?.text).toContain('from day zero 2001-01-01, 2001-02-15 to 2001-02-16 lies in both')
  })

  it('are compared across units, also where the later one is listed first by weeks', () => {
    expect(check(visit('W8', 8, 'weeks', 0, 2), visit('M2', 2, 'months', 0, 7))).toEqual([])
    expect(check(visit('W8', 8, 'weeks', 0, 5), visit('M2', 2, 'months', 0, 7))).toHaveLength(1)
  })

  it('may meet on one day where only a February of 28 days makes them', () => {
    expect(check(visit('PRE', 0, 'days', 28, 14), visit('POST', 1, 'months', 14, 30))).toEqual([])
    expect(check(visit('PRE', 0, 'days', 28, 14), visit('POST', 1, 'months', 15, 30))).toHaveLength(1)
  })

  it('are refused where one lies inside the other or before day zero', () => {
    expect(check(visit('A', -28, 'days', 7, 7), visit('B', -20, 'days', 1, 1))).toHaveLength(1)
    expect(check(visit('M3', 3, 'months', 60, 60), visit('M4', 4, 'months', 1, 1))).toHaveLength(1)
  })

  it('are all compared, not only neighbours', () => {
    const wide = visit('W2', 2, 'weeks', 1, 40)
    const other = visit('W4', 4, 'weeks', 1, 1, ['odi'])
    expect(check(wide, other, visit('W6', 6, 'weeks', 1, 1)).map(error => error.path)).toEqual([
      'visits[2].window',
    ])
  })
})

describe('the order of visits', () => {
  it('is that of their targets', () => {
    const [error] = check(visit('M3', 3, 'months', 1, 1), visit('M1', 1, 'months', 1, 1))
    expect(error).toMatchObject({
      path: 'visits[1].target',
      text: 'M1 comes before M3. List visits in order of their targets.',
    })
  })
})
