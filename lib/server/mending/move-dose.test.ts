import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listTreatments } from '@/db/queries/treatments'
import { listScheduledVisits } from '@/db/queries/visits'
import { compareReplay } from '@/db/replay'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord } from '@/db/write'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { MoveDose } from '@/lib/schemas/mending'
import type { Ctx } from '../context'
import { examineDatabase } from '../doctor'
import { readParticipantHistory } from '../history'
import { readDoseMending } from './dose-mending-view'
import { moveDose } from './move-dose'

const REASON = 'Entered for the wrong participant'
const PAIN = { NPRS_AVG: { value: 4 }, NPRS_WORST: { value: 6 } }
const day = (text: string) => text as CalendarDate

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let mel1: ParticipantId
let mel2: ParticipantId

/** MEL-001 was dosed on 16 Oct 2025; MEL-002, never; both consented on 1 Sep 2025. It is 16 Apr 2026. */
beforeEach(() => begin(SMALL_PROTOCOL))
afterEach(() => test.remove())

function begin(protocol: Protocol): void {
  test = createTestDb()
  study = seedStudy(test.db, protocol)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  mel1 = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
  mel2 = seedEnrolled(test.db, study, { number: 'MEL-002', site: 'MEL', dosedOn: null })
}

const as = (user: SeededUser) => contextFor(test.db, user) as Ctx
const write = (work: (tx: Parameters<Parameters<TestDb['db']['transaction']>[0]>[0]) => void) =>
  test.db.transaction(work, { behavior: 'immediate' })
const dosesOf = (id: ParticipantId) =>
  listTreatments(test.db, [id]).map(({ plan, givenOn }) => `${plan} ${givenOn}`)
const targetOf = (id: ParticipantId, code: string) =>
  listScheduledVisits(test.db, id).find(({ visit }) => visit === code)?.target

function page(fields: Record<string, unknown> = {}, user = coordinator) {
  const query = { study: 'SMALL', number: 'MEL-001', dose: '1', toNumber: 'MEL-002', ...fields }
  return readDoseMending(as(user), query as never)
}
/** What the page shows is what the form posts. */
function post(fields: Record<string, unknown> = {}, user = coordinator) {
  const shown = page(fields, user)
  const treatmentId = shown.ok ? shown.value.dose.id : 1
  const version = shown.ok ? (shown.value.target?.version ?? 1) : 1
  const about = { study: 'SMALL', number: 'MEL-001', toNumber: 'MEL-002', reason: REASON }
  return MoveDose.parse({ ...about, treatmentId, version, ...fields })
}
const move = (fields: Record<string, unknown> = {}, user = coordinator) =>
  moveDose(as(user), post(fields, user))

function refusals(result: ReturnType<typeof move>): readonly string[] {
  if (result.ok) throw new Error('it was moved')
  return result.error.code === 'invalidInput'
    ? result.error.fields.map(({ field, text }) => `${field}: ${text}`)
    : [result.error.code]
}

describe('a dose recorded for the wrong participant', () => {
  it('goes to the right one; day zero and windows of both follow, and the audit replays', () => {
    expect(page()).toMatchObject({
      ok: true,
      value: {
        side: { number: 'MEL-001', doses: [{ name: 'First injection', date: '2025-10-16' }] },
        target: { to: { number: 'MEL-002', doses: [] }, problems: [], questions: [], unsaid: [] },
      },
    })
    expect(move()).toEqual({ ok: true, value: { number: 'MEL-002', dose: 1 } })
    expect([dosesOf(mel1), dosesOf(mel2)]).toEqual([[], ['DOSE1 2025-10-16']])
    expect([targetOf(mel1, 'M6'), targetOf(mel2, 'M6')]).toEqual([null, '2026-04-16'])
    expect(compareReplay(test.db)).toEqual([])
    expect(examineDatabase(test).flatMap(({ findings }) => findings)).toEqual([])
  })

  it('is told in the history of both, with the reason', () => {
    move()
    const told = (number: string) => {
      const history = readParticipantHistory(as(coordinator), { study: 'SMALL', number })
      return history.ok ? history.value.entries.map(({ summary, reason }) => [summary, reason])[0] : []
    }
    expect(told('MEL-001')).toEqual(['Moved a dose to MEL-002', REASON])
    expect(told('MEL-002')).toEqual(['Moved First injection, given 16 Oct 2025 here from MEL-001', REASON])
  })

  it('asks of forms of that day there whether they were before the dose, and stores the answer with them', () => {
    const { forms } = seedVisit(test.db, study, mel2, {
      code: 'BL',
      date: '2025-10-16',
      forms: { nprs: PAIN },
    })
    expect(page()).toMatchObject({ value: { target: { unsaid: ['NPRS'] } } })
    expect(refusals(move())).toEqual([expect.stringMatching(/^before: MEL-002 has forms of 16 Oct 2025/)])
    expect(move({ before: 'yes' }).ok).toBe(true)
    const before = test.sqlite.prepare('SELECT before_treatment AS said FROM assessments WHERE id = ?')
    expect(before.get(forms[0]?.id)).toEqual({ said: 1 })
    expect(compareReplay(test.db)).toEqual([])
  })

  it('asks what a dose recorded there would ask, and keeps the answer', () => {
    write(tx => {
      const second = { participantId: mel1, plan: 'DOSE2', givenOn: day('2026-04-16'), conditionMet: true }
      insertRecord(tx, TEST_WRITER, 'treatments', second)
      const first = { participantId: mel2, plan: 'DOSE1', givenOn: day('2026-01-10') }
      insertRecord(tx, TEST_WRITER, 'treatments', first)
    })
    const asked = move({ dose: '2' })
    if (asked.ok || asked.error.code !== 'unanswered') throw new Error('the early dose is asked about')
    expect(asked.error.questions.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^MEL-002\. Check: 16 Apr 2026 is before 10 Jul 2026/),
    ])
    const confirm = asked.error.questions.map(({ code }) => code)
    expect(move({ dose: '2', confirm })).toEqual({ ok: true, value: { number: 'MEL-002', dose: 2 } })
    expect(listTreatments(test.db, [mel2])[1]?.confirmations).toEqual({ 'earlyDose:DOSE2': 'asMarked' })
  })
})

