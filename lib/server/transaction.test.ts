import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { insertUser } from '@/db/commands/users'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { updateRecord } from '@/db/write'
import { describeError } from '@/lib/domain/shared/errors'
import type { UserId } from '@/lib/domain/shared/ids'
import { ok } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { applyProtocol } from './protocols'
import { openStudy } from './studies'
import { inStudyTransaction, inTransaction } from './transaction'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
})
afterEach(() => test.remove())

const context = (actor: unknown, submissionKey?: string) =>
  contextFor(test.db, actor, submissionKey === undefined ? {} : { submissionKey }) as Ctx
const OPERATOR = { kind: 'operator' }

describe('a submission key', () => {
  it('that two people send is a submission of each', () => {
    const ann = seedUser(test.db, { role: 'coordinator', study, name: 'Ann' })
    const bob = seedUser(test.db, { role: 'coordinator', study, name: 'Bob' })
    const send = (who: typeof ann) => inTransaction(context(who, 'key'), () => ok(who.name))
    expect([send(ann), send(bob), send(ann)]).toEqual([
      { ok: true, value: 'Ann' },
      { ok: true, value: 'Bob' },
      { ok: true, value: 'Ann' },
    ])
    expect(test.sqlite.prepare('SELECT count(*) FROM submission_keys').pluck().get()).toBe(2)
  })

  const writer = () => seedUser(test.db, { role: 'coordinator', study, name: 'Ann' })
  const insert = (ctx: Ctx) =>
    inTransaction(ctx, tx => {
      const user = insertUser(tx, TEST_WRITER, { email: 'a@example.org', name: 'A' })
      return ok({ id: user })
    })
  const rename = (id: number, version: number, name: string, ctx = context(OPERATOR)) =>
    inTransaction(ctx, tx => {
      const user = updateRecord(tx, TEST_WRITER, 'users', id as UserId, version, { name }, 'Spelling')
      return ok({ name: user.name })
    })
  const entries = () => test.sqlite.prepare('SELECT count(*) FROM audit_entries').pluck().get()

  it('is answered as before while what it wrote is as it was left', () => {
    const ctx = context(writer(), 'key')
    const first = insert(ctx)
    const written = entries()
    inTransaction(context(OPERATOR), tx =>
      ok(insertUser(tx, TEST_WRITER, { email: 'other@example.org', name: 'Other' })),
    )
    expect(insert(ctx)).toEqual(first)
    expect(entries()).toBe(Number(written) + 1)
  })

  it('meets the conflict, not the old answer, after somebody changed what it wrote', () => {
    const made = insert(context(OPERATOR))
    if (!made.ok) throw new Error(made.error.code)
    const ctx = context(writer(), 'key')
    const send = () => rename(made.value.id, 1, 'Ann', ctx)
    expect(send()).toEqual({ ok: true, value: { name: 'Ann' } })
    expect(send()).toEqual({ ok: true, value: { name: 'Ann' } })
    expect(rename(made.value.id, 2, 'Anna').ok).toBe(true)
    expect(send()).toMatchObject({ ok: false, error: { code: 'conflict', storedVersion: 3 } })
  })

  it('is never stored twice, also where nothing else would stop it', () => {
    const ctx = context(writer(), 'key')
    let count = 0
    const add = () =>
      inTransaction(ctx, tx => {
        count += 1
        return ok(insertUser(tx, TEST_WRITER, { email: `a${count}@example.org`, name: 'A' }))
      })
    const made = add()
    if (!made.ok) throw new Error(made.error.code)
    expect(rename(made.value, 1, 'Anna').ok).toBe(true)
    const before = entries()
    expect(add()).toEqual({ ok: false, error: { code: 'sentBefore' } })
    expect(entries()).toBe(before)
  })

  it('that changed nothing is carried out afresh', () => {
    const made = insert(context(OPERATOR))
    if (!made.ok) throw new Error(made.error.code)
    const ctx = context(writer(), 'key')
    const send = () => rename(made.value.id, 1, 'A', ctx)
    expect(send()).toEqual({ ok: true, value: { name: 'A' } })
    expect(rename(made.value.id, 1, 'Anna').ok).toBe(true)
    expect(send()).toMatchObject({ ok: false, error: { code: 'conflict' } })
  })
})

describe('two who make the same record at the same moment', () => {
  it('the later is told so, and nothing of it is written', () => {
    const add = () =>
      inTransaction(context(OPERATOR), tx =>
        ok(insertUser(tx, TEST_WRITER, { email: 'a@example.org', name: 'A' })),
      )
    expect(add().ok).toBe(true)
    const audit = test.sqlite.prepare('SELECT count(*) FROM audit_entries').pluck()
    const before = audit.get()
    const again = add()
    expect(again).toEqual({ ok: false, error: { code: 'sameMoment' } })
    expect(again.ok ? '' : describeError(again.error)).toMatch(/^Not saved\. Somebody saved the same record/)
    expect(audit.get()).toBe(before)
  })
})

describe('what is written under a protocol', () => {
  it('is refused when another came into force after it was read', () => {
    const ctx = context(OPERATOR)
    const file = {
      ...SMALL_PROTOCOL,
      study: { ...SMALL_PROTOCOL.study, code: 'NEW' },
      responders: SMALL_PROTOCOL.responders.map(({ condition, ...rule }) => ({ ...rule, ...condition })),
    }
    expect(applyProtocol(ctx, file).ok).toBe(true)
    const opened = openStudy(ctx, 'NEW', 'readStudy')
    if (!opened.ok) throw new Error(opened.error.code)
    const save = () => inStudyTransaction(ctx, opened.value, () => ok('saved'))
    expect(save()).toEqual({ ok: true, value: 'saved' })
    const second = { number: '1.1', effectiveFrom: '2024-06-01', summary: 'Visits narrowed' }
    const [first, ...others] = file.visits
    const narrowed = { ...first, window: { beforeDays: 14, afterDays: 7 } }
    const changed = { ...file, versions: [...file.versions, second], visits: [narrowed, ...others] }
    expect(applyProtocol(ctx, changed)).toMatchObject({ ok: true, value: { inForce: '1.1' } })
    expect(save()).toEqual({ ok: false, error: { code: 'protocolChanged' } })
  })
})
