import { describe, expect, it } from 'vitest'
import { isWholeDay, type PartialDate, parsePartialDate, spanOf } from '@/lib/domain/shared/partial-date'

describe('a partial date', () => {
  it.each([
    ['2024', '2024-01-01', '2024-12-31'],
    ['2024-02', '2024-02-01', '2024-02-29'],
    ['2023-02', '2023-02-01', '2023-02-28'],
    ['2023-12', '2023-12-01', '2023-12-31'],
    ['2024-02-29', '2024-02-29', '2024-02-29'],
  ])('%s stands for the days from %s to %s', (text, first, last) => {
    expect(spanOf(text as PartialDate)).toEqual({ first, last })
  })

  it.each(['', '24', '2024-13', '2024-2', '2023-02-29', '2024-05-', ' 2024', '2024-05-1'])(
    'is not read from “%s”',
    text => expect(parsePartialDate(text)).toBeNull(),
  )

  it('tells whether its day is known', () => {
    expect(['2024', '2024-05', '2024-05-06'].map(text => isWholeDay(text as PartialDate))).toEqual([
      false,
      false,
      true,
    ])
  })
})
