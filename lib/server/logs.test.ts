import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareReplay } from '@/db/replay'
import { auditEntries } from '@/db/schema/audit'
import { logEntries } from '@/db/schema/logs'
import { contextFor, type SeededStudy, type SeededUser, seedUser } from '@/db/testing/factories'
import { CONDITION, conditionsOf, type PostedEntry, personAt, postCondition } from '@/db/testing/log-desk'
import { openRegistrationDesk } from '@/db/testing/registration-desk'
import { accepted, refused } from '@/db/testing/results'
import { TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { updateRecord } from '@/db/write'
import { readParticipantHistory } from './history'
import { saveLogEntry } from './logs'
import { readLog, readLogEntry } from './logs-read'
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

const registered = (site: string) =>
  accepted(registerParticipant(contextFor(test.db, coordinator), personAt(site))).number
const save = (posted: PostedEntry = {}, actor: SeededUser = coordinator, options = {}) =>
  saveLogEntry(contextFor(test.db, actor, options), postCondition(number, posted))

const about = () => conditionsOf(number)
const row = (id: number) =>
  test.db
    .select()
    .from(logEntries)
    .all()
    .find(entry => entry.id === id)
const list = (who: SeededUser = coordinator) => accepted(readLog(contextFor(test.db, who), about()))

describe('an entry', () => {
  it('is stored as it was typed and read, and told in words (A1, A2)', () => {
    const { id } = accepted(save())
    expect(row(id)).toMatchObject({
      log: 'conditions',
      answers: { TERM: { value: 'Hypertension' }, SINCE: { value: '2019-04' }, ONGOING: { value: true } },
    })
    expect(list().entries).toEqual([{ id, entry: 1, date: 'Apr 2019', text: 'Hypertension, since Apr 2019' }])
    const told = accepted(
      readParticipantHistory(contextFor(test.db, coordinator), { study: 'SMALL', number }),
    )
    expect(told.entries[0]?.summary).toBe('Recorded a condition: Hypertension, since Apr 2019')
    expect(told.entries[0]?.changes.map(({ label, now }) => `${label}: ${now}`)).toEqual([
      'Condition: Hypertension',
      'Since: Apr 2019',
      'Still present: Yes',
    ])
    expect(compareReplay(test.db)).toEqual([])
  })

  it('that lacks what is needed is refused at each field, and nothing is stored (A4)', () => {
    const before = test.db.select().from(auditEntries).all().length
    const error = refused(save({ answers: { ONGOING: ['no'] } }))
    if (error.code !== 'invalidInput') throw new Error(error.code)
    expect(error.fields.map(({ field, text }) => `${field} ${text}`)).toEqual([
      'answers.TERM Condition is needed. Enter it.',
      'answers.SINCE Since is needed. Enter it, or choose why it is missing.',
      'answers.ENDED Ended is needed. Enter it, or choose why it is missing.',
    ])
    expect(test.db.select().from(auditEntries).all()).toHaveLength(before)
  })

  it('with a value that cannot be read is told what else is lacking at the same time (A4)', () => {
    const error = refused(save({ answers: { SINCE: ['soon'], ONGOING: ['no'] } }))
    if (error.code !== 'invalidInput') throw new Error(error.code)
    expect(error.fields.map(({ field }) => field).toSorted()).toEqual([
      'answers.ENDED',
      'answers.SINCE',
      'answers.TERM',
    ])
  })

  it('is sent twice and stored once (C2)', () => {
    const submissionKey = 'the same form'
    const first = accepted(save({}, coordinator, { submissionKey }))
    expect(accepted(save({}, coordinator, { submissionKey }))).toEqual(first)
    expect(list().entries).toHaveLength(1)
  })

  it('with a text that seems to identify the participant is asked about, once for the same text (E2)', () => {
    const answers = { ...CONDITION, NOTE: ['See MRN 1234567'] }
    const asked = refused(save({ answers }))
    if (asked.code !== 'unanswered') throw new Error(asked.code)
    expect(asked.questions.map(({ fields }) => fields)).toEqual([['answers.NOTE']])
    const confirm = asked.questions.map(({ code }) => code)
    const { id } = accepted(save({ answers, confirm }))
    expect(row(id)?.confirmations).toEqual({ 'identifier:NOTE=See MRN 1234567': 'asMarked' })
    accepted(
      save({ entry: id, version: '1', answers: { ...answers, SINCE: ['2018'] }, reason: 'Typing error' }),
    )
  })
})

describe('a change', () => {
  it('of a stored value needs a reason; a first value needs none (A3)', () => {
    const { id } = accepted(save())
    const answers = { ...CONDITION, SINCE: ['2018'] }
    expect(refused(save({ entry: id, version: '1', answers })).code).toBe('reasonRequired')
    accepted(save({ entry: id, version: '1', answers: { ...CONDITION, NOTE: ['Mild'] } }))
    accepted(save({ entry: id, version: '2', answers, reason: 'Typing error' }))
    expect(row(id)).toMatchObject({ rowVersion: 3, answers: { SINCE: { value: '2018' } } })
    expect(row(id)?.answers).not.toHaveProperty('NOTE')
    expect(compareReplay(test.db)).toEqual([])
  })

  it('that changes nothing writes nothing (A4)', () => {
    const { id } = accepted(save())
    accepted(save({ entry: id, version: '1' }))
    expect(row(id)?.rowVersion).toBe(1)
  })

  it('from an old page shows both values, and stores those chosen (C2)', () => {
    const { id } = accepted(save())
    const theirs = { ...CONDITION, SINCE: ['2018'], NOTE: ['Mild'] }
    accepted(save({ entry: id, version: '1', answers: theirs, reason: 'Typing error' }))
    const mine = {
      entry: id,
      version: '1',
      answers: { ...CONDITION, SINCE: ['2017'] },
      reason: 'Typing error',
    }
    const conflict = refused(save(mine))
    if (conflict.code !== 'conflict') throw new Error(conflict.code)
    expect(conflict.changedBy).toBe('A coordinator')
    expect(conflict.fields).toEqual([
      { field: 'answers.SINCE', label: 'Since', yours: '2017', stored: '2018' },
      { field: 'answers.NOTE', label: 'Note', yours: '', stored: 'Mild' },
    ])
    const over = { '~over': { entry: [String(conflict.storedVersions?.entry)] } }
    expect(refused(save({ ...mine, ...over, '~pick': { 'answers.SINCE': ['yours'] } })).code).toBe('conflict')
    const picks = { 'answers.SINCE': ['yours'], 'answers.NOTE': ['stored'] }
    accepted(save({ ...mine, ...over, '~pick': picks }))
    expect(row(id)?.answers).toMatchObject({ SINCE: { value: '2017' }, NOTE: { value: 'Mild' } })
  })

  it('in a locked study is refused (C1)', () => {
    const { id } = accepted(save())
    const locked = { lockedAt: '2026-05-01T00:00:00.000Z', lockReason: 'Data cut' }
    test.db.transaction(tx => updateRecord(tx, TEST_WRITER, 'studies', study.id, 1, locked, 'Data cut'), {
      behavior: 'immediate',
    })
    expect(refused(save({ entry: id, version: '1' })).code).toBe('locked')
    expect(list().mayAdd).toBe(false)
  })
})

describe('who may (D2)', () => {
  it.each(['dataManager', 'investigator', 'monitor'] as const)('a %s reads and does not enter', role => {
    const { id } = accepted(save())
    const actor = seedUser(test.db, { role, study })
    expect(refused(save({}, actor)).code).toBe('notAllowed')
    expect(refused(save({ entry: id, version: '1', answers: {} }, actor)).code).toBe('notAllowed')
    expect(list(actor)).toMatchObject({ mayAdd: false, entries: [{ id }] })
    const ctx = contextFor(test.db, actor)
    const { view } = accepted(readLogEntry(ctx, { ...about(), entry: id, preset: {} }))
    expect(view.mine).toEqual([])
    expect(refused(readLogEntry(ctx, { ...about(), entry: 'new', preset: {} })).code).toBe('notAllowed')
  })

  it('a statistician reads none, and at another site there is no such participant', () => {
    const statistician = seedUser(test.db, { role: 'statistician', study })
    expect(refused(readLog(contextFor(test.db, statistician), about())).code).toBe('notAllowed')
    const sydney = seedUser(test.db, { role: 'coordinator', study, site: 'SYD', name: 'Sydney' })
    expect(refused(save({}, sydney))).toEqual({ code: 'notFound', what: 'The participant' })
    expect(refused(readLog(contextFor(test.db, sydney), about())).code).toBe('notFound')
  })

  it('an entry of another participant, log or study is not found', () => {
    const { id } = accepted(save())
    const other = registered('SYD')
    expect(refused(save({ number: other, entry: id, version: '1' })).code).toBe('notFound')
    expect(refused(save({ log: 'contacts', entry: id, version: '1' })).code).not.toBe('conflict')
    expect(refused(save({ log: 'nosuch' })).code).toBe('notFound')
  })
})
