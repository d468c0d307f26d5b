import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareReplay } from '@/db/replay'
import { contextFor, type SeededStudy, type SeededUser, seedUser } from '@/db/testing/factories'
import { CONDITION, conditionsOf, type PostedEntry, personAt, postCondition } from '@/db/testing/log-desk'
import { openRegistrationDesk } from '@/db/testing/registration-desk'
import { accepted, refused } from '@/db/testing/results'
import type { TestDb } from '@/db/testing/test-db'
import { readParticipantHistory } from './history'
import { saveLogEntry } from './logs'
import { moveLogEntry, voidLogEntry } from './logs-mend'
import { readLog } from './logs-read'
import { registerParticipant } from './participants'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let number: string

beforeEach(() => {
  ;({ test, study, coordinator } = openRegistrationDesk())
  number = registered('MEL')
})
afterEach(() => test.remove())

const registered = (site: string, consentDate?: string) =>
  accepted(registerParticipant(contextFor(test.db, coordinator), personAt(site, consentDate))).number
const save = (posted: PostedEntry = {}) =>
  saveLogEntry(contextFor(test.db, coordinator), postCondition(number, posted))

const about = () => conditionsOf(number)
const list = () => accepted(readLog(contextFor(test.db, coordinator), about()))

describe('mending', () => {
  const mending = { version: 1, confirm: [], reason: 'Entered twice' }

  it('an entry made in error leaves the list with a reason and changes no more', () => {
    const { id } = accepted(save())
    const ctx = contextFor(test.db, coordinator)
    expect(refused(voidLogEntry(ctx, { ...about(), ...mending, entry: id, reason: null })).code).toBe(
      'reasonRequired',
    )
    expect(refused(voidLogEntry(ctx, { ...about(), ...mending, entry: id, version: 7 })).code).toBe(
      'conflict',
    )
    accepted(voidLogEntry(ctx, { ...about(), ...mending, entry: id }))
    expect(list()).toMatchObject({ entries: [], voided: [{ id, reason: 'Entered twice' }] })
    expect(refused(save({ entry: id, version: '2' })).code).toBe('voided')
    expect(refused(voidLogEntry(ctx, { ...about(), ...mending, entry: id, version: 2 })).code).toBe('voided')
    expect(accepted(save()).id).not.toBe(id)
    expect(list().entries[0]?.entry).toBe(2)
    expect(compareReplay(test.db)).toEqual([])
  })

  it('an entry of the wrong participant is moved, after the checks of the right one', () => {
    const { id } = accepted(save({ answers: { ...CONDITION, SINCE: ['Jun 2024'] } }))
    const ctx = contextFor(test.db, coordinator)
    const early = registered('SYD', '2024-03-01')
    const right = registered('SYD')
    const move = (to: string) =>
      moveLogEntry(ctx, {
        ...about(),
        ...mending,
        entry: id,
        to,
        reason: 'Entered for the wrong participant',
      })
    const misfit = refused(move(early))
    if (misfit.code !== 'invalidInput') throw new Error(misfit.code)
    expect(misfit.fields[0]?.text).toMatch(
      `The entry does not fit ${early}: Since: Jun 2024 is not before consent`,
    )
    expect(refused(move('SYD-999')).code).toBe('invalidInput')
    expect(refused(move(number)).code).toBe('invalidInput')
    accepted(move(right))
    expect(list().entries).toEqual([])
    const there = accepted(readLog(ctx, { ...about(), number: right }))
    expect(there.entries).toMatchObject([{ id }])
    const told = accepted(readParticipantHistory(ctx, { study: 'SMALL', number: right }))
    expect(told.entries[0]?.summary).toBe(`Moved a condition here from ${number}`)
    expect(compareReplay(test.db)).toEqual([])
  })

  it('both sides of a move have to be at sites of the person (D2)', () => {
    const { id } = accepted(save())
    const other = registered('SYD')
    const melbourne = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Melbourne' })
    const input = { ...about(), ...mending, entry: id, to: other }
    expect(refused(moveLogEntry(contextFor(test.db, melbourne), input)).code).toBe('invalidInput')
    const monitor = seedUser(test.db, { role: 'monitor', study })
    expect(refused(moveLogEntry(contextFor(test.db, monitor), input)).code).toBe('notAllowed')
    expect(refused(voidLogEntry(contextFor(test.db, monitor), input)).code).toBe('notAllowed')
  })
})
