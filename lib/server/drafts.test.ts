import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { forgetDrafts } from '@/db/commands/drafts'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_NOW, type TestDb } from '@/db/testing/test-db'
import { err, ok } from '@/lib/domain/shared/result'
import { KeepDraft } from '@/lib/schemas/drafts'
import type { Ctx } from './context'
import { readFormDraft, saveDraft } from './drafts'
import { lockStudy } from './locks'
import { inTransaction } from './transaction'
import { readWorklist } from './worklist'

let test: TestDb
let study: SeededStudy
let ann: SeededUser
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  seedOutcomes(test.db, study, [
    { number: 'MEL-001', enrolledOn: '2026-02-20', doses: { DOSE1: '2026-03-10' } },
  ])
  ann = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Ann' })
})
afterEach(() => test.remove())

const VISIT = { study: SMALL_PROTOCOL.study.code, subject: 'MEL-001', place: 'visits/M1' }
const FIELDS = { '~visit.date': ['10 Apr 2026'], 'nprs.NPRS_AVG': ['7'] }

const context = (who: SeededUser, options = {}): Ctx => contextFor(test.db, who, options)
const keep = (who: SeededUser, part: Partial<Parameters<typeof saveDraft>[1]> = {}) =>
  saveDraft(context(who), { ...VISIT, owner: who.userId, discard: false, fields: FIELDS, ...part })
const kept = (who: SeededUser) => readFormDraft(context(who), VISIT)?.kept ?? null
const rows = () => test.sqlite.prepare('SELECT count(*) FROM drafts').pluck().get()

describe('a draft', () => {
  it('comes back as it was typed, to its author alone', () => {
    expect(keep(ann)).toEqual(ok({ keptAt: TEST_NOW }))
    expect(kept(ann)).toEqual({ at: TEST_NOW, fields: FIELDS })
    for (const role of ['coordinator', 'dataManager', 'monitor'] as const) {
      const other = seedUser(test.db, { role, study, name: 'Bob' })
      expect(kept(other)).toBeNull()
      const list = readWorklist(context(other), { study: study.code, site: null })
      expect(list.ok && list.value.unfinished).toEqual([])
    }
  })

  it('is one for each form and person: what is typed later replaces it', () => {
    keep(ann)
    keep(ann, { fields: { 'nprs.NPRS_AVG': ['8'] } })
    const bob = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Bob' })
    keep(bob)
    expect(rows()).toBe(2)
    expect(kept(ann)?.fields).toEqual({ 'nprs.NPRS_AVG': ['8'] })
    expect(kept(bob)?.fields).toEqual(FIELDS)
  })

  it('stands first on the worklist of its author, with its visit', () => {
    keep(ann)
    const list = readWorklist(context(ann), { study: study.code, site: null })
    expect(list.ok && list.value.unfinished).toEqual([
      {
        number: 'MEL-001',
        what: '1 month',
        path: '/studies/SMALL/participants/MEL-001/visits/M1',
        keptAt: TEST_NOW,
        moved: null,
        draft: { ...VISIT, owner: ann.userId },
      },
    ])
  })

  it('is not listed where its page is closed: number voided, no further use, nothing entered any more', () => {
    const listed = (who = ann) => {
      const list = readWorklist(context(who), { study: study.code, site: null })
      return list.ok && list.value.unfinished.map(({ number }) => number)
    }
    keep(ann)
    const set = (sql: string) => test.sqlite.exec(sql)
    set('UPDATE participant_statuses SET restricted = 1')
    expect(listed()).toEqual([])
    set('UPDATE participant_statuses SET restricted = 0')
    expect(listed()).toEqual(['MEL-001'])
    set("UPDATE participants SET voided_at = '2026-04-16T08:00:00.000Z', void_reason = 'Twice'")
    expect(listed()).toEqual([])
    set('UPDATE participants SET voided_at = NULL, void_reason = NULL')
    expect(listed()).toEqual(['MEL-001'])
    const memberships = ann.memberships.map(one => ({ ...one, role: 'monitor' as const }))
    expect(listed({ ...ann, memberships })).toEqual([])
  })

  it('enters no audit and no record', () => {
    const entries = () => test.sqlite.prepare('SELECT count(*) FROM audit_entries').pluck().get()
    const before = entries()
    keep(ann)
    keep(ann, { discard: true })
    expect(entries()).toBe(before)
  })

  it('ends with the save of its form and with nobody else’s, and stays when the save is refused', () => {
    const bob = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Bob' })
    keep(ann)
    keep(bob)
    const ctx = { ...context(ann), draft: VISIT }
    inTransaction(ctx, () => err({ code: 'notFound', what: 'It' }))
    expect(kept(ann)).not.toBeNull()
    inTransaction({ ...ctx, draft: { ...VISIT, place: 'visits/M6' } }, () => ok(null))
    expect(kept(ann)).not.toBeNull()
    inTransaction(ctx, () => ok(null))
    expect(kept(ann)).toBeNull()
    expect(kept(bob)).not.toBeNull()
  })

  it('is discarded by its author also where the participant is not there any more, and by nobody else', () => {
    keep(ann)
    test.sqlite.prepare("UPDATE participants SET voided_at = ?, void_reason = 'Twice'").run(TEST_NOW)
    expect(keep(ann).ok).toBe(false)
    const bob = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Bob' })
    expect(keep(bob, { discard: true, owner: ann.userId }).ok).toBe(false)
    expect(keep(bob, { discard: true }).ok).toBe(true)
    expect(rows()).toBe(1)
    expect(keep(ann, { discard: true }).ok).toBe(true)
    expect(rows()).toBe(0)
  })

  it('ends when it is discarded, and when nothing was added for long', () => {
    keep(ann)
    keep(ann, { discard: true })
    expect(rows()).toBe(0)
    keep(ann)
    test.db.transaction(tx => forgetDrafts(tx, '2026-04-16T08:29:59.999Z'))
    expect(rows()).toBe(1)
    test.db.transaction(tx => forgetDrafts(tx, TEST_NOW))
    expect(rows()).toBe(0)
  })
})

