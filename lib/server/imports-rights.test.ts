import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { GOOD, HEAD, makeSender, openImportDesk } from '@/db/testing/import-desk'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import type { TestDb } from '@/db/testing/test-db'
import { importFile } from './imports'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  ;({ test, study } = openImportDesk())
})
afterEach(() => test.remove())

const { send, accepted, refusals } = makeSender(importFile, () => ({ test, study }))

describe('who may import', () => {
  it('is the data manager of the study; another role and another study are refused', () => {
    const manager = seedUser(test.db, { role: 'dataManager', study })
    expect(send(GOOD.replaceAll('NEW', 'SYD'), {}, manager).ok).toBe(true)
    expect(send(GOOD, {}, seedUser(test.db, { role: 'coordinator', study }))).toMatchObject({
      error: { code: 'notAllowed' },
    })
    const other = seedStudy(test.db, { ...SMALL_PROTOCOL, study: { ...SMALL_PROTOCOL.study, code: 'OTHER' } })
    const stranger = seedUser(test.db, { role: 'dataManager', study: other })
    expect(send(GOOD, {}, stranger)).toMatchObject({ error: { code: 'notFound' } })
  })

  it('creates no site without the right to add sites', () => {
    const done = send(GOOD, {}, seedUser(test.db, { role: 'dataManager', study }))
    expect(done).toMatchObject({
      ok: false,
      error: { code: 'fileRefused', cells: [{ row: 4, column: 'site' }] },
    })
  })
})

describe('arms of a masked study', () => {
  it('are neither recorded nor compared for who may not know them; the operator may', () => {
    const masked = {
      ...TWO_ARM_PROTOCOL,
      study: { ...TWO_ARM_PROTOCOL.study, code: 'MASKED' },
      masking: 'full' as const,
    }
    study = seedStudy(test.db, masked)
    accepted(`${HEAD}\nA-1,MEL,ACTIVE,BL,2024-01-10\n`)
    const manager = seedUser(test.db, { role: 'dataManager', study })
    const closed = [[2, 'arm', 'Arms of this study are closed to you. Leave the cell blank.']]
    expect(refusals(`${HEAD}\nA-1,MEL,ACTIVE,BL,2024-01-10\n`, {}, manager)).toEqual(closed)
    expect(refusals(`${HEAD}\nA-1,MEL,SHAM,BL,2024-01-10\n`, {}, manager)).toEqual(closed)
    expect(refusals(`${HEAD}\nA-2,MEL,SHAM,BL,2024-01-10\n`, {}, manager)).toEqual(closed)
    expect(send(`${HEAD}\nA-2,MEL,,BL,2024-01-10\n`, {}, manager).ok).toBe(true)
  })
})
