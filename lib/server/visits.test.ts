import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findAssessment, listAssessments } from '@/db/queries/assessments'
import { listScores } from '@/db/queries/participant-scores'
import { findVisit } from '@/db/queries/visits'
import { auditEntries } from '@/db/schema/audit'
import { contextFor, type SeededStudy, type SeededUser, seedUser } from '@/db/testing/factories'
import { TEST_NOW, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { openVisitDesk, postVisit, seedTreated, typeNprs } from '@/db/testing/visit-desk'
import { updateRecord, voidRecord } from '@/db/write'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import type { Ctx } from './context'
import { saveVisit } from './visits'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let participantId: ParticipantId
beforeEach(() => {
  ;({ test, study, coordinator, participantId } = openVisitDesk())
})
afterEach(() => test.remove())

function as(user: SeededUser, submissionKey?: string): Ctx {
  return contextFor(test.db, user, submissionKey === undefined ? {} : { submissionKey }) as Ctx
}
const entries = () => test.db.select().from(auditEntries).where(eq(auditEntries.chain, 'study/SMALL')).all()
const forms = (visit = 'M6') =>
  listAssessments(test.db, findVisit(test.db, participantId, visit)?.id ?? (0 as never))
const scores = () => listScores(test.db, [participantId], ['NPRS_AVG', 'NPRS_WORST', 'ODI'])
const save = (fields: Record<string, unknown>) => saveVisit(as(coordinator), postVisit(fields))

describe('a visit is saved whole', () => {
  it('the first entry needs no reason and stores visit, form and scores', () => {
    expect(save(typeNprs('4', '6'))).toEqual({
      ok: true,
      value: { number: 'MEL-001', visit: 'M6', written: 1 },
    })
    const [form] = forms()
    expect(form).toMatchObject({
      form: 'nprs',
      assessmentDate: '2026-04-16',
      entryKind: 'items',
      rowVersion: 1,
    })
    expect(form?.answers).toEqual({ NPRS_AVG: { value: 4 }, NPRS_WORST: { value: 6 } })
    expect(scores().map(score => [score.parameter, score.value])).toEqual([
      ['NPRS_AVG', 4],
      ['NPRS_WORST', 6],
    ])
  })

  it('what is blank is no answer: a form may be entered in part and finished later without a reason', () => {
    expect(save({ nprs: { NPRS_AVG: ['4'] } }).ok).toBe(true)
    expect(save({ nprs: { NPRS_AVG: ['4'], NPRS_WORST: ['6'], '~version': ['1'] } }).ok).toBe(true)
    expect(forms()[0]?.answers).toEqual({ NPRS_AVG: { value: 4 }, NPRS_WORST: { value: 6 } })
  })

  it('forms that were not touched are not written', () => {
    save({ ...typeNprs('4', '6'), odi: { '~mode': [''] } })
    expect(forms().map(form => form.form)).toEqual(['nprs'])
  })

  it('each form may have an assessment date of its own', () => {
    save({ ...typeNprs('4', '6', { '~date': ['14 Apr 2026'] }), odi: { ODI_01: ['2'] } })
    expect(forms().map(form => [form.form, form.assessmentDate])).toEqual([
      ['nprs', '2026-04-14'],
      ['odi', '2026-04-16'],
    ])
  })

  it('a form of the study itself takes the same road', () => {
    const done = saveVisit(
      as(coordinator),
      postVisit({ '~visit': { date: ['2 Oct 2025'] }, EXAM: { BMI: ['24.5'], SMOKER: ['no'] } }, 'BL'),
    )
    expect(done.ok).toBe(true)
    expect(forms('BL')[0]?.answers).toEqual({ BMI: { value: 24.5 }, SMOKER: { value: false } })
  })

  it('a total without sections is taken where the study allows it, and marked as such', () => {
    expect(save({ odi: { ODI: ['26'] } }).ok).toBe(true)
    expect(forms()[0]?.entryKind).toBe('total')
    expect(scores()).toMatchObject([{ parameter: 'ODI', value: 26 }])
  })

  it('a form recorded as not done gives its parameters that reason', () => {
    expect(save({ nprs: { '~notDone': ['declined'] } }).ok).toBe(true)
    expect(forms()[0]).toMatchObject({ notDoneReason: 'declined', answers: {} })
    const reasons = scores().map(score => score.missingReason)
    expect(reasons).toEqual(['declined', 'declined'])
  })
})

describe('a stored value changes only with a reason', () => {
  it('without one nothing is written; with one both values stand in the audit', () => {
    save(typeNprs('4', '6'))
    const before = entries().length
    const refused = save(typeNprs('5', '6', { '~version': ['1'] }))
    expect(refused).toMatchObject({ ok: false, error: { code: 'reasonRequired' } })
    expect(entries()).toHaveLength(before)
    const saved = save({ ...typeNprs('5', '6', { '~version': ['1'] }), reason: 'Typing error' })
    expect(saved.ok).toBe(true)
    const last = entries().at(-1)
    expect(last).toMatchObject({
      actor: 'Coordinator 1',
      reason: 'Typing error',
      subject: 'MEL-001',
      visit: 'M6',
    })
    expect(JSON.parse(last?.changes ?? '')).toEqual({ 'answers.NPRS_AVG': [{ value: 4 }, { value: 5 }] })
    expect(scores()[0]?.value).toBe(5)
  })

  it('saving what is stored writes no entry', () => {
    save(typeNprs('4', '6'))
    const before = entries().length
    expect(save(typeNprs('4', '6', { '~version': ['1'] }))).toMatchObject({ ok: true, value: { written: 0 } })
    expect(entries()).toHaveLength(before)
  })

  it('clearing an answer is a change', () => {
    save(typeNprs('4', '6'))
    const cleared = { nprs: { NPRS_AVG: ['4'], '~version': ['1'] } }
    expect(save(cleared)).toMatchObject({ error: { code: 'reasonRequired' } })
    expect(save({ ...cleared, reason: 'Typing error' }).ok).toBe(true)
    expect(forms()[0]?.answers).toEqual({ NPRS_AVG: { value: 4 } })
  })
})

describe('an answer that was chosen by a radio', () => {
  beforeEach(() => save(typeNprs('4', '6')))

  it('is replaced by the reason chosen beside it, as long as it is the stored value', () => {
    const declined = typeNprs('4', '6', { 'NPRS_AVG.missing': ['declined'], '~version': ['1'] })
    expect(save({ ...declined, reason: 'Source document corrected' }).ok).toBe(true)
    expect(forms()[0]?.answers.NPRS_AVG).toEqual({ missing: 'declined' })
  })

  it('contradicts a reason chosen beside it where it is new', () => {
    const both = typeNprs('5', '6', { 'NPRS_AVG.missing': ['declined'], '~version': ['1'] })
    expect(save(both)).toMatchObject({
      error: { code: 'invalidInput', fields: [{ field: 'nprs.NPRS_AVG' }] },
    })
  })

  it('is taken back by clearing it', () => {
    const cleared = typeNprs('4', '6', { 'NPRS_AVG.missing': ['clear'], '~version': ['1'] })
    expect(save({ ...cleared, reason: 'Typing error' }).ok).toBe(true)
    expect(forms()[0]?.answers).toEqual({ NPRS_WORST: { value: 6 } })
  })
})

describe('sent again', () => {
  it('the same submission is stored once', () => {
    const first = saveVisit(as(coordinator, 'key-1'), postVisit(typeNprs('4', '6')))
    const before = entries().length
    expect(saveVisit(as(coordinator, 'key-1'), postVisit(typeNprs('4', '6')))).toEqual(first)
    expect(entries()).toHaveLength(before)
  })

  it('a form that was voided meanwhile is not stored in its place', () => {
    save(typeNprs('4', '6'))
    const id = forms()[0]?.id
    if (!id) throw new Error('not stored')
    test.db.transaction(tx => voidRecord(tx, TEST_WRITER, 'assessments', id, 1, 'Wrong participant'), {
      behavior: 'immediate',
    })
    const refused = save(typeNprs('5', '6', { '~version': ['1'] }))
    expect(refused).toMatchObject({ error: { code: 'voided', reason: 'Wrong participant' } })
    expect(forms()).toEqual([])
    expect(
      findAssessment(test.db, { visitId: 1 as never, form: 'nprs', location: '', laterality: '', repeat: 1 }),
    ).toBeUndefined()
  })
})

describe('who may not', () => {
  it('a locked study refuses every save, one that changes nothing, too', () => {
    save(typeNprs('4', '6'))
    test.db.transaction(
      tx =>
        updateRecord(
          tx,
          TEST_WRITER,
          'studies',
          study.id,
          1,
          { lockedAt: TEST_NOW, lockReason: 'Final analysis' },
          'Final analysis',
        ),
      { behavior: 'immediate' },
    )
    expect(save(typeNprs('4', '6', { '~version': ['1'] }))).toMatchObject({
      error: { code: 'locked', reason: 'Final analysis' },
    })
  })

  it.each(['dataManager', 'investigator', 'monitor', 'statistician'] as const)(
    'the %s may not enter',
    role => {
      const user = seedUser(test.db, { role, study })
      expect(saveVisit(as(user), postVisit(typeNprs('4', '6')))).toMatchObject({
        error: { code: 'notAllowed' },
      })
      expect(forms()).toEqual([])
    },
  )

  it('a participant of a foreign site, an absent one and a foreign study answer alike', () => {
    seedTreated(test, study, 'SYD-001', 'SYD')
    const at = (fields: object) => saveVisit(as(coordinator), { ...postVisit(typeNprs('4', '6')), ...fields })
    const foreign = at({ number: 'SYD-001' })
    expect(foreign).toEqual({ ok: false, error: { code: 'notFound', what: 'The participant' } })
    expect(at({ number: 'MEL-999' })).toEqual(foreign)
    const stranger = seedUser(test.db, { role: 'administrator' })
    expect(saveVisit(as(stranger), postVisit(typeNprs('4', '6')))).toMatchObject({ ok: false })
    expect(forms()).toEqual([])
  })
})