describe('a draft is refused', () => {
  it.each(['monitor', 'statistician', 'administrator'] as const)('to a %s, who enters nothing', role => {
    const who = seedUser(test.db, role === 'administrator' ? { role } : { role, study })
    const answer = keep(who)
    expect(answer.ok ? null : answer.error.code).toBe('notAllowed')
    expect(rows()).toBe(0)
  })

  it('at a foreign site and for an absent participant, in the same words', () => {
    const sydney = seedUser(test.db, { role: 'coordinator', study, site: 'SYD' })
    expect(keep(sydney)).toEqual(keep(ann, { subject: 'MEL-999' }))
    expect(keep(ann, { study: 'NONE' })).toEqual(keep(sydney))
    expect(rows()).toBe(0)
  })

  it('where the study is locked; what was kept before can still be read and discarded', () => {
    keep(ann)
    const manager = seedUser(test.db, { role: 'dataManager', study })
    const locked = lockStudy(context(manager), { study: study.code, reason: 'Final data' })
    expect(locked.ok).toBe(true)
    const answer = keep(ann)
    expect(answer.ok ? null : answer.error.code).toBe('locked')
    expect(kept(ann)?.fields).toEqual(FIELDS)
    expect(keep(ann, { discard: true }).ok).toBe(true)
  })

  it('where the page was opened by somebody else who was signed in', () => {
    const bob = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Bob' })
    const answer = keep(bob, { owner: ann.userId })
    expect(answer.ok ? null : answer.error.code).toBe('notPossible')
    expect(rows()).toBe(0)
  })

  it('beyond as many as anybody leaves unfinished, while those there are still kept', () => {
    for (let index = 0; index < 500; index += 1) keep(ann, { place: `visits/M1#n${index}` })
    expect(keep(ann).ok).toBe(false)
    expect(keep(ann, { place: 'visits/M1#n0' }).ok).toBe(true)
    expect(rows()).toBe(500)
  })
})

describe('a posted draft', () => {
  const posted = { ...VISIT, owner: '1', discard: false, fields: FIELDS }
  it.each([
    ['a place that leads upwards', { place: 'visits/../../x' }],
    ['a place of another site', { place: '//example.org' }],
    ['a text beyond its length', { fields: { a: ['x'.repeat(10_001)] } }],
    ['more texts than a control has', { fields: { a: Array.from({ length: 201 }, () => '') } }],
    [
      'more fields than a form has',
      { fields: Object.fromEntries([...Array(2001)].map((_, i) => [`f${i}`, ['']])) },
    ],
    ['no owner', { owner: null }],
  ])('is refused with %s', (_, wrong) => {
    expect(KeepDraft.safeParse(posted).success).toBe(true)
    expect(KeepDraft.safeParse({ ...posted, ...wrong }).success).toBe(false)
  })
})
