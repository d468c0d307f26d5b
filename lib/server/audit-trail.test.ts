import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { insertRecord, recordAct, voidRecord } from '@/db/write'
import { TrailQuery } from '@/lib/schemas/audit-trail'
import { exportAudit } from './audit'
import { readSystemTrail, readTrail } from './audit-trail'
import { readCohort } from './cohort'

let test: TestDb
let study: SeededStudy

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, TWO_ARM_PROTOCOL)
  const person = (number: string, site: string) => ({
    ...{ number, site, enrolledOn: '2024-01-10', arm: 'SHAM', allocatedOn: '2024-02-01' },
    doses: { DOSE1: '2024-02-01' },
    visits: {},
  })
  seedOutcomes(test.db, study, [person('MEL-001', 'MEL'), person('SYD-001', 'SYD')])
})
afterEach(() => test.remove())

const by = (role: SeededUser['memberships'][number]['role'], site?: string) =>
  contextFor(test.db, seedUser(test.db, { role, study, ...(site === undefined ? {} : { site }) }))

function trailOf(ctx: ReturnType<typeof by>, asked: Record<string, unknown> = {}) {
  const trail = readTrail(ctx, { ...TrailQuery.parse(asked), study: study.code })
  if (!trail.ok) throw new Error(trail.error.code)
  return trail.value
}

/** An allocation voided with a reason that names the arm, and a write by somebody of the other site. */
function writeTelling(): void {
  const w = (name: string) => ({
    userId: null,
    name,
    role: 'dataManager',
    now: '2026-04-16T08:30:00.000Z',
    requestId: 'test-request',
  })
  test.db.transaction(
    tx => {
      const allocation = { participantId: 1, arm: 'ACTIVE', allocatedOn: null, recordedBy: null } as never
      voidRecord(tx, w('Melbourne person'), 'allocations', 1 as never, 1, 'was really ACTIVE, not SHAM')
      insertRecord(tx, w('Melbourne person'), 'allocations', allocation)
      voidRecord(tx, w('Melbourne person'), 'treatments', 1 as never, 1, 'was saline, not cells')
      recordAct(tx, w('Sydney person'), { chain: `study/${study.code}`, site: 'SYD' }, 'noted', {})
    },
    { behavior: 'immediate' },
  )
}

describe('the trail of a study for who may not know arms (D5)', () => {
  it('holds no arm: not in values, not in the reason, not by what was given', () => {
    writeTelling()
    // The protocol itself, which names its arms, is an entry of the study.
    const entriesOf = (role: 'monitor' | 'dataManager') =>
      trailOf(by(role)).entries.filter(entry => entry.subject !== null)
    const masked = entriesOf('monitor')
    expect(JSON.stringify(masked)).not.toMatch(/ACTIVE|SHAM|DOSE1|saline/)
    expect(masked.filter(entry => entry.withheld).map(({ reason }) => reason)).toEqual([
      null,
      null,
      null,
      null,
    ])
    expect(masked.some(entry => entry.entity === 'treatments' && 'givenOn' in entry.changes)).toBe(true)
    expect(JSON.stringify(entriesOf('dataManager'))).toMatch(/saline.*was really ACTIVE.*DOSE1/)
  })

  it('names no person who acted only at sites that are not the reader’s', () => {
    writeTelling()
    const { actors, acts } = trailOf(by('monitor', 'MEL'))
    expect(actors).toContain('Melbourne person')
    expect(actors).not.toContain('Sydney person')
    expect(acts).not.toContain('noted')
    expect(trailOf(by('monitor')).actors).toContain('Sydney person')
  })

  it('is exported by nobody who may not have all of it', () => {
    const file = join(test.sqlite.name, '..', 'audit.jsonl')
    const open = seedStudy(test.db, {
      ...TWO_ARM_PROTOCOL,
      masking: 'open',
      study: { ...TWO_ARM_PROTOCOL.study, code: 'OPEN' },
    })
    const monitor = (site?: string) =>
      contextFor(
        test.db,
        seedUser(test.db, { role: 'monitor', study: open, ...(site === undefined ? {} : { site }) }),
      )
    expect(exportAudit(monitor('MEL'), { study: 'OPEN', file })).toMatchObject({
      error: { code: 'notAllowed' },
    })
    expect(exportAudit(by('monitor'), { study: study.code, file })).toMatchObject({
      error: { code: 'notAllowed' },
    })
    expect(exportAudit(monitor(), { study: 'OPEN', file })).toMatchObject({ ok: true })
  })
})

describe('who used a study (A6, A7)', () => {
  it('is read by its data manager beside its records, and of no other study', () => {
    const other = seedStudy(test.db, {
      ...TWO_ARM_PROTOCOL,
      study: { ...TWO_ARM_PROTOCOL.study, code: 'OTHER' },
    })
    const elsewhere = contextFor(test.db, seedUser(test.db, { role: 'dataManager', study: other }))
    expect(readCohort(elsewhere, { study: 'OTHER' }).ok).toBe(true)
    const manager = by('dataManager')
    expect(readCohort(manager, { study: study.code }).ok).toBe(true)
    const trail = trailOf(manager, { source: 'use' })
    expect(trail.entries.map(({ act, actor, about }) => [act, actor, about])).toEqual([
      ['look', 'A dataManager', study.code],
    ])
    expect(trail).toMatchObject({ total: 1, acts: ['look'], mayReadUse: true })
    expect(trailOf(manager).entries.some(({ act }) => act === 'look')).toBe(false)
  })

  it('is closed to the other readers of the trail', () => {
    for (const role of ['investigator', 'monitor'] as const) {
      const ctx = by(role)
      expect(trailOf(ctx).mayReadUse).toBe(false)
      const use = readTrail(ctx, { ...TrailQuery.parse({ source: 'use' }), study: study.code })
      expect(use).toMatchObject({ error: { code: 'notAllowed' } })
    }
  })
})

describe('the trail of the system (A7)', () => {
  const administrator = () => contextFor(test.db, seedUser(test.db, { role: 'administrator' }))

  it('says whose account and which role an entry is about', () => {
    seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Cora' })
    const trail = readSystemTrail(administrator(), TrailQuery.parse({ act: 'insert' }))
    expect(
      trail.ok && trail.value.entries.find(({ entity, about }) => entity && about?.startsWith('Cora')),
    ).toMatchObject({
      entity: 'memberships',
      about: `Cora, ${study.code}, MEL`,
      changes: { role: [null, 'coordinator'] },
    })
  })

  it('is read by administrators alone, who read no trail of a study', () => {
    for (const role of ['dataManager', 'monitor', 'statistician'] as const)
      expect(readSystemTrail(by(role), TrailQuery.parse({}))).toMatchObject({ ok: false })
    expect(readTrail(administrator(), { ...TrailQuery.parse({}), study: study.code })).toMatchObject({
      ok: false,
    })
  })

  it('is exported whole by the operator', () => {
    const file = join(test.sqlite.name, '..', 'system.jsonl')
    const operator = contextFor(test.db, { kind: 'operator' as const })
    seedUser(test.db, { role: 'coordinator', study, name: 'Cora' })
    expect(exportAudit(operator, { study: null, file })).toMatchObject({ ok: true, value: { entries: 2 } })
    expect(exportAudit(by('dataManager'), { study: null, file })).toMatchObject({ ok: false })
  })

  it('ends at its last page, however far beyond it the address asks', () => {
    const trail = readSystemTrail(administrator(), TrailQuery.parse({ page: '100000' }))
    expect(trail.ok && [trail.value.page, trail.value.entries.length > 0]).toEqual([1, true])
  })
})
