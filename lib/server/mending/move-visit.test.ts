import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAssessments } from '@/db/queries/assessments'
import { listScores } from '@/db/queries/participant-scores'
import { findVisit, listScheduledVisits } from '@/db/queries/visits'
import { compareReplay } from '@/db/replay'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { MoveVisit } from '@/lib/schemas/mending'
import type { Ctx } from '../context'
import { examineDatabase } from '../doctor'
import { readParticipantHistory } from '../history'
import { readVisitMending } from './mending-view'
import { moveVisit } from './move-visit'

const REASON = 'Entered for the wrong visit or participant'
const PAIN = { NPRS_AVG: { value: 4 }, NPRS_WORST: { value: 6 } }
const WORSE = { NPRS_AVG: { value: 8 }, NPRS_WORST: { value: 9 } }

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let mel1: ParticipantId
let mel2: ParticipantId

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, SMALL_PROTOCOL)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  mel1 = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
  mel2 = seedEnrolled(test.db, study, { number: 'MEL-002', site: 'MEL' })
  seedEnrolled(test.db, study, { number: 'SYD-001', site: 'SYD' })
  seedVisit(test.db, study, mel1, { code: 'M6', date: '2026-04-10', forms: { nprs: PAIN } })
})
afterEach(() => test.remove())

const as = (user: SeededUser) => contextFor(test.db, user) as Ctx

/** What the page shows is what the form posts. */
function post(fields: Record<string, unknown>, user = coordinator) {
  const chosen = { visit: 'M6', toNumber: 'MEL-002', toVisit: 'M6', ...fields }
  const query = { study: 'SMALL', number: 'MEL-001', form: null, ...chosen }
  const page = readVisitMending(as(user), query as never)
  const version = page.ok ? String(page.value.target?.version ?? 1) : '1'
  return MoveVisit.safeParse({ ...query, version, reason: REASON, ...fields })
}
function move(fields: Record<string, unknown>, user = coordinator) {
  const parsed = post(fields, user)
  if (!parsed.success) throw new Error(parsed.error.message)
  return moveVisit(as(user), parsed.data)
}
const scoresOf = (id: ParticipantId) =>
  listScores(test.db, [id], ['NPRS_AVG']).map(({ visit, value }) => [visit, value])
const progressOf = (id: ParticipantId, code: string) =>
  listScheduledVisits(test.db, id).find(({ visit }) => visit === code)?.progress
const fieldErrors = (result: ReturnType<typeof move>) =>
  result.ok || result.error.code !== 'invalidInput'
    ? result
    : result.error.fields.map(({ field, text }) => [field, text])

describe('a visit put on the wrong participant', () => {
  it('goes to the right one with its forms and scores; both schedules follow and the audit replays', () => {
    expect(move({})).toEqual({ ok: true, value: { number: 'MEL-002', visit: 'M6' } })
    expect([scoresOf(mel1), scoresOf(mel2)]).toEqual([[], [['M6', 4]]])
    expect([progressOf(mel1, 'M6'), progressOf(mel2, 'M6')]).toEqual(['untouched', 'partly'])
    expect(compareReplay(test.db)).toEqual([])
    expect(examineDatabase(test).flatMap(({ findings }) => findings)).toEqual([])
  })

  it('is told in the history of both, each by the number of the other', () => {
    move({})
    const told = (number: string) => {
      const history = readParticipantHistory(as(coordinator), { study: 'SMALL', number })
      return history.ok ? history.value.entries.map(({ summary, reason }) => [summary, reason]) : []
    }
    expect(told('MEL-001')[0]).toEqual(['Moved 6 months to MEL-002 6 months', REASON])
    expect(told('MEL-002')[0]).toEqual(['Moved 6 months here from MEL-001 6 months', REASON])
  })

  it('goes to another visit of the same participant where only the code was wrong', () => {
    const asked = move({ toNumber: 'MEL-001', toVisit: 'M12' })
    if (asked.ok || asked.error.code !== 'unanswered') throw new Error('the window is asked about')
    expect(asked.error.questions.map(({ text }) => text)).toEqual([
      expect.stringMatching(/^MEL-001, 12 months\. Check: 10 Apr 2026 is \d+ days before the window/),
    ])
    const confirm = asked.error.questions.map(({ code }) => code)
    // M12 asks NPRS, too.
    expect(move({ toNumber: 'MEL-001', toVisit: 'M12', confirm }).ok).toBe(true)
    expect(scoresOf(mel1)).toEqual([['M12', 4]])
    const moved = findVisit(test.db, mel1, 'M12')
    expect(moved && listAssessments(test.db, moved.id)[0]?.confirmations).toEqual({
      [confirm[0] ?? '']: 'asMarked',
    })
    expect(compareReplay(test.db)).toEqual([])
  })

  it('may be exchanged with the visit that stands there, in one step', () => {
    seedVisit(test.db, study, mel2, { code: 'M6', date: '2026-04-12', forms: { nprs: WORSE } })
    expect(fieldErrors(move({}))).toEqual([
      [
        'toVisit',
        '6 months of MEL-002 holds entries already. Void that visit first, or move it to its right place.',
      ],
    ])
    expect(move({ exchange: 'yes' })).toEqual({ ok: true, value: { number: 'MEL-002', visit: 'M6' } })
    expect([scoresOf(mel1), scoresOf(mel2)]).toEqual([[['M6', 8]], [['M6', 4]]])
    expect(findVisit(test.db, mel1, 'M6')?.visitDate).toBe('2026-04-12')
    expect(compareReplay(test.db)).toEqual([])
    expect(examineDatabase(test).flatMap(({ findings }) => findings)).toEqual([])
  })

  it('becomes unscheduled where it belongs to no planned visit, and keeps out of results by visit', () => {
    expect(move({ toNumber: 'MEL-001', toVisit: 'UNS-new' })).toEqual({
      ok: true,
      value: { number: 'MEL-001', visit: 'UNS-1' },
    })
    expect(findVisit(test.db, mel1, 'UNS-1')).toMatchObject({ forms: 'nprs', cause: REASON })
    expect(progressOf(mel1, 'M6')).toBe('untouched')
    expect(examineDatabase(test).flatMap(({ findings }) => findings)).toEqual([])
  })
})

