import { describe, expect, it } from 'vitest'
import type { Change } from '@/lib/domain/audit/diff'
import { deriveRecordChanges, type KnownEntry } from './known-changes'
import { classifyValue, countKnown, topicOf } from './known-counts'

const entry = (act: string, changes: Record<string, Change>, more: Partial<KnownEntry> = {}): KnownEntry => ({
  ...{ seq: 1, at: '2026-04-16T08:30:00.000Z', act, actor: 'A', role: 'coordinator', site: 'MEL' },
  ...{ subject: 'MEL-001', visit: 'M1', form: 'nprs', entity: 'assessments', entityId: 1, changes },
  ...{ reason: null, movedFrom: null },
  ...more,
})
const told = (entries: KnownEntry[]) =>
  deriveRecordChanges(entries).map(({ kind, values }) => [
    kind,
    values.map(({ field, old, now }) => [field, old, now]),
  ])

describe('what became known of a record', () => {
  it('is net: corrected in between, it is new with its last value', () => {
    expect(
      told([entry('insert', { 'answers.A': [null, 4] }), entry('update', { 'answers.A': [4, 5] })]),
    ).toEqual([['new', [['answers.A', null, 5]]]])
  })

  it('is nothing where it is again as it was, or was entered and taken out', () => {
    expect(
      told([entry('update', { 'answers.A': [4, 5] }), entry('update', { 'answers.A': [5, 4] })]),
    ).toEqual([])
    expect(
      told([entry('insert', { 'answers.A': [null, 4] }), entry('void', { voidedAt: [null, 'x'] })]),
    ).toEqual([])
  })

  it('names the first value and the last of a chain of corrections, and who made the last', () => {
    const [change] = deriveRecordChanges([
      entry('update', { 'answers.A': [4, 5] }),
      entry('update', { 'answers.A': [5, 6] }, { actor: 'B', reason: 'Typing error' }),
    ])
    expect(change?.values).toMatchObject([{ old: 4, now: 6, by: { actor: 'B', reason: 'Typing error' } }])
  })

  it('is taken out where it was voided, and moved where it stands elsewhere at the end', () => {
    const from = { site: 'MEL', subject: 'MEL-002', visit: 'M1' }
    const there = entry('move', { participantId: [2, 1] }, { movedFrom: from })
    expect(told([entry('void', { voidedAt: [null, 'x'] })])[0]?.[0]).toBe('takenOut')
    expect(told([there])[0]?.[0]).toBe('moved')
    const back = entry('move', { participantId: [1, 2] }, { subject: 'MEL-002' })
    expect(told([there, back])).toEqual([])
  })
})

describe('counts of what became known', () => {
  it('tell new values from corrected ones, and leave confirmations and first dates out', () => {
    expect(classifyValue({ field: 'answers.A', old: null })).toBe('new')
    expect(classifyValue({ field: 'answers.A', old: 3 })).toBe('corrected')
    expect(classifyValue({ field: 'assessmentDate', old: null })).toBeNull()
    expect(classifyValue({ field: 'assessmentDate', old: '2026-01-01' })).toBe('corrected')
    expect(classifyValue({ field: 'confirmations.X', old: null })).toBeNull()
  })

  it('count each record once under its topic', () => {
    const event = { entity: 'log_entries', form: 'adverseEvents' }
    const entries = [
      entry('insert', {
        'answers.A': [null, 4],
        'answers.B': [null, 5],
        assessmentDate: [null, '2026-01-01'],
      }),
      entry('update', { 'answers.A': [2, 4] }, { entityId: 2 }),
      entry('void', {}, { entityId: 3 }),
      entry('insert', {}, { ...event, entityId: 4 }),
      entry('update', { 'answers.G': [1, 2] }, { ...event, entityId: 5 }),
      entry('insert', {}, { entity: 'event_reports', entityId: 6 }),
      entry('insert', {}, { entity: 'treatments', entityId: 7 }),
      entry('insert', {}, { entity: 'participants', entityId: 8 }),
      entry('insert', {}, { entity: 'second_entries', entityId: 9 }),
      entry('insert', {}, { entity: 'log_entries', form: 'medications', entityId: 10 }),
    ]
    const changes = deriveRecordChanges(entries)
    expect(countKnown(changes)).toEqual({
      ...{ newValues: 2, correctedValues: 1, takenOut: 1, moved: 0, newEvents: 1, changedEvents: 2 },
      ...{ registered: 1, doses: 1, others: 1 },
    })
    expect(changes.map(topicOf).slice(3, 8)).toEqual(['events', 'events', 'events', 'doses', 'participants'])
  })
})
