import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/db/schema/audit'
import { type ExportDesk, makeExporter, openExportDesk, seedTrial } from '@/db/testing/export-desk'
import { type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import type { TestDb } from '@/db/testing/test-db'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { exportStudy } from './exports'

let desk: ExportDesk
let test: TestDb
let study: SeededStudy

beforeEach(() => {
  desk = openExportDesk()
  test = desk.test
})
afterEach(() => desk.close())

const { run, exported, text, rows } = makeExporter(exportStudy, () => ({ desk, study }))

function seed(...more: [Protocol?, Parameters<typeof seedStudy>[2]?]): void {
  study = seedTrial(test, ...more)
}

describe('a study of several arms', () => {
  it('gives arms and doses to who may see them, and to nobody else, in no file', () => {
    seed(TWO_ARM_PROTOCOL)
    exported({}, seedUser(test.db, { role: 'dataManager', study }))
    expect(rows('scores_long.csv')[0]).toMatchObject({ arm: 'ACTIVE', dose_number: '0' })
    expect(rows('treatments.csv')).toHaveLength(3)
    for (const role of ['coordinator', 'investigator', 'statistician'] as const) {
      const manifest = exported({}, seedUser(test.db, { role, study }))
      expect(manifest.arms).toBe('withheld')
      for (const { name } of manifest.files) expect(text(name)).not.toMatch(/ACTIVE|SHAM|DOSE1,/)
      expect(rows('treatments.csv')).toEqual([])
      expect(rows('scores_long.csv')[0]).toMatchObject({ arm: '', dose_number: '' })
    }
  })

  it('that is masked opens to the statistician with its lock', () => {
    seed(TWO_ARM_PROTOCOL)
    test.sqlite.exec("UPDATE studies SET locked_at = '2026-01-01T00:00:00.000Z', lock_reason = 'done'")
    expect(exported({}, seedUser(test.db, { role: 'statistician', study })).arms).toBe('shown')
    expect(exported({}, seedUser(test.db, { role: 'coordinator', study })).arms).toBe('withheld')
  })

  it('that is open keeps results by arm from site staff until its lock all the same', () => {
    seed({ ...TWO_ARM_PROTOCOL, masking: 'open' })
    const actor = seedUser(test.db, { role: 'coordinator', study })
    expect(exported({}, actor).arms).toBe('withheld')
    test.sqlite.exec("UPDATE studies SET locked_at = '2026-01-01T00:00:00.000Z', lock_reason = 'done'")
    expect(exported({}, actor).arms).toBe('shown')
  })
})

describe('who may export', () => {
  it('gets the participants of their own sites only', () => {
    seed()
    const manifest = exported({}, seedUser(test.db, { role: 'coordinator', study, site: 'SYD' }))
    expect(manifest.sites).toEqual(['SYD'])
    expect(new Set(rows('participants.csv').map(row => row.site))).toEqual(new Set(['SYD']))
    for (const { name } of manifest.files) expect(text(name)).not.toContain('MEL')
  })

  it('is refused by role, and told of no study that is not theirs', () => {
    seed()
    expect(run({}, seedUser(test.db, { role: 'monitor', study }))).toMatchObject({
      error: { code: 'notAllowed' },
    })
    const other = seedStudy(test.db, { ...SMALL_PROTOCOL, study: { ...SMALL_PROTOCOL.study, code: 'OTHER' } })
    const stranger = seedUser(test.db, { role: 'statistician', study: other })
    expect(run({}, stranger)).toMatchObject({ error: { code: 'notFound' } })
    expect(run({ study: 'NONE' }, stranger)).toMatchObject({ error: { code: 'notFound' } })
  })

  it('is named in the audit with files, filter, rows and hashes, before anything is in place', () => {
    seed()
    const manifest = exported({ dataCut: '2024-06-30' }, seedUser(test.db, { role: 'statistician', study }))
    const [entry] = test.db.select().from(auditEntries).all().slice(-1)
    expect(entry).toMatchObject({ chain: 'system', act: 'export', role: 'statistician' })
    const details = JSON.parse(entry?.details ?? '')
    expect(details).toMatchObject({
      study: 'SMALL',
      dataCut: '2024-06-30',
      flavour: 'analysis',
      sites: 'all',
    })
    expect(details.files[0]).toEqual({
      name: 'scores_long.csv',
      rows: manifest.files[0]?.rows,
      sha256: manifest.files[0]?.sha256,
    })
  })
})
