import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/db/schema/audit'
import { logEntries } from '@/db/schema/logs'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedRecords } from '@/db/testing/seed-records'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { AppError } from '@/lib/domain/shared/errors'
import type { Result } from '@/lib/domain/shared/result'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { saveLogEntry } from './logs'
import { readLogEntry } from './logs-read'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let investigator: SeededUser
let id: number

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  seedRecords(test.db, study)
  coordinator = seedUser(test.db, { role: 'coordinator', study, name: 'C' })
  investigator = seedUser(test.db, { role: 'investigator', study, name: 'I' })
  id = accepted(save(coordinator, EVENT)).id
})
afterEach(() => test.remove())

const EVENT = {
  ...{
    AETERM: ['Rash'],
    AECAT: ['allergicReaction'],
    AESTDAT: ['1 Feb 2026'],
    AEONGO: ['yes'],
    AETOXGR: ['1'],
  },
  ...{ AEACN: ['none'], AEOUT: ['notRecovered'], AESER: ['no'] },
}

function save(actor: SeededUser, answers: Record<string, string[]>, posted: Record<string, unknown> = {}) {
  const base = { study: 'SMALL', number: 'MEL-001', log: 'adverse-events', entry: 'new', answers }
  return saveLogEntry(contextFor(test.db, actor), SaveLogEntry.parse({ ...base, ...posted }))
}

function accepted<T>(result: Result<T, AppError>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error))
  return result.value
}

const stored = () =>
  test.db
    .select()
    .from(logEntries)
    .all()
    .find(entry => entry.id === id)
const version = () => ({ entry: id, version: String(stored()?.rowVersion) })
const lastRole = () =>
  test.db
    .select()
    .from(auditEntries)
    .all()
    .findLast(entry => entry.entityId === id)?.role

describe('what somebody else judges', () => {
  it('stays blank whatever the coordinator posts, and as it is when it was judged', () => {
    accepted(save(coordinator, { ...EVENT, AERELPR: ['possible'], NOTE: ['x'], AEDESC: ['Arm'] }, version()))
    expect(stored()?.answers).not.toHaveProperty('AERELPR')
    accepted(save(investigator, { AERELPR: ['unrelated'] }, version()))
    accepted(save(coordinator, { ...EVENT, AEDESC: ['Both arms'] }, { ...version(), reason: 'Typing error' }))
    expect(stored()?.answers).toMatchObject({
      AERELPR: { value: 'unrelated' },
      AEDESC: { value: 'Both arms' },
    })
  })

  it('is judged by the investigator, who changes nothing else; the audit names that role', () => {
    accepted(save(investigator, { AETERM: ['Other'], AERELPR: ['unrelated'] }, version()))
    expect(stored()?.answers).toMatchObject({ AETERM: { value: 'Rash' }, AERELPR: { value: 'unrelated' } })
    expect(lastRole()).toBe('investigator')
  })

  it('can be judged although surroundings changed since the coordinator entered the rest', () => {
    test.sqlite.exec("UPDATE treatments SET voided_at = '2026-02-01', void_reason = 'x'")
    const fever = { ...EVENT, AETERM: ['Fever'], AECAT: ['fever'] }
    id = accepted(save(coordinator, fever)).id
    test.sqlite.exec('UPDATE treatments SET voided_at = NULL, void_reason = NULL')
    accepted(save(investigator, { AERELPR: ['unrelated'] }, version()))
    expect(stored()?.answers).toMatchObject({ AERELPR: { value: 'unrelated' } })
    expect(save(coordinator, { ...fever, AEDESC: ['39.2 degrees'] }, version())).toMatchObject({
      error: { code: 'invalidInput', fields: [{ field: 'answers.TOLD_SEEK_CARE' }] },
    })
  })

  it('expectedness is the data manager’s', () => {
    const manager = seedUser(test.db, { role: 'dataManager', study })
    accepted(save(investigator, { AEEXP: ['expected'] }, version()))
    expect(stored()?.answers).not.toHaveProperty('AEEXP')
    accepted(save(manager, { AEEXP: ['expected'], AERELPR: ['possible'] }, version()))
    expect(stored()?.answers).toMatchObject({ AEEXP: { value: 'expected' } })
    expect(stored()?.answers).not.toHaveProperty('AERELPR')
    expect(lastRole()).toBe('dataManager')
  })

  it('opens the form for those fields alone; a new entry is the coordinator’s', () => {
    const address = { study: 'SMALL', number: 'MEL-001', log: 'adverse-events', preset: {} }
    const of = (actor: SeededUser, entry: number | 'new') =>
      readLogEntry(contextFor(test.db, actor), { ...address, entry })
    expect([...accepted(of(investigator, id)).view.mine].sort()).toEqual(['AERELPD', 'AERELPR', 'AESERINV'])
    expect(accepted(of(coordinator, id)).view.mine).not.toContain('AERELPR')
    expect(of(investigator, 'new')).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
    expect(save(investigator, EVENT)).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
  })

  it('a monitor judges and enters nothing', () => {
    const monitor = seedUser(test.db, { role: 'monitor', study })
    expect(save(monitor, { AERELPR: ['possible'] }, version())).toMatchObject({
      ok: false,
      error: { code: 'notAllowed' },
    })
  })
})
