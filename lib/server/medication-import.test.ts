import { afterEach, beforeEach, expect, it } from 'vitest'
import { addLogEntry } from '@/db/commands/logs'
import { findStudyByCode } from '@/db/queries/studies'
import { participants } from '@/db/schema/participants'
import { assessments, scores } from '@/db/schema/visits'
import { contextFor, seedStudy } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { operatorContext } from './context'
import { checkScores } from './derived-rows'
import { importFile } from './imports'
import { applyProtocol } from './protocols'

const visits = SMALL_PROTOCOL.visits.map(visit => ({ ...visit, instruments: ['nprs', 'analgesics'] }))
const TABLE = { ...SMALL_PROTOCOL.settings, analgesics: { morphineFactors: 'CDC-2022' } }
const WITH_TABLE = { ...SMALL_PROTOCOL, visits, settings: TABLE }

let test: TestDb
beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

function send(text: string) {
  const file = { study: 'SMALL', file: 'f.csv', bytes: Buffer.from(text), mapping: null, register: true }
  const ctx = contextFor(test.db, { kind: 'operator' }) as never
  return importFile(ctx, { ...file, reason: null, dryRun: false })
}

function accept(text: string) {
  const done = send(text)
  if (!done.ok) throw new Error(JSON.stringify(done.error))
}

const morphine = () =>
  test.db
    .select()
    .from(scores)
    .all()
    .filter(row => row.parameter === 'MME_DAY')
    .map(row => row.value ?? row.missingReason)

function faults(settings = TABLE) {
  const study = findStudyByCode(test.db, 'SMALL')
  return study && checkScores(test.db, study, settings)
}

const LEVELS =
  'subject,site,arm,visit,visit_date,ANALGESIC_LEVEL\nA,MEL,ACTIVE,BL,2025-01-05,0\nB,MEL,ACTIVE,BL,,1\nC,MEL,ACTIVE,BL,,3\n'

it('levels of a file give morphine equivalents where they say that no opioid is taken', () => {
  seedStudy(test.db, WITH_TABLE)
  accept(LEVELS)
  expect(morphine()).toEqual([0, 0, 'opioidNotRecorded'])
  expect(faults()).toEqual([])
})

it('morphine equivalents are derived and never read from a file', () => {
  seedStudy(test.db, WITH_TABLE)
  const done = send(
    'subject,site,arm,visit,visit_date,ANALGESIC_LEVEL,MME_DAY\nA,MEL,ACTIVE,BL,2025-01-05,3,60\n',
  )
  if (done.ok || done.error.code !== 'fileRefused') throw new Error(JSON.stringify(done))
  expect(done.error.cells).toMatchObject([
    { column: 'MME_DAY', text: expect.stringContaining('is derived from other records') },
  ])
})

it('a level of a file below that of a recorded drug is kept as not confirmed', () => {
  seedStudy(test.db, WITH_TABLE)
  accept('subject,site,arm,visit,visit_date,NPRS_AVG\nA,MEL,ACTIVE,BL,2025-01-05,6\n')
  const person = test.db.select().from(participants).get()
  if (!person) throw new Error('nobody was registered')
  const answers = {
    CMTRT: { value: 'Tramadol' },
    CMANALG: { value: true },
    CMLEVEL: { value: '2' },
    CMSTDAT: { value: '2024' },
    CMONGO: { value: true },
  }
  const entry = { participantId: person.id, log: 'medications', answers, confirmations: {} }
  test.db.transaction(tx => addLogEntry(tx, TEST_WRITER, entry), { behavior: 'immediate' })
  accept('subject,site,arm,visit,visit_date,ANALGESIC_LEVEL\nA,MEL,ACTIVE,BL,2025-01-05,0\n')
  const form = test.db.select().from(assessments).all().at(-1)
  expect(Object.values(form?.confirmations ?? {})).toEqual(['unconfirmed'])
  expect(Object.keys(form?.confirmations ?? {})[0]).toContain('analgesicLevel')
  expect(morphine()).toEqual(['amountUnknown'])
})

it('a factor table that a new version names scores what is stored already', () => {
  const first = { ...WITH_TABLE, settings: SMALL_PROTOCOL.settings }
  seedStudy(test.db, first)
  accept(LEVELS)
  expect(morphine()).toEqual([])
  const file = {
    ...WITH_TABLE,
    versions: [...first.versions, { number: '1.1', effectiveFrom: '2024-06-01', summary: 'Factor table' }],
    responders: first.responders.map(({ condition, ...rule }) => ({ ...rule, ...condition })),
  }
  const applied = applyProtocol(operatorContext(test.db), file)
  if (!applied.ok) throw new Error(JSON.stringify(applied.error))
  expect(applied.value.rescored).toBe(3)
  expect(morphine()).toEqual([0, 0, 'opioidNotRecorded'])
  expect(faults()).toEqual([])
})
