import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/db/schema/audit'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { type CohortQuery, readCohort, readSummary, recordFigureCopy } from './cohort'

let test: TestDb
let study: SeededStudy

beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

type Role = Parameters<typeof seedUser>[1]['role']

function read(role: Role, query: Partial<CohortQuery> = {}, site?: string) {
  const actor = seedUser(test.db, { role, study, ...(site === undefined ? {} : { site }) })
  return readCohort(contextFor(test.db, actor), { study: study.code, ...query })
}

const FOUR = [7, 6, 8, 5]

/** Four participants; of several arms three times as many, since fewer than five in an arm are pooled for some. */
function seed(protocol: Protocol, options: Parameters<typeof seedStudy>[2] = {}): void {
  study = seedStudy(test.db, protocol, options)
  const siteOf = (index: number) => (index % 4 < 2 ? 'MEL' : 'SYD')
  seedOutcomes(
    test.db,
    study,
    (protocol.arms.length === 1 ? FOUR : [...FOUR, ...FOUR, ...FOUR]).map((baseline, index) => ({
      number: `${siteOf(index)}-00${2 * Math.floor(index / 4) + (index % 2) + 1}`,
      site: siteOf(index),
      enrolledOn: '2024-01-10',
      arm: index % 2 === 0 || protocol.arms.length === 1 ? 'ACTIVE' : 'SHAM',
      allocatedOn: '2024-02-01',
      doses: { DOSE1: '2024-02-01' },
      visits: {
        BL: { date: '2024-01-20', forms: { nprs: { NPRS_AVG: baseline, NPRS_WORST: 8 } } },
        M1: { date: '2024-03-01', forms: { nprs: { NPRS_AVG: baseline - 3, NPRS_WORST: 7 } } },
      },
    })),
  )
}

const looks = () =>
  test.db
    .select()
    .from(auditEntries)
    .all()
    .filter(entry => entry.act === 'look')

describe('reading a cohort', () => {
  it('gives the whole study, to today in its zone, to each role that may', () => {
    seed(SMALL_PROTOCOL)
    for (const role of ['dataManager', 'coordinator', 'investigator', 'statistician'] as const) {
      const cohort = read(role)
      expect(cohort.ok && cohort.value).toMatchObject({ inSet: 4, today: '2026-04-16', isPooled: false })
      expect(cohort.ok && cohort.value.summary.parameters[0]?.arms[0]?.visits[1]).toMatchObject({
        n: 4,
        mean: 3.5,
      })
    }
  })

  it('is refused to roles that may not, and answers a stranger as if there were no study', () => {
    seed(SMALL_PROTOCOL)
    expect(read('monitor')).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
    const elsewhere = seedStudy(test.db, {
      ...SMALL_PROTOCOL,
      study: { ...SMALL_PROTOCOL.study, code: 'OTHER' },
    })
    const stranger = contextFor(test.db, seedUser(test.db, { role: 'statistician', study: elsewhere }))
    const foreign = readCohort(stranger, { study: study.code })
    expect(foreign).toMatchObject({ ok: false, error: { code: 'notFound' } })
    expect(readCohort(stranger, { study: 'NONE' })).toMatchObject({ ok: false, error: { code: 'notFound' } })
  })

  it('takes a data cut as staff type dates, and refuses one that cannot be read or has not come', () => {
    seed(SMALL_PROTOCOL)
    const reader = contextFor(test.db, seedUser(test.db, { role: 'statistician', study }))
    const at = (dataCut: string) => readCohort(reader, { study: study.code, dataCut })
    const cut = at('15 Feb 2024')
    expect(cut.ok && cut.value.summary.dataCut).toBe('2024-02-15')
    expect(cut.ok && cut.value.summary.parameters[0]?.arms[0]?.visits[1]?.n).toBe(0)
    for (const dataCut of ['31 Feb 2024', '15/02/2024', 'soon', '17 Apr 2026']) {
      expect(at(dataCut)).toMatchObject({
        ok: false,
        error: { code: 'invalidInput', fields: [{ field: 'dataCut' }] },
      })
    }
  })

  it('says which entry of the study’s audit its values are of, and refuses one that is not there', () => {
    seed(SMALL_PROTOCOL)
    const reader = contextFor(test.db, seedUser(test.db, { role: 'statistician', study }))
    const head = test.sqlite.prepare("SELECT max(seq) FROM audit_entries WHERE chain = 'study/SMALL'").pluck()
    const last = Number(head.get())
    const cohort = readCohort(reader, { study: study.code })
    expect(last).toBeGreaterThan(4)
    expect(cohort.ok && cohort.value.summary.asOf).toBe(last)
    const summary = readSummary(reader, { study: study.code, asOf: last })
    expect(summary.ok && summary.value.asOf).toBe(last)
    expect(readSummary(reader, { study: study.code, asOf: last + 1 })).toMatchObject({
      error: {
        code: 'invalidInput',
        fields: [{ field: 'asOf', text: expect.stringContaining(`entry ${last}`) }],
      },
    })
  })

  it('names participants of other sites to nobody who is bound to a site', () => {
    seed(SMALL_PROTOCOL)
    const cohort = read('investigator', {}, 'MEL')
    const text = JSON.stringify(cohort)
    expect(text).toContain('MEL-001')
    expect(text).not.toContain('SYD-')
    expect(cohort.ok && cohort.value.inSet).toBe(4)
  })
})

