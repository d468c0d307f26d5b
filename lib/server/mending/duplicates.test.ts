import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCohort } from '@/db/queries/outcomes'
import { listDuplicates, nextFreeNumber } from '@/db/queries/participants'
import { compareReplay } from '@/db/replay'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { LinkDuplicate, MoveDose, VoidParticipant } from '@/lib/schemas/mending'
import type { Ctx } from '../context'
import { examineDatabase } from '../doctor'
import { readParticipantHistory } from '../history'
import { readParticipant } from '../participant-record'
import { readVoidedNumber } from '../voided-numbers'
import { readDoseMending } from './dose-mending-view'
import { linkDuplicate, readDuplicate, voidParticipant } from './duplicates'
import { moveDose } from './move-dose'

const reason = 'Registered twice'
let test: TestDb
let study: SeededStudy
let coordinator: SeededUser

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
  seedEnrolled(test.db, study, { number: 'MEL-002', site: 'MEL', dosedOn: null })
  seedEnrolled(test.db, study, { number: 'SYD-001', site: 'SYD' })
})
afterEach(() => test.remove())

const as = (user: SeededUser) => contextFor(test.db, user) as Ctx
const shown = (number: string, keptNumber: string) => {
  const page = readDuplicate(as(coordinator), { study: 'SMALL', number, keptNumber })
  return page.ok ? page.value.version : 1
}
const post = (fields: Record<string, unknown> = {}) => {
  const chosen = { study: 'SMALL', number: 'MEL-002', keptNumber: 'MEL-001', reason, ...fields }
  return { ...chosen, version: shown(chosen.number, chosen.keptNumber) }
}
const link = (fields?: Record<string, unknown>) =>
  linkDuplicate(as(coordinator), LinkDuplicate.parse(post(fields)))

describe('two numbers for one person', () => {
  it('one is voided and says which stays; it leaves lists and results, and both histories can be read', () => {
    expect(link()).toEqual({ ok: true, value: { number: 'MEL-001' } })
    const view = { participantArms: true, resultsByArm: true, armsNamed: true }
    const cohort = loadCohort(test.db, { studyId: study.id, protocol: SMALL_PROTOCOL, view })
    expect(cohort.participants.map(({ subject }) => subject)).toEqual(['MEL-001', 'SYD-001'])
    expect(readParticipant(as(coordinator), 'SMALL', 'MEL-002').ok).toBe(false)
    const kept = readParticipant(as(coordinator), 'SMALL', 'MEL-001')
    expect(kept.ok && listDuplicates(test.db, kept.value.participant.id)).toEqual(['MEL-002'])
    const history = readParticipantHistory(as(coordinator), { study: 'SMALL', number: 'MEL-002' })
    expect(history.ok && history.value.entries[0]).toMatchObject({
      summary: 'Voided the registration',
      reason: `Same person as MEL-001: ${reason}`,
    })
    expect(compareReplay(test.db)).toEqual([])
    expect(examineDatabase(test).flatMap(({ findings }) => findings)).toEqual([])
  })

  it('the page of the voided number names the one that stays, to who may read it; to others it was not found', () => {
    expect(readVoidedNumber(as(coordinator), 'SMALL', 'MEL-002').ok).toBe(false)
    link()
    expect(readVoidedNumber(as(coordinator), 'SMALL', 'MEL-002')).toEqual({
      ok: true,
      value: { number: 'MEL-002', kept: 'MEL-001' },
    })
    const foreign = seedUser(test.db, { role: 'coordinator', study, site: 'SYD', name: 'Coordinator 2' })
    for (const [user, number] of [
      [foreign, 'MEL-002'],
      [coordinator, 'MEL-001'],
      [coordinator, 'MEL-099'],
    ] as const) {
      const read = readVoidedNumber(as(user), 'SMALL', number)
      expect(read).toMatchObject({ ok: false, error: { code: 'notFound' } })
    }
  })

  it('its number is never given again', () => {
    link()
    const site = { id: study.sites.MEL ?? (0 as never), studyId: study.id, code: 'MEL' }
    expect(nextFreeNumber(test.db, site)).toBe('MEL-003')
  })

  it('is refused while the duplicate holds what would be lost, with what to do', () => {
    const id = seedEnrolled(test.db, study, { number: 'MEL-003', site: 'MEL' })
    seedVisit(test.db, study, id, { code: 'M6', date: '2026-04-10', forms: {} })
    const refused = link({ number: 'MEL-003' })
    expect(refused).toEqual({
      ok: false,
      error: {
        code: 'notPossible',
        text: 'Not voided. MEL-003 holds entries that would be lost: 1 visit, 1 dose. Move them to the number that stays, or void them, first.',
      },
    })
  })

  it('its dose is moved to the number that stays, and then nothing is lost', () => {
    seedEnrolled(test.db, study, { number: 'MEL-003', site: 'MEL' })
    const person = { study: 'SMALL', number: 'MEL-003' }
    const page = readDoseMending(as(coordinator), { ...person, dose: '1', toNumber: 'MEL-002' })
    if (!page.ok) throw new Error(page.error.code)
    const version = page.value.target?.version
    const posted = { ...person, treatmentId: page.value.dose.id, toNumber: 'MEL-002', version, reason }
    expect(moveDose(as(coordinator), MoveDose.parse(posted)).ok).toBe(true)
    expect(link({ number: 'MEL-003', keptNumber: 'MEL-002' }).ok).toBe(true)
    expect(compareReplay(test.db)).toEqual([])
    expect(examineDatabase(test).flatMap(({ findings }) => findings)).toEqual([])
  })

  it.each([
    ['no number', { keptNumber: '' }],
    ['a number that is not there', { keptNumber: 'MEL-999' }],
    ['a number of a foreign site', { keptNumber: 'SYD-001' }],
    ['itself', { keptNumber: 'MEL-002' }],
  ])('%s cannot stay: refused at its field', (_, fields) => {
    const parsed = LinkDuplicate.safeParse(post(fields))
    const result = parsed.success ? linkDuplicate(as(coordinator), parsed.data) : parsed.error
    const named = parsed.success
      ? result
      : { error: { fields: [{ field: parsed.error.issues[0]?.path[0] }] } }
    expect(named).toMatchObject({ error: { fields: [{ field: 'keptNumber' }] } })
  })

  it('is not done by a monitor or an investigator, nor after one of the two changed', () => {
    for (const role of ['monitor', 'investigator'] as const) {
      const user = seedUser(test.db, { role, study })
      expect(linkDuplicate(as(user), LinkDuplicate.parse(post()))).toMatchObject({
        error: { code: 'notAllowed' },
      })
    }
    const input = LinkDuplicate.parse(post())
    expect(linkDuplicate(as(coordinator), { ...input, version: input.version + 1 })).toMatchObject({
      error: { code: 'conflict' },
    })
  })
})

describe('a participant registered in error', () => {
  it('is voided while nothing is entered, and refused once there is', () => {
    const input = (number: string) =>
      VoidParticipant.parse({ study: 'SMALL', number, version: shown(number, ''), reason })
    expect(voidParticipant(as(coordinator), input('MEL-001'))).toMatchObject({
      error: { code: 'notPossible' },
    })
    expect(voidParticipant(as(coordinator), input('MEL-002')).ok).toBe(true)
    expect(examineDatabase(test).flatMap(({ findings }) => findings)).toEqual([])
  })
})
