import { expect, it } from 'vitest'
import type { HistoryEntry } from '@/db/queries/history'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { summarise } from './history-summary'

const ENTRY: HistoryEntry = {
  ...{ seq: 1, at: '2026-04-16T00:00:00Z', act: 'update', actor: 'A', role: 'dataManager', site: 'MEL' },
  ...{ subject: 'MEL-001', visit: null, form: null, entity: 'participants', entityId: 1, changes: {} },
  ...{ reason: null, movedFrom: null },
}
const told = (entry: Partial<HistoryEntry>) => summarise(SMALL_PROTOCOL, { ...ENTRY, ...entry }, [], 'a dose')

it.each([
  ['a change that is not shown', { changes: { duplicateOf: [null, 2] } }, 'Changed the registration'],
  [
    'a second entry',
    { act: 'insert', entity: 'second_entries', form: 'nprs', visit: 'M1' },
    'Recorded the second entry of NPRS at 1 month',
  ],
  ['an override', { act: 'void', entity: 'eligibility_overrides' }, 'Voided an eligibility override'],
] as const)('%s is told in words, never as 0 fields', (_, entry, text) => {
  expect(told(entry as Partial<HistoryEntry>)).toBe(text)
})