describe('a study with several arms', () => {
  it('shows site staff and the statistician pooled results without an arm or a participant, and records no look', () => {
    seed(TWO_ARM_PROTOCOL)
    for (const role of ['coordinator', 'investigator', 'statistician'] as const) {
      const cohort = read(role)
      if (!cohort.ok) throw new Error(cohort.error.code)
      const { protocol: _, ...shown } = cohort.value
      expect(JSON.stringify(shown)).not.toMatch(/ACTIVE|SHAM|MEL-|SYD-/)
      expect(shown).toMatchObject({ isPooled: true, members: null, inSet: 12 })
    }
    expect(looks()).toEqual([])
  })

  it('records each look by arm in the chain of the system, from the page and from the command line', () => {
    seed(TWO_ARM_PROTOCOL)
    expect(read('dataManager').ok).toBe(true)
    const operator = contextFor(test.db, { kind: 'operator' as const })
    expect(readSummary(operator, { study: study.code }).ok).toBe(true)
    expect(
      looks().map(({ chain, actor, role, details }) => [chain, actor, role, JSON.parse(details).what]),
    ).toEqual([
      ['system', 'A dataManager', 'dataManager', 'cohort'],
      ['system', 'Operator', 'operator', 'summary'],
    ])
  })

  it('opens to site staff with the lock, and is then recorded', () => {
    seed(TWO_ARM_PROTOCOL)
    const actor = seedUser(test.db, { role: 'investigator', study })
    test.sqlite.exec("UPDATE studies SET locked_at = '2026-01-01T00:00:00.000Z', lock_reason = 'done'")
    const cohort = readCohort(contextFor(test.db, actor), { study: study.code })
    expect(cohort.ok && cohort.value.summary.parameters[0]?.arms.map(arm => arm.arm)).toEqual([
      'ACTIVE',
      'SHAM',
    ])
    expect(looks()).toHaveLength(1)
  })

  it('gives who may not know arms means by arm after lock, and no value of a participant in an arm', () => {
    seed(TWO_ARM_PROTOCOL)
    test.sqlite.exec("UPDATE studies SET locked_at = '2026-01-01T00:00:00.000Z', lock_reason = 'done'")
    const masked = read('investigator')
    expect(masked.ok && masked.value.summary.parameters[0]?.arms[0]?.visits[1]?.mean).toBe(4.5)
    expect(masked.ok && masked.value.trajectories.flatMap(({ lines }) => lines)).toEqual([])
    expect(masked.ok && masked.value.members).toBeNull()
    const open = read('statistician')
    expect(open.ok && open.value.trajectories.flatMap(({ lines }) => lines)).toHaveLength(24)
  })
})

describe('taking a figure away', () => {
  it('is recorded as an export with the hash of what went out', () => {
    seed(SMALL_PROTOCOL)
    const ctx = contextFor(test.db, seedUser(test.db, { role: 'investigator', study }))
    const controls = 'subgroup=sex%3Afemale&asOf=12'
    const copy = { figure: 'change', format: 'csv' as const, asOf: 12, controls, sha256: 'ab' }
    expect(recordFigureCopy(ctx, { study: study.code }, copy).ok).toBe(true)
    const [entry] = test.db.select().from(auditEntries).all().slice(-1)
    expect(entry).toMatchObject({ chain: 'system', act: 'export', role: 'investigator' })
    expect(JSON.parse(entry?.details ?? '{}')).toMatchObject({
      figure: 'change',
      study: 'SMALL',
      controls,
      sha256: 'ab',
    })
  })
})