describe('checks run again at the new place', () => {
  it('a date before the consent there, or a form not asked there, is refused at its field; nothing moves', () => {
    seedEnrolled(test.db, study, { number: 'MEL-003', site: 'MEL', consentDate: '2026-04-12', dosedOn: null })
    seedVisit(test.db, study, mel2, { code: 'M6', date: '2026-04-11', forms: { odi: {} } })
    expect(fieldErrors(move({ toNumber: 'MEL-003' }))).toEqual([
      ['toNumber', expect.stringContaining('10 Apr 2026 is before the consent of MEL-003, 12 Apr 2026')],
    ])
    const unasked = move({ number: 'MEL-002', toNumber: 'MEL-001', toVisit: 'M1' })
    expect(fieldErrors(unasked)).toEqual([
      ['toVisit', expect.stringContaining('ODI is not asked at 1 month')],
    ])
    expect(scoresOf(mel1)).toEqual([['M6', 4]])
  })

  it('a dosing day of the new participant asks whether the forms were before or after the dose', () => {
    const mel4 = seedEnrolled(test.db, study, { number: 'MEL-004', site: 'MEL', dosedOn: '2026-04-10' })
    const place = { toNumber: 'MEL-004', toVisit: 'M12' }
    expect(fieldErrors(move(place))).toEqual([['before', expect.stringContaining('before or after')]])
    const asked = move({ ...place, before: 'yes' })
    const confirm =
      !asked.ok && asked.error.code === 'unanswered' ? asked.error.questions.map(({ code }) => code) : []
    expect(move({ ...place, before: 'yes', confirm }).ok).toBe(true)
    expect(listScores(test.db, [mel4], ['NPRS_AVG'])[0]?.beforeTreatment).toBe(true)
  })

  it.each([
    ['no participant', { toNumber: '' }, 'toNumber'],
    ['a participant of a site that is not the actor’s', { toNumber: 'SYD-001' }, 'toNumber'],
    ['a participant who is not there', { toNumber: 'MEL-999' }, 'toNumber'],
    ['no visit', { toVisit: '' }, 'toVisit'],
    ['a visit that the protocol does not have', { toVisit: 'M99' }, 'toVisit'],
    ['the place where it stands', { toNumber: 'MEL-001' }, 'toVisit'],
    ['an exchange with nothing', { exchange: 'yes' }, 'toVisit'],
    ['an answer of no kind', { before: 'maybe' }, 'before'],
    ['no reason', { reason: '' }, 'reason'],
    ['a reason that is too long', { reasonText: 'x'.repeat(501) }, 'reasonText'],
  ])('%s is refused beside its field', (_, fields, field) => {
    const parsed = post(fields)
    const named = parsed.success
      ? fieldErrors(moveVisit(as(coordinator), parsed.data))
      : parsed.error.issues.map(issue => [issue.path.join('.')])
    expect(named).toEqual([expect.arrayContaining([field])])
    expect(scoresOf(mel1)).toEqual([['M6', 4]])
  })

  it('a side that was changed since the page was drawn is a conflict, which shows what is stored now', () => {
    const parsed = post({})
    seedVisit(test.db, study, mel2, { code: 'M6', date: '2026-04-12', forms: { nprs: WORSE } })
    const stale = parsed.success ? moveVisit(as(coordinator), parsed.data) : undefined
    expect(stale).toMatchObject({ ok: false, error: { code: 'conflict' } })
    if (stale?.ok === false && stale.error.code === 'conflict')
      expect(stale.error.fields.map(({ stored }) => stored)).toContain('Average pain: 8; Worst pain: 9')
  })
})

describe('who may move', () => {
  it.each(['monitor', 'investigator', 'statistician'] as const)('a %s may not', role => {
    const user = seedUser(test.db, { role, study })
    expect(move({}, user)).toMatchObject({ ok: false, error: { code: 'notAllowed' } })
  })

  it('a foreign site is as absent, and a locked study refuses', () => {
    const foreign = seedUser(test.db, { role: 'coordinator', study, site: 'SYD', name: 'Other' })
    expect(move({}, foreign)).toEqual({ ok: false, error: { code: 'notFound', what: 'The participant' } })
    const parsed = post({})
    test.sqlite.exec(`UPDATE studies SET locked_at = '2026-04-16T00:00:00.000Z', lock_reason = 'Final'`)
    const locked = parsed.success ? moveVisit(as(coordinator), parsed.data) : undefined
    expect(locked).toMatchObject({ ok: false, error: { code: 'locked' } })
  })
})
