import { expect, it } from 'vitest'
import { HistoryQuery, TrailQuery } from './audit-trail'

it('reads an address as it was meant', () => {
  const typed = { subject: ' MEL-001 ', act: 'update', from: '2026-01-02', page: '3' }
  expect(TrailQuery.parse(typed)).toEqual({
    source: 'records',
    subject: 'MEL-001',
    act: 'update',
    from: '2026-01-02',
    page: 3,
  })
  expect(HistoryQuery.parse({})).toEqual({ page: 1 })
})

it('makes of a hostile address no error, but fewer filters', () => {
  for (const page of ['1e20', '-1', '0', '1.5', 'x', 'Infinity', ['2', '1e9'], '']) {
    const read = TrailQuery.parse({ page }).page
    expect(Number.isSafeInteger(read) && read >= 1 && read <= 100_000, String(page)).toBe(true)
  }
  const twice = {
    subject: ['MEL-001', 'MEL-002'],
    from: ['soon', 'x'],
    to: '2026-13',
    actor: 'x'.repeat(999),
  }
  expect(TrailQuery.parse({ ...twice, source: 'system', unknown: '1' })).toEqual({
    source: 'records',
    subject: 'MEL-001',
    page: 1,
  })
  expect(HistoryQuery.parse({ field: ['visitDate', 'x'], visit: '' })).toEqual({
    field: 'visitDate',
    page: 1,
  })
})
