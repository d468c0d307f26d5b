import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type Db, openDatabase } from '@/db/client'
import { addParticipant, changeParticipant } from '@/db/commands/participants'
import { participants } from '@/db/schema/participants'
import type { SeededStudy } from '@/db/testing/factories'
import { HEAD, makeSender, OPERATOR, openImportDesk } from '@/db/testing/import-desk'
import { TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { importFile } from './imports'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  ;({ test, study } = openImportDesk())
})
afterEach(() => test.remove())

const { send, accepted } = makeSender(importFile, () => ({ test, study }))

/** Runs `meanwhile` once, just before the import takes the write lock. */
function interrupt(meanwhile: () => void): Db {
  let isDone = false
  const transaction: Db['transaction'] = (work, config) => {
    if (config?.behavior === 'immediate' && !isDone) {
      isDone = true
      meanwhile()
    }
    return test.db.transaction(work, config)
  }
  return Object.assign(Object.create(test.db) as Db, { transaction })
}

describe('the write lock', () => {
  it('is not taken by a dry run, nor by a file that says nothing new: both go on while another process writes', () => {
    const file = `${HEAD},NPRS_AVG\nA-1,MEL,ACTIVE,BL,2024-01-10,7\n`
    accepted(file)
    const other = openDatabase(test.file)
    other.sqlite.exec('BEGIN IMMEDIATE')
    test.sqlite.pragma('busy_timeout = 0')
    expect(accepted(file.replace('A-1', 'A-2'), { dryRun: true }).participants.registered).toBe(1)
    expect(accepted(file).changedAnything).toBe(false)
    expect(send(file.replace('A-1', 'A-2'))).toEqual({ ok: false, error: { code: 'busy' } })
    other.close()
  })

  it('is held by nothing but writes: who saved while the file was checked is seen, and the file is planned again', () => {
    const file = `${HEAD}\nMEL-009,MEL,ACTIVE,BL,2024-01-10\n`
    const meanwhile = interrupt(() => {
      test.db.transaction(
        tx => {
          addParticipant(tx, TEST_WRITER, {
            studyId: study.id,
            siteId: study.sites.MEL as never,
            number: 'MEL-009',
            origin: 'entered',
            outcome: 'enrolled',
            consentDate: '2024-01-12' as CalendarDate,
            eligibility: {},
            confirmations: {},
          })
        },
        { behavior: 'immediate' },
      )
    })
    const done = send(file, {}, OPERATOR, meanwhile)
    expect(done).toMatchObject({
      ok: false,
      error: {
        code: 'fileRefused',
        cells: [{ row: 2, text: '10 Jan 2024 is before consent (12 Jan 2024).' }],
      },
    })
  })

  it('an import that is overtaken each time gives up and says so, and nothing of it is written', () => {
    accepted(`${HEAD}\nA-1,MEL,ACTIVE,BL,2024-01-10\n`)
    const [person] = test.db.select().from(participants).all()
    if (!person) throw new Error('nobody was imported')
    let version = person.rowVersion
    const transaction: Db['transaction'] = (work, config) => {
      if (config?.behavior === 'immediate') {
        const patch = { ageAtConsent: 40 + version }
        const change = { id: person.id, version, patch, reason: 'x' }
        test.db.transaction(tx => changeParticipant(tx, TEST_WRITER, change), { behavior: 'immediate' })
        version += 1
      }
      return test.db.transaction(work, config)
    }
    const busy = Object.assign(Object.create(test.db) as Db, { transaction })
    const done = send(`${HEAD}\nA-2,MEL,ACTIVE,BL,2024-01-10\n`, {}, OPERATOR, busy)
    expect(done).toMatchObject({ ok: false, error: { code: 'notPossible' } })
    expect(version).toBe(person.rowVersion + 3)
    expect(test.db.select().from(participants).all()).toHaveLength(1)
  })

  it('a dry run of a locked study is told that it is locked', () => {
    test.sqlite.exec("UPDATE studies SET locked_at = '2026-01-01T00:00:00.000Z', lock_reason = 'done'")
    const done = send(`${HEAD}\nA-1,MEL,ACTIVE,BL,2024-01-10\n`, { dryRun: true })
    expect(done).toMatchObject({ ok: false, error: { code: 'locked', reason: 'done' } })
  })
})
