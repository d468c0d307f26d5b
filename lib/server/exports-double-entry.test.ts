import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { deriveLeastSettled } from '@/lib/domain/double-entry/double-entry-state'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { SettleDoubleEntry } from '@/lib/schemas/double-entry'
import { SaveVisit } from '@/lib/schemas/visits'
import { saveSecondEntry } from './double-entry'
import { settleDifferences } from './double-entry-settling'
import { exportStudy } from './exports'
import { saveVisit } from './visits'

const PROTOCOL: Protocol = { ...SMALL_PROTOCOL, doubleEntry: { forms: ['nprs'] } }
const VISIT = { study: PROTOCOL.study.code, number: 'MEL-001', visit: 'M1' }

let test: TestDb
let study: SeededStudy
let first: SeededUser
let second: SeededUser
let folder: string
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, PROTOCOL)
  seedOutcomes(test.db, study, [
    { number: 'MEL-001', enrolledOn: '2026-02-20', doses: { DOSE1: '2026-03-10' } },
  ])
  const person = { role: 'coordinator', study, site: 'MEL' } as const
  first = seedUser(test.db, { ...person, name: 'First Person' })
  second = seedUser(test.db, { ...person, name: 'Second Person' })
  folder = mkdtempSync(join(tmpdir(), 'longitude-double-'))
})
afterEach(() => {
  test.remove()
  rmSync(folder, { recursive: true, force: true })
})

const typed = (average: string) =>
  SaveVisit.parse({
    ...VISIT,
    '~visit': { date: ['10 Apr 2026'] },
    nprs: { NPRS_AVG: [average], NPRS_WORST: ['8'] },
  })

/** What `visits.csv` says of the visit. */
function exported(): string | undefined {
  const request = { study: study.code, dataCut: '', flavour: 'analysis' as const, out: folder }
  expect(exportStudy(contextFor(test.db, first), request).ok).toBe(true)
  const [header = '', ...lines] = readFileSync(join(folder, 'visits.csv'), 'utf8').trim().split('\n')
  const names = header.split(',')
  const cells = lines.map(line => line.split(',')).find(line => line[names.indexOf('visit')] === 'M1')
  return cells?.[names.indexOf('double_entry')]
}

describe('the double entry of a visit in visits.csv', () => {
  it('goes from none to pending, differs and settled as the form is entered, entered again and decided', () => {
    expect(exported()).toBe('none')
    expect(saveVisit(contextFor(test.db, first), typed('6')).ok).toBe(true)
    expect(exported()).toBe('pending')
    expect(saveSecondEntry(contextFor(test.db, second), typed('5')).ok).toBe(true)
    expect(exported()).toBe('differs')
    const decision = SettleDoubleEntry.parse({
      ...VISIT,
      reason: 'First entry misread the source',
      nprs: { '~versions': ['1-1'], NPRS_AVG: ['second'] },
    })
    expect(settleDifferences(contextFor(test.db, second), decision).ok).toBe(true)
    expect(exported()).toBe('settled')
  })

  it('is settled at once where the second entry is equal', () => {
    saveVisit(contextFor(test.db, first), typed('6'))
    saveSecondEntry(contextFor(test.db, second), typed('6'))
    expect(exported()).toBe('settled')
  })

  it.each([
    [['settled', 'pending', 'differs'], 'differs'],
    [['settled', 'pending', 'none'], 'pending'],
    [['none', 'settled'], 'settled'],
    [['none'], 'none'],
    [[], 'none'],
  ] as const)('of forms %j is %s', (states, expected) => {
    expect(deriveLeastSettled(states)).toBe(expected)
  })
})
