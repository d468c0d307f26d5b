import { beforeEach, describe, expect, it } from 'vitest'
import { contextFor, seedUser } from '@/db/testing/factories'
import { seedRecords } from '@/db/testing/seed-records'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { operatorContext } from './context'
import { checkSchedules, checkScores } from './derived-rows'
import { lockStudy, unlockStudy } from './locks'
import { applyProtocol } from './protocols'
import { addSite } from './sites'
import { loadProtocol, openStudy } from './studies'

let test: TestDb
beforeEach(() => {
  test = createTestDb()
  return () => test.remove()
})

const operator = () => operatorContext(test.db)
/** As a file says it: a rule's condition stands in the rule itself. */
const FIRST = {
  ...SMALL_PROTOCOL,
  responders: SMALL_PROTOCOL.responders.map(({ condition, ...rule }) => ({ ...rule, ...condition })),
}
const SECOND = {
  ...FIRST,
  versions: [...FIRST.versions, { number: '1.1', effectiveFrom: '2024-06-01', summary: 'Visit added' }],
  visits: [
    ...FIRST.visits,
    {
      code: 'M24',
      name: '24 months',
      target: { value: 24, unit: 'months' },
      window: { beforeDays: 30, afterDays: 30 },
      instruments: ['nprs'],
      forms: [],
      sinceVersion: '1.1',
    },
  ],
}
const everything = () =>
  JSON.stringify(
    ['studies', 'protocol_versions', 'audit_entries'].map(name =>
      test.sqlite.prepare(`SELECT * FROM ${name}`).all(),
    ),
  )
const numbers = () =>
  test.sqlite.prepare('SELECT number FROM protocol_versions ORDER BY position').pluck().all()

function applied(file: unknown) {
  const done = applyProtocol(operator(), file)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}

describe('applying a protocol file', () => {
  it('makes a new study and publishes its versions in turn', () => {
    expect(applied(SECOND)).toMatchObject({
      study: 'SMALL',
      published: ['1.0', '1.1'],
      inForce: '1.1',
      isNewStudy: true,
    })
    const opened = openStudy(operator(), 'SMALL', 'readStudy')
    expect(opened).toMatchObject({ ok: true, value: { protocolVersion: '1.1' } })
    const first = JSON.parse(
      String(test.sqlite.prepare('SELECT content FROM protocol_versions').pluck().get()),
    )
    expect(first.visits.map((visit: { code: string }) => visit.code)).not.toContain('M24')
  })

  it('the same file twice changes nothing, in whatever order its keys stand', () => {
    applied(SECOND)
    const before = everything()
    expect(applied(SECOND).published).toEqual([])
    expect(applied(Object.fromEntries(Object.entries(SECOND).reverse())).published).toEqual([])
    expect(everything()).toBe(before)
  })

  it('publishes only what is new to a study', () => {
    applied(FIRST)
    expect(applied(SECOND)).toMatchObject({ published: ['1.1'], isNewStudy: false })
    expect(numbers()).toEqual(['1.0', '1.1'])
  })

  it.each([
    ['changed content under an unchanged last number', { ...FIRST, masking: 'full' }],
    [
      'an earlier entry that differs from the stored one',
      { ...SECOND, versions: [{ ...SECOND.versions[0], summary: 'Other' }, SECOND.versions[1]] },
    ],
    ['a file that is not a protocol', { format: 1 }],
    [
      'an instrument that nobody knows',
      { ...FIRST, visits: [{ ...FIRST.visits[0], instruments: ['nrps'] }] },
    ],
  ])('refuses %s and writes nothing', (_, file) => {
    applied(FIRST)
    const before = everything()
    const answer = applyProtocol(operator(), file)
    expect(answer).toMatchObject({ ok: false, error: { code: 'protocolRefused' } })
    expect(everything()).toBe(before)
  })

  it('is the work of data managers of that study, not of others', () => {
    applied(FIRST)
    const study = { id: 1, code: 'SMALL', protocol: FIRST, sites: {} } as never
    const by = (role: 'dataManager' | 'coordinator') =>
      contextFor(test.db, seedUser(test.db, { role, study }))
    expect(applyProtocol(by('coordinator'), SECOND)).toMatchObject({ error: { code: 'notAllowed' } })
    const manager = by('dataManager')
    expect(applyProtocol(manager, SECOND).ok).toBe(true)
    const other = { ...FIRST, study: { ...FIRST.study, code: 'OTHER' } }
    expect(applyProtocol(manager, other)).toMatchObject({ error: { code: 'notFound' } })
  })
})

