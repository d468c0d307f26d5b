import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/db/schema/audit'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { accepted } from '@/db/testing/results'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { readAboutAddress } from '@/lib/schemas/explain-about'
import { readSummary } from './cohort'
import type { Ctx } from './context'
import { explainAbout } from './explain-about'

let test: TestDb
let study: SeededStudy

beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

const as = (role: Parameters<typeof seedUser>[1]['role'], site?: string) =>
  contextFor(test.db, seedUser(test.db, { role, study, ...(site ? { site } : {}) }), {
    now: '2026-04-16T08:30:00.000Z',
  }) as Ctx

function seed(protocol: Protocol, options: Parameters<typeof seedStudy>[2] = {}): void {
  study = seedStudy(test.db, protocol, options)
  const people = ['MEL-001', 'MEL-002', 'SYD-001', 'SYD-002'].map((number, index) => ({
    number,
    site: number.slice(0, 3),
    enrolledOn: '2024-01-10',
    arm: index % 2 === 0 || protocol.arms.length === 1 ? 'ACTIVE' : 'SHAM',
    allocatedOn: '2024-02-01',
    doses: { DOSE1: '2024-02-01' },
    visits: {},
  }))
  seedOutcomes(test.db, study, people)
}

function explain(ctx: Ctx, address: Record<string, string>) {
  const asked = readAboutAddress(address)
  if (asked === null) throw new Error('the address asks for a number')
  return accepted(explainAbout(ctx, study.code, accepted(asked))).explained
}

describe('explaining who was studied', () => {
  it('adds up to the flow of the summary', () => {
    seed(SMALL_PROTOCOL)
    const reader = as('dataManager')
    const explained = explain(reader, { about: 'participants' })
    if (explained.about !== 'participants') throw new Error('of events')
    const { flow } = accepted(readSummary(reader, { study: study.code })).population
    expect(explained.assessed).toBe(flow.assessed)
    expect(explained.groups).toEqual([{ place: 'in', reason: 'inSet', n: 4 }])
    expect(explained.people?.map(({ subject, doses }) => [subject, ...doses])).toEqual([
      ['MEL-001', '2024-02-01'],
      ['MEL-002', '2024-02-01'],
      ['SYD-001', '2024-02-01'],
      ['SYD-002', '2024-02-01'],
    ])
  })

  it('names participants of other sites by a made-up label, without their days', () => {
    seed(SMALL_PROTOCOL)
    const explained = explain(as('investigator', 'MEL'), { about: 'participants' })
    if (explained.about !== 'participants') throw new Error('of events')
    const others = explained.people?.filter(({ concealed }) => concealed) ?? []
    expect(others.map(({ subject }) => subject)).toEqual(['Other site 1', 'Other site 2'])
    for (const other of others)
      expect(other).toMatchObject({ dayZero: null, enrolledOn: null, doses: [null], followUpEnd: null })
    expect(explained.people?.filter(({ concealed }) => !concealed)).toHaveLength(2)
  })

  it.each(['participants', 'events'])('gives a reader to whom arms are hidden counts alone: %s', about => {
    seed({ ...TWO_ARM_PROTOCOL, masking: 'siteStaff' })
    const explained = explain(as('investigator', 'MEL'), { about })
    expect(explained.people).toBeNull()
    expect(explained.arms.map(({ arm }) => arm)).toEqual(['ALL'])
    expect(JSON.stringify(explained)).not.toMatch(/MEL-|SYD-|Other site/)
  })

  it('records a look by arm', () => {
    seed(TWO_ARM_PROTOCOL)
    explain(as('dataManager'), { about: 'events', class: 'serious' })
    const looks = test.db.select().from(auditEntries).all()
    expect(looks.filter(({ act }) => act === 'look')).toHaveLength(1)
  })

  it('refuses what cannot be explained, naming what can', () => {
    expect(readAboutAddress({ about: 'events', class: 'mild' })).toMatchObject({
      ok: false,
      error: { code: 'invalidInput', fields: [{ field: 'class', value: 'mild' }] },
    })
    expect(readAboutAddress({ code: 'PAIN30' })).toBeNull()
  })
})
