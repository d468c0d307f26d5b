import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAssessments } from '@/db/queries/assessments'
import { listScores } from '@/db/queries/participant-scores'
import { findVisit, listScheduledVisits } from '@/db/queries/visits'
import { compareReplay } from '@/db/replay'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { MoveForm, VoidForm, VoidVisit } from '@/lib/schemas/mending'
import type { Ctx } from '../context'
import { examineDatabase } from '../doctor'
import { readVisitMending } from './mending-view'
import { moveForm } from './move-form'
import { voidForm, voidVisit } from './void-entries'

const PAIN = { NPRS_AVG: { value: 4 }, NPRS_WORST: { value: 6 } }
const reason = 'Typing error'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let mel1: ParticipantId
let mel2: ParticipantId
let formId: number

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL' })
  mel1 = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
  mel2 = seedEnrolled(test.db, study, { number: 'MEL-002', site: 'MEL' })
  const forms = { nprs: PAIN, odi: { ODI_01: { value: 2 } } }
  formId = seedVisit(test.db, study, mel1, { code: 'M6', date: '2026-04-10', forms }).forms[0]?.id ?? 0
})
afterEach(() => test.remove())

const as = (user: SeededUser) => contextFor(test.db, user) as Ctx
const address = { study: 'SMALL', number: 'MEL-001', visit: 'M6' }
const formsOf = (id: ParticipantId, code: string) => {
  const visit = findVisit(test.db, id, code)
  return visit ? listAssessments(test.db, visit.id).map(({ form }) => form) : null
}
const sound = () => [...compareReplay(test.db), ...examineDatabase(test).flatMap(({ findings }) => findings)]

function move(fields: Record<string, unknown>, user = coordinator) {
  const query = { ...address, toNumber: 'MEL-002', toVisit: 'M6', ...fields }
  const page = readVisitMending(as(user), { ...query, form: formId } as never)
  const version = page.ok ? (page.value.target?.version ?? 1) : 1
  return moveForm(
    as(user),
    MoveForm.parse({ ...query, formId: String(formId), version: String(version), reason, ...fields }),
  )
}
function shown(form: number | null) {
  const page = readVisitMending(as(coordinator), { ...address, form, toNumber: '', toVisit: '' })
  return page.ok ? page.value.version : 1
}

describe('one form', () => {
  it('goes to the visit of another participant, which is begun on its day; the rest stays', () => {
    expect(move({})).toEqual({ ok: true, value: { number: 'MEL-002', visit: 'M6' } })
    expect([formsOf(mel1, 'M6'), formsOf(mel2, 'M6')]).toEqual([['odi'], ['nprs']])
    expect(findVisit(test.db, mel2, 'M6')?.visitDate).toBe('2026-04-10')
    expect(listScores(test.db, [mel2], ['NPRS_AVG'])).toMatchObject([{ visit: 'M6', value: 4 }])
    expect(sound()).toEqual([])
  })

  it('is refused where the place holds such a form, or was declared missed', () => {
    seedVisit(test.db, study, mel2, { code: 'M6', date: '2026-04-12', forms: { nprs: PAIN } })
    expect(move({})).toMatchObject({
      error: { fields: [{ field: 'toVisit', text: expect.stringContaining('holds this form already') }] },
    })
    seedVisit(test.db, study, mel2, { code: 'M12', date: '2026-04-12', forms: {} })
    test.sqlite.exec(`UPDATE visits SET missed_reason = 'declined' WHERE code = 'M12'`)
    expect(move({ toVisit: 'M12' })).toMatchObject({
      error: { fields: [{ text: expect.stringContaining('recorded as missed') }] },
    })
    expect(formsOf(mel1, 'M6')).toEqual(['nprs', 'odi'])
  })

  it('entered in error is voided with its scores; the visit stays, and lacks it again', () => {
    const input = VoidForm.parse({ ...address, formId: String(formId), version: shown(formId), reason })
    expect(voidForm(as(coordinator), input).ok).toBe(true)
    expect(formsOf(mel1, 'M6')).toEqual(['odi'])
    expect(
      test.sqlite.prepare(`SELECT count(*) AS n FROM scores WHERE parameter = 'NPRS_AVG'`).get(),
    ).toEqual({ n: 0 })
    expect(sound()).toEqual([])
    expect(voidForm(as(coordinator), input)).toMatchObject({ ok: false, error: { code: 'notFound' } })
  })
})

describe('a visit entered in error', () => {
  it('is voided with every form, leaves the schedule as untouched, and stays in the audit', () => {
    const input = VoidVisit.parse({ ...address, version: shown(null), reason })
    expect(voidVisit(as(coordinator), input).ok).toBe(true)
    expect(formsOf(mel1, 'M6')).toBeNull()
    const row = listScheduledVisits(test.db, mel1).find(({ visit }) => visit === 'M6')
    expect(row?.progress).toBe('untouched')
    expect(test.sqlite.prepare(`SELECT count(*) AS n FROM audit_entries WHERE act = 'void'`).get()).toEqual({
      n: 3,
    })
    expect(sound()).toEqual([])
  })

  it('is not voided without a reason, after it was changed, in a locked study, or by who may not', () => {
    const posted = { ...address, version: shown(null), reason }
    expect(VoidVisit.safeParse({ ...posted, reason: ' ' }).success).toBe(false)
    expect(VoidForm.safeParse({ ...posted, formId: 'x' }).success).toBe(false)
    const stale = VoidVisit.parse({ ...posted, version: posted.version - 1 || 5 })
    expect(voidVisit(as(coordinator), stale)).toMatchObject({ error: { code: 'conflict' } })
    const input = VoidVisit.parse(posted)
    for (const role of ['monitor', 'investigator'] as const) {
      const user = seedUser(test.db, { role, study })
      expect(voidVisit(as(user), input)).toMatchObject({ error: { code: 'notAllowed' } })
    }
    const foreign = seedUser(test.db, { role: 'coordinator', study, site: 'SYD' })
    expect(voidVisit(as(foreign), input)).toMatchObject({ error: { code: 'notFound' } })
    test.sqlite.exec(`UPDATE studies SET locked_at = '2026-04-16T00:00:00.000Z', lock_reason = 'Final'`)
    expect(voidVisit(as(coordinator), input)).toMatchObject({ error: { code: 'locked' } })
    expect(formsOf(mel1, 'M6')).toEqual(['nprs', 'odi'])
  })
})