describe('an amendment', () => {
  function enrol() {
    applied(FIRST)
    addSite(operator(), { study: 'SMALL', code: 'MEL', name: 'Melbourne', timeZone: null })
    const siteId = test.sqlite.prepare('SELECT id FROM sites').pluck().get()
    seedRecords(test.db, {
      id: 1,
      code: 'SMALL',
      protocol: FIRST,
      sites: { MEL: siteId },
    } as never)
    const opened = openStudy(operator(), 'SMALL', 'readStudy')
    if (!opened.ok) throw new Error('the study was applied')
    return opened.value.study
  }
  const schedule = () =>
    test.sqlite.prepare('SELECT visit, protocol_version FROM scheduled_visits ORDER BY position').raw().all()

  it('brings the schedules of everyone enrolled up to it', () => {
    const study = enrol()
    applied(SECOND)
    expect(schedule().at(-1)).toEqual(['M24', '1.1'])
    expect(schedule()).toContainEqual(['BL', '1.1'])
    const { protocol, number } = loadProtocol(test.db, study)
    expect(checkSchedules(test.db, study, { protocol, protocolVersion: number })).toEqual([])
  })

  it('that changes a setting scores every form again, in one audited act', () => {
    const study = enrol()
    const stored = () =>
      test.sqlite.prepare('SELECT parameter, value FROM scores ORDER BY parameter').raw().all()
    // As an older rule might have scored it.
    test.sqlite.exec("UPDATE scores SET value = 1 WHERE parameter = 'NPRS_AVG'")
    expect(checkScores(test.db, study, FIRST.settings)).toHaveLength(1)
    const settings = { ...SECOND.settings, nprs: { ...SECOND.settings.nprs, decimals: true } }
    expect(applied({ ...SECOND, settings }).rescored).toBe(1)
    expect(stored()).toEqual([
      ['NPRS_AVG', 6],
      ['NPRS_WORST', 8],
    ])
    const acts = test.sqlite
      .prepare("SELECT chain, details FROM audit_entries WHERE act = 'rescored'")
      .raw()
      .all()
    expect(acts).toEqual([['study/SMALL', '{"forms":1,"version":"1.1"}']])
    expect(checkScores(test.db, study, settings)).toEqual([])
  })
})

describe('a locked study', () => {
  const change = { study: 'SMALL', reason: 'Database lock' }
  it('refuses an amendment until it is unlocked, and both want a reason', () => {
    applied(FIRST)
    expect(lockStudy(operator(), { ...change, reason: ' ' })).toMatchObject({
      error: { code: 'invalidInput', fields: [{ field: 'reason' }] },
    })
    expect(lockStudy(operator(), change).ok).toBe(true)
    expect(lockStudy(operator(), change)).toMatchObject({ error: { code: 'notPossible' } })
    expect(applyProtocol(operator(), SECOND)).toMatchObject({
      error: { code: 'locked', reason: 'Database lock' },
    })
    expect(unlockStudy(operator(), { ...change, reason: '' }).ok).toBe(false)
    expect(unlockStudy(operator(), { ...change, reason: 'Query found' }).ok).toBe(true)
    expect(applyProtocol(operator(), SECOND).ok).toBe(true)
  })

  it('is locked by nobody but a data manager of it', () => {
    applied(FIRST)
    const study = { id: 1, code: 'SMALL', protocol: FIRST, sites: {} } as never
    for (const role of ['administrator', 'coordinator', 'investigator', 'monitor', 'statistician'] as const) {
      const user = seedUser(test.db, role === 'administrator' ? { role } : { role, study })
      expect(lockStudy(contextFor(test.db, user), change)).toMatchObject({ error: { code: 'notAllowed' } })
    }
    expect(lockStudy(contextFor(test.db, seedUser(test.db, { role: 'dataManager', study })), change).ok).toBe(
      true,
    )
  })
})
