import { afterEach, beforeEach, expect, it } from 'vitest'
import { MONTH_1, openDoubleEntryDesk, postPain } from '@/db/testing/double-entry-desk'
import { contextFor, type SeededStudy, type SeededUser, seedUser } from '@/db/testing/factories'
import type { TestDb } from '@/db/testing/test-db'
import { saveSecondEntry } from './double-entry'
import { readParticipantHistory } from './history'
import { readParticipant } from './participant-record'
import { readVisit } from './visit-view'
import { saveVisit } from './visits'
import { readWorklist } from './worklist'

let test: TestDb
let study: SeededStudy
let first: SeededUser
let second: SeededUser
beforeEach(() => {
  ;({ test, study, first, second } = openDoubleEntryDesk())
  expect(saveVisit(contextFor(test.db, first), postPain('6', '8')).ok).toBe(true)
})
afterEach(() => test.remove())

/** All that tells a value of the form, as the pages are given it. */
function read(who: SeededUser) {
  const ctx = contextFor(test.db, who)
  const view = readVisit(ctx, MONTH_1)
  const later = readVisit(ctx, { ...MONTH_1, visit: 'M6' })
  const record = readParticipant(ctx, MONTH_1.study, MONTH_1.number)
  const history = readParticipantHistory(ctx, MONTH_1)
  if (!view.ok || !later.ok || !record.ok || !history.ok) throw new Error('not read')
  const nprs = (trends: typeof view.value.trends) => trends.filter(({ form }) => form === 'nprs')
  return {
    answers: view.value.forms.find(form => form.code === 'nprs')?.answers,
    hidden: view.value.hidden,
    stored: nprs(view.value.trends).flatMap(({ stored }) => stored.value ?? []),
    earlier: nprs(later.value.trends).flatMap(trend => trend.earlier.map(({ value }) => value)),
    last: later.value.forms.find(form => form.code === 'nprs')?.last ?? null,
    points: record.value.trends.flatMap(trend =>
      trend.points.filter(({ visit }) => visit === 'M1').map(({ value }) => value),
    ),
    hiddenOfRecord: record.value.hidden.map(({ visit, form }) => [visit, form]),
    told: [...record.value.history.entries, ...history.value.entries].flatMap(entry =>
      entry.changes.filter(({ field }) => field.startsWith('answers.')).map(({ now }) => now),
    ),
    state: view.value.standing.state,
  }
}

const SHOWN = {
  answers: { NPRS_AVG: { value: 6 }, NPRS_WORST: { value: 8 } },
  hidden: [],
  stored: [6, 8],
  earlier: [6, 8],
  hiddenOfRecord: [],
}

it('who may make the second entry sees no answer, score or history value of the first until it is made', () => {
  const blind = read(second)
  expect(blind).toMatchObject({ hidden: [expect.any(String)], hiddenOfRecord: [['M1', 'nprs']] })
  const { answers, stored, earlier, last, points, told } = blind
  expect({ answers, stored, earlier, last, points, told }).toEqual({
    ...{ answers: undefined, stored: [], earlier: [], last: null, points: [], told: [] },
  })
  expect(saveSecondEntry(contextFor(test.db, second), postPain('5', '8')).ok).toBe(true)
  expect(read(second)).toMatchObject(SHOWN)
})

it.each(['first', 'dataManager', 'monitor'] as const)(
  'is not hidden from %s, who is no second person',
  who => {
    const reader = who === 'first' ? first : seedUser(test.db, { role: who, study, name: who })
    const seen = read(reader)
    expect(seen).toMatchObject(SHOWN)
    expect(seen.points.length).toBeGreaterThan(0)
    expect(seen.told.length).toBeGreaterThan(0)
    expect(seen.state).toBe(read(second).state)
  },
)

it('the worklist of the second person asks for the second entry, not to go on with the first', () => {
  const list = readWorklist(contextFor(test.db, second), { study: study.code, site: null })
  if (!list.ok) throw new Error('not read')
  expect(list.value.doubleEntry.map(({ visit }) => visit)).toEqual(['M1'])
  // One month asks for this form alone: nothing else of it is lacking.
  expect(list.value.items.filter(({ visit }) => visit === 'M1')).toEqual([])
})