describe('a move that is refused, with nothing changed', () => {
  it.each<[string, () => void, RegExp]>([
    ['the same dose there', () => dose(mel2, 'DOSE1', '2025-11-01'), /First injection is recorded already/],
    ['a later dose that counts from it', () => dose(mel1, 'DOSE2', '2026-04-16'), /counts from this dose/],
    ['a later consent', () => sql("consent_date = '2025-12-01'"), /before consent on 1 Dec 2025/],
    ['no consent', () => sql('consent_date = NULL, consent_version = NULL'), /consent of MEL-002 is not in/],
    ['withdrawal before it', () => withdraw('2025-10-01'), /after the participant withdrew from treatment/],
  ])('%s', (_, arrange, text) => {
    arrange()
    const before = [dosesOf(mel1), dosesOf(mel2)]
    expect(page()).toMatchObject({ value: { target: { problems: [expect.stringMatching(text)] } } })
    expect(refusals(move())).toEqual([expect.stringMatching(text)])
    expect([dosesOf(mel1), dosesOf(mel2)]).toEqual(before)
  })

  it.each([
    ['nobody', { toNumber: 'MEL-999' }, /^toNumber: MEL-999 was not found/],
    ['a participant of another site', { toNumber: 'SYD-001' }, /^toNumber: SYD-001 was not found/],
    ['whose it is', { toNumber: 'MEL-001' }, /^toNumber: This is where the dose stands already/],
    ['a dose of nobody', { treatmentId: 999 }, /notFound/],
  ])('%s', (_, fields, text) => {
    seedEnrolled(test.db, study, { number: 'SYD-001', site: 'SYD' })
    expect(refusals(move(fields))).toEqual([expect.stringMatching(text)])
    expect(dosesOf(mel1)).toHaveLength(1)
  })

  it.each([
    [{ reason: '' }, 'reason'],
    [{ toNumber: '' }, 'toNumber'],
    [{ before: 'maybe' }, 'before'],
    [{ treatmentId: 'x' }, 'treatmentId'],
    [{ version: '0' }, 'version'],
  ])('typed as %o, at its field', (fields, field) => {
    const parsed = MoveDose.safeParse({ ...post(), reason: REASON, ...fields })
    expect(parsed.error?.issues.map(issue => issue.path.join('.'))).toEqual([field])
  })

  it('a side that changed since the page was drawn is a conflict, which tells the doses of now', () => {
    const seen = post()
    dose(mel2, 'DOSE1', '2026-01-10')
    expect(moveDose(as(coordinator), seen)).toMatchObject({
      ok: false,
      error: {
        code: 'conflict',
        fields: [{ field: 'MEL-001' }, { field: 'MEL-002', stored: 'First injection, 10 Jan 2026' }],
      },
    })
  })

  it('in a locked study', () => {
    const seen = post()
    test.sqlite.exec(`UPDATE studies SET locked_at = '2026-04-16T00:00:00.000Z', lock_reason = 'Final'`)
    expect(refusals(moveDose(as(coordinator), seen))).toEqual(['locked'])
  })
})

describe('who may', () => {
  it.each([
    ['dataManager', undefined, null],
    ['investigator', 'MEL', 'notAllowed'],
    ['monitor', 'MEL', 'notAllowed'],
    ['statistician', undefined, 'notAllowed'],
    ['coordinator', 'SYD', 'notFound'],
  ] as const)('%s of %s: %s', (role, site, refusal) => {
    const user = seedUser(test.db, { role, study, name: 'Second', ...(site && { site }) })
    const result = move({}, user)
    expect(result.ok ? null : result.error.code).toBe(refusal)
  })

  it('who may not know arms moves a dose by its order, and is not told what was given', () => {
    test.remove()
    begin({
      ...SMALL_PROTOCOL,
      masking: 'full',
      arms: [
        { code: 'ACTIVE', name: 'Active', ratio: 1 },
        { code: 'SHAM', name: 'Sham', ratio: 1 },
      ],
    })
    expect(page()).toMatchObject({ value: { dose: { name: 'Dose 1', values: [] } } })
    expect(JSON.stringify(page())).not.toMatch(/"name":"First injection","date"/)
    expect(move().ok).toBe(true)
  })
})

function dose(participantId: ParticipantId, plan: string, givenOn: string): void {
  const values = { participantId, plan, givenOn: day(givenOn), conditionMet: plan === 'DOSE2' || null }
  write(tx => insertRecord(tx, TEST_WRITER, 'treatments', values))
}

const sql = (patch: string) => test.sqlite.exec(`UPDATE participants SET ${patch} WHERE id = ${mel2}`)

function withdraw(date: string): void {
  const answers = { KIND: { value: 'treatment' }, DATE: { value: date } }
  const values = { participantId: mel2, log: 'departures', answers, confirmations: {} }
  write(tx => insertRecord(tx, TEST_WRITER, 'log_entries', values))
}
