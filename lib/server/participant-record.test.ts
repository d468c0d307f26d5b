import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { participants } from '@/db/schema/participants'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_NOW, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { readParticipantHistory } from './history'
import { lockStudy } from './locks'
import { readParticipant } from './participant-record'

let test: TestDb

beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

function begin(masking: Protocol['masking']): SeededStudy {
  const study = seedStudy(test.db, { ...TWO_ARM_PROTOCOL, masking })
  const { MEL } = study.sites
  if (MEL === undefined) throw new Error('the study has no site MEL')
  test.db.transaction(tx => {
    insertRecord(tx, TEST_WRITER, 'participants', {
      ...{ studyId: study.id, siteId: MEL, number: 'MEL-001' },
      ...{ origin: 'entered', outcome: 'enrolled' },
      ...{ consentVersion: '1.0', consentDate: '2026-03-01' as CalendarDate, eligibility: {} },
    })
  })
  expect(test.db.select().from(participants).all()).toHaveLength(1)
  return study
}

function read(study: SeededStudy) {
  const actor = seedUser(test.db, { role: 'coordinator', study })
  const ctx = contextFor(test.db, actor)
  const record = readParticipant(ctx, study.code, 'MEL-001')
  const history = readParticipantHistory(ctx, { study: study.code, number: 'MEL-001' })
  if (!record.ok || !history.ok) throw new Error('it was refused')
  return { record: record.value, history: history.value }
}

it('the consent of the registration is the first of the consents', () => {
  const consents = read(begin('open')).record.logs.find(({ path }) => path === 'consents')
  expect(consents?.count).toBe(1)
  expect(consents?.latest).toMatchObject([
    { date: '1 Mar 2026', text: 'Consent version 1.0, at registration' },
  ])
})

describe('what may be done to a participant', () => {
  it('is everything that a coordinator of an open study does before the first dose', () => {
    expect(read(begin('open')).record.may).toEqual({
      treat: true,
      planDayZero: true,
      allocate: true,
      mend: true,
      addVisit: true,
      correct: true,
    })
  })

  it('leaves the arm out for who may not know it, and nothing else', () => {
    expect(read(begin('full')).record.may).toMatchObject({ treat: true, planDayZero: true, allocate: false })
  })

  it('is nothing once the study is locked, and it is said by whom, when and why', () => {
    const study = begin('open')
    const manager = seedUser(test.db, { role: 'dataManager', study, name: 'Dana Manager' })
    const locked = lockStudy(contextFor(test.db, manager), { study: study.code, reason: 'Final analysis' })
    expect(locked.ok).toBe(true)
    const { record, history } = read(study)
    expect(Object.values(record.may)).toEqual([false, false, false, false, false, false])
    expect(record.lock).toEqual({ by: 'Dana Manager', since: TEST_NOW, reason: 'Final analysis' })
    expect(history.locked).toBe(true)
  })
})
