import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import { addTreatment } from '@/db/commands/treatments'
import { findAssessment, listAssessments } from '@/db/queries/assessments'
import { loadCohort } from '@/db/queries/outcomes'
import { listScores } from '@/db/queries/participant-scores'
import { findVisit } from '@/db/queries/visits'
import { auditEntries } from '@/db/schema/audit'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_NOW, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { updateRecord, voidRecord } from '@/db/write'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { MissedVisit, SaveVisit, TakeBackMissed } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { declareVisitMissed, undoVisitMissed } from './missed-visits'
import { saveVisit } from './visits'

const PROTOCOL: Protocol = {
  ...SMALL_PROTOCOL,
  settings: { ...SMALL_PROTOCOL.settings, odi: { maxMissingSections: 1, allowTotalOnly: true } },
  forms: SMALL_PROTOCOL.forms.map(form => ({
    ...form,
    fields: [...form.fields, { code: 'REMARKS', label: 'Remarks', type: 'text' }],
  })),
}
const day = (text: string) => text as CalendarDate
const OPEN = { participantArms: true, resultsByArm: true }

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let participantId: ParticipantId

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, PROTOCOL)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Coordinator 1' })
  participantId = seedParticipant('MEL-001', 'MEL')
})
afterEach(() => test.remove())

function seedParticipant(number: string, site: string): ParticipantId {
  return test.db.transaction(
    tx => {
      const siteId = study.sites[site]
      if (!siteId) throw new Error(site)
      const { id } = addParticipant(tx, TEST_WRITER, {
        studyId: study.id,
        siteId,
        number,
        origin: 'entered',
        outcome: 'enrolled',
        consentDate: day('2025-09-01'),
        eligibility: {},
      })
      addTreatment(tx, TEST_WRITER, { participantId: id, plan: 'DOSE1', givenOn: day('2025-10-16') })
      writeSchedule(tx, { participantId: id, protocol: PROTOCOL, protocolVersion: '1.0' })
      return id
    },
    { behavior: 'immediate' },
  )
}

function as(user: SeededUser, submissionKey?: string): Ctx {
  return contextFor(test.db, user, submissionKey === undefined ? {} : { submissionKey }) as Ctx
}

/** A posting as `readForm` gives it: month 6, on its target day 16 April 2026, unless it says otherwise. */
function post(fields: Record<string, unknown>, visit = 'M6') {
  return SaveVisit.parse({
    study: 'SMALL',
    number: 'MEL-001',
    visit,
    '~visit': { date: ['16 Apr 2026'] },
    ...fields,
  })
}

const nprs = (average: string, worst: string, rest = {}) => ({
  nprs: { NPRS_AVG: [average], NPRS_WORST: [worst], ...rest },
})
const entries = () => test.db.select().from(auditEntries).where(eq(auditEntries.chain, 'study/SMALL')).all()
const forms = (visit = 'M6') =>
  listAssessments(test.db, findVisit(test.db, participantId, visit)?.id ?? (0 as never))
const scores = () => listScores(test.db, [participantId], ['NPRS_AVG', 'NPRS_WORST', 'ODI'])
const save = (fields: Record<string, unknown>) => saveVisit(as(coordinator), post(fields))

describe('a visit is saved whole', () => {
  it('the first entry needs no reason and stores visit, form and scores', () => {
    expect(save(nprs('4', '6'))).toEqual({ ok: true, value: { number: 'MEL-001', visit: 'M6', written: 1 } })
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
    save({ ...nprs('4', '6'), odi: { '~mode': [''] } })
    expect(forms().map(form => form.form)).toEqual(['nprs'])
  })

  it('each form may have an assessment date of its own', () => {
    save({ ...nprs('4', '6', { '~date': ['14 Apr 2026'] }), odi: { ODI_01: ['2'] } })
    expect(forms().map(form => [form.form, form.assessmentDate])).toEqual([
      ['nprs', '2026-04-14'],
      ['odi', '2026-04-16'],
    ])
  })

  it('a form of the study itself takes the same road', () => {
    const done = saveVisit(
      as(coordinator),
      post({ '~visit': { date: ['2 Oct 2025'] }, EXAM: { BMI: ['24.5'], SMOKER: ['no'] } }, 'BL'),
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
    save(nprs('4', '6'))
    const before = entries().length
    const refused = save(nprs('5', '6', { '~version': ['1'] }))
    expect(refused).toMatchObject({ ok: false, error: { code: 'reasonRequired' } })
    expect(entries()).toHaveLength(before)
    const saved = save({ ...nprs('5', '6', { '~version': ['1'] }), reason: 'Typing error' })
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
    save(nprs('4', '6'))
    const before = entries().length
    expect(save(nprs('4', '6', { '~version': ['1'] }))).toMatchObject({ ok: true, value: { written: 0 } })
    expect(entries()).toHaveLength(before)
  })

  it('clearing an answer is a change', () => {
    save(nprs('4', '6'))
    const cleared = { nprs: { NPRS_AVG: ['4'], '~version': ['1'] } }
    expect(save(cleared)).toMatchObject({ error: { code: 'reasonRequired' } })
    expect(save({ ...cleared, reason: 'Typing error' }).ok).toBe(true)
    expect(forms()[0]?.answers).toEqual({ NPRS_AVG: { value: 4 } })
  })
})

describe('two people on one visit', () => {
  beforeEach(() => {
    save(nprs('4', '6'))
    const other = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Coordinator 2' })
    saveVisit(as(other), post({ ...nprs('5', '6', { '~version': ['1'] }), reason: 'Typing error' }))
  })

  it('the stale save is refused with both values, who and when', () => {
    expect(save(nprs('3', '6', { '~version': ['1'] }))).toEqual({
      ok: false,
      error: {
        code: 'conflict',
        fields: [
          {
            field: 'nprs.NPRS_AVG',
            label: 'Numeric pain rating scale (NPRS): Average pain',
            yours: '3',
            stored: '5',
          },
        ],
        storedVersion: 2,
        storedVersions: { nprs: 2 },
        changedBy: 'Coordinator 2',
        changedAt: TEST_NOW,
      },
    })
    expect(forms()[0]?.answers.NPRS_AVG).toEqual({ value: 5 })
  })

  it('a first entry where a value was stored meanwhile is a conflict, too', () => {
    expect(save(nprs('3', '6'))).toMatchObject({ error: { code: 'conflict' } })
  })

  it('the chosen values are stored with a reason, field by field', () => {
    const again = {
      ...nprs('3', '7', { '~version': ['1'] }),
      '~over': { nprs: ['2'] },
      '~pick': { 'nprs.NPRS_AVG': ['stored'], 'nprs.NPRS_WORST': ['yours'] },
    }
    expect(save(again)).toMatchObject({ error: { code: 'reasonRequired' } })
    expect(save({ ...again, reason: 'Typing error' }).ok).toBe(true)
    expect(forms()[0]?.answers).toEqual({ NPRS_AVG: { value: 5 }, NPRS_WORST: { value: 7 } })
  })

  it('what only the other person changed stays, and is not asked: mine was merely shown', () => {
    const mine = { ...nprs('4', '7', { '~version': ['1'] }), reason: 'Source document corrected' }
    expect(save(mine)).toMatchObject({
      error: { code: 'conflict', fields: [{ field: 'nprs.NPRS_WORST', yours: '7', stored: '6' }] },
    })
    const chosen = { '~over': { nprs: ['2'] }, '~pick': { 'nprs.NPRS_WORST': ['yours'] } }
    expect(save({ ...mine, ...chosen }).ok).toBe(true)
    expect(forms()[0]?.answers).toEqual({ NPRS_AVG: { value: 5 }, NPRS_WORST: { value: 7 } })
  })

  it('a page that changes nothing of its own stores nothing over the other person’s value', () => {
    expect(save(nprs('4', '6', { '~version': ['1'] }))).toMatchObject({ ok: true, value: { written: 0 } })
    expect(forms()[0]?.answers.NPRS_AVG).toEqual({ value: 5 })
  })

  it('a field for which no value was chosen is asked again', () => {
    const again = {
      ...nprs('3', '7', { '~version': ['1'] }),
      '~over': { nprs: ['2'] },
      reason: 'Typing error',
    }
    expect(save({ ...again, '~pick': { 'nprs.NPRS_AVG': ['yours'] } })).toMatchObject({
      error: { code: 'conflict' },
    })
  })
})

describe('checks', () => {
  it('hard: every wrong field is named and nothing is stored', () => {
    const refused = save({ nprs: { NPRS_AVG: ['11'], NPRS_WORST: ['x'] }, odi: { ODI_01: ['2'] } })
    expect(refused).toMatchObject({ error: { code: 'invalidInput' } })
    const fields = !refused.ok && refused.error.code === 'invalidInput' ? refused.error.fields : []
    expect(fields.map(error => error.field)).toEqual(['nprs.NPRS_AVG', 'nprs.NPRS_WORST'])
    expect(findVisit(test.db, participantId, 'M6')).toBeUndefined()
  })

  it.each([
    ['17 Apr 2026', 'after today at the site'],
    ['31 Aug 2025', 'before consent'],
    ['31 Feb 2026', 'not a day'],
    ['04/05/2026', 'day and month could be exchanged'],
    ['', 'Enter the date'],
  ])('hard: the visit date %j is refused', (date, words) => {
    const refused = save({ ...nprs('4', '6'), '~visit': { date: [date] } })
    expect(refused).toMatchObject({ error: { code: 'invalidInput', fields: [{ field: '~visit.date' }] } })
    expect(JSON.stringify(refused)).toContain(words)
  })

  it('soft: a contradiction is asked, and the confirmation is recorded', () => {
    const asked = save(nprs('5', '4'))
    expect(asked).toMatchObject({
      error: { code: 'unanswered', questions: [{ fields: ['nprs.NPRS_WORST', 'nprs.NPRS_AVG'] }] },
    })
    expect(forms()).toEqual([])
    const key = 'painOrder.NPRS_WORST.NPRS_AVG:NPRS_WORST=4,NPRS_AVG=5'
    expect(save({ ...nprs('5', '4'), '~confirm': { keys: [key] } }).ok).toBe(true)
    expect(forms()[0]?.confirmations).toEqual({ [key]: 'asMarked' })
    expect(save(nprs('5', '4', { '~version': ['1'] })).ok).toBe(true)
  })

  it('soft: a date out of the window is asked once for the whole page', () => {
    const early = { ...nprs('4', '6'), odi: { ODI_01: ['2'] }, '~visit': { date: ['20 Mar 2026'] } }
    const asked = save(early)
    expect(asked).toMatchObject({ error: { code: 'unanswered', questions: [{ fields: ['~visit.date'] }] } })
  })

  it('on the dosing day it must be said whether the assessment was before the treatment', () => {
    const onDose = { ...nprs('7', '8'), '~visit': { date: ['16 Oct 2025'] } }
    const at = (fields: Record<string, unknown>) => saveVisit(as(coordinator), post(fields, 'BL'))
    expect(at(onDose)).toMatchObject({ error: { code: 'unanswered', questions: [{ code: 'dosingDay' }] } })
    expect(at({ ...onDose, '~visit': { date: ['16 Oct 2025'], before: ['yes'] } }).ok).toBe(true)
    expect(forms('BL')[0]?.beforeTreatment).toBe(true)
  })

  it('an answer stored after the page was drawn stays, and is asked again of who cleared it', () => {
    const at = (fields: Record<string, unknown>) => saveVisit(as(coordinator), post(fields, 'BL'))
    at({ ...nprs('7', '8'), '~visit': { date: ['16 Oct 2025'], before: ['yes'] } })
    const later = { ...nprs('7', '8'), '~visit': { date: ['16 Oct 2025'], version: ['1'] } }
    expect(at(later)).toMatchObject({ ok: true, value: { written: 0 } })
    expect(at({ ...later, ...nprs('7', '8', { '~version': ['1'] }) })).toMatchObject({
      error: { code: 'unanswered', questions: [{ code: 'dosingDay' }] },
    })
    expect(forms('BL')[0]?.beforeTreatment).toBe(true)
  })

  it('a date that leaves the dosing day takes the answer with it', () => {
    const at = (fields: Record<string, unknown>) => saveVisit(as(coordinator), post(fields, 'BL'))
    at({ ...nprs('7', '8'), '~visit': { date: ['16 Oct 2025'], before: ['yes'] } })
    const moved = {
      ...nprs('7', '8', { '~version': ['1'] }),
      '~visit': { date: ['2 Oct 2025'], version: ['1'] },
      reason: 'Typing error',
    }
    expect(at(moved).ok).toBe(true)
    expect(forms('BL')[0]).toMatchObject({ assessmentDate: '2025-10-02', beforeTreatment: null })
  })

  it('soft: free text of a study’s own form that seems to identify the participant is asked about', () => {
    const at = (fields: Record<string, unknown>) =>
      saveVisit(as(coordinator), post({ '~visit': { date: ['2 Oct 2025'] }, ...fields }, 'BL'))
    const key = 'identifier:REMARKS=Brother of Mr Bloggs'
    const typed = { EXAM: { BMI: ['24.5'], REMARKS: ['Brother of Mr Bloggs'] } }
    expect(at(typed)).toMatchObject({
      error: { code: 'unanswered', questions: [{ fields: ['EXAM.REMARKS'], key }] },
    })
    expect(at({ ...typed, '~confirm': { keys: [key] } }).ok).toBe(true)
    expect(forms('BL')[0]?.confirmations).toEqual({ [key]: 'asMarked' })
  })

  it('soft: so is the reason of a change', () => {
    save(nprs('4', '6'))
    const change = { ...nprs('5', '6', { '~version': ['1'] }), reasonText: 'Called on 03 9123 4567' }
    const asked = save(change)
    if (asked.ok || asked.error.code !== 'unanswered') throw new Error('it was not asked about')
    const keys = asked.error.questions.map(question => question.code)
    expect(save({ ...change, '~confirm': { keys } }).ok).toBe(true)
    expect(findVisit(test.db, participantId, 'M6')?.confirmations).toEqual({
      'identifier:reasonText': 'asMarked',
    })
  })
})

describe('sent again', () => {
  it('the same submission is stored once', () => {
    const first = saveVisit(as(coordinator, 'key-1'), post(nprs('4', '6')))
    const before = entries().length
    expect(saveVisit(as(coordinator, 'key-1'), post(nprs('4', '6')))).toEqual(first)
    expect(entries()).toHaveLength(before)
  })

  it('a form that was voided meanwhile is not stored in its place', () => {
    save(nprs('4', '6'))
    const id = forms()[0]?.id
    if (!id) throw new Error('not stored')
    test.db.transaction(tx => voidRecord(tx, TEST_WRITER, 'assessments', id, 1, 'Wrong participant'), {
      behavior: 'immediate',
    })
    const refused = save(nprs('5', '6', { '~version': ['1'] }))
    expect(refused).toMatchObject({ error: { code: 'voided', reason: 'Wrong participant' } })
    expect(forms()).toEqual([])
    expect(
      findAssessment(test.db, { visitId: 1 as never, form: 'nprs', location: '', laterality: '', repeat: 1 }),
    ).toBeUndefined()
  })
})

describe('a visit that will not take place', () => {
  const missed = (fields = {}) =>
    MissedVisit.parse({ study: 'SMALL', number: 'MEL-001', visit: 'M1', missedReason: 'unknown', ...fields })
  const takeBack = (fields = {}) =>
    TakeBackMissed.parse({ study: 'SMALL', number: 'MEL-001', visit: 'M1', version: '1', ...fields })
  const late = { ...nprs('4', '6'), '~visit': { date: ['16 Nov 2025'], version: ['1'] } }
  const enterLate = (fields = {}) => saveVisit(as(coordinator), post({ ...late, ...fields }, 'M1'))
  const stored = () => findVisit(test.db, participantId, 'M1')

  it('is declared with a reason of the list and a note, and taken back with a reason', () => {
    expect(declareVisitMissed(as(coordinator), missed({ note: 'Moved abroad' })).ok).toBe(true)
    expect(stored()).toMatchObject({ missedReason: 'unknown', missedNote: 'Moved abroad' })
    expect(undoVisitMissed(as(coordinator), takeBack({ reason: 'Typing error' })).ok).toBe(true)
    expect(stored()).toMatchObject({ missedReason: null, missedNote: null })
  })

  it('is counted and exported by the code alone: no text takes its place', () => {
    const text = { study: 'SMALL', number: 'MEL-001', visit: 'M1', missedReason: 'No contact, Jo Bloggs' }
    expect(MissedVisit.safeParse(text).success).toBe(false)
    declareVisitMissed(as(coordinator), missed({ note: 'No contact' }))
    const { missedVisits } = loadCohort(test.db, { studyId: study.id, protocol: PROTOCOL, view: OPEN })
    expect(missedVisits).toEqual([{ participant: participantId, visit: 'M1', reason: 'unknown' }])
  })

  it('a note that seems to identify the participant is asked about, and the confirmation is recorded', () => {
    const asked = declareVisitMissed(as(coordinator), missed({ note: 'Call Mr Bloggs' }))
    if (asked.ok || asked.error.code !== 'unanswered') throw new Error('it was not asked about')
    expect(stored()).toBeUndefined()
    const confirm = asked.error.questions.map(question => question.code)
    expect(declareVisitMissed(as(coordinator), missed({ note: 'Call Mr Bloggs', confirm })).ok).toBe(true)
    expect(stored()?.confirmations).toEqual({ 'identifier:note': 'asMarked' })
  })

  it('needs a reason, declared or taken back', () => {
    const visit = { study: 'SMALL', number: 'MEL-001', visit: 'M1' }
    expect(MissedVisit.safeParse(visit).success).toBe(false)
    expect(TakeBackMissed.safeParse({ ...visit, reason: ' ' }).success).toBe(false)
  })

  it('is refused once something was entered', () => {
    enterLate({ '~visit': { date: ['16 Nov 2025'] } })
    expect(declareVisitMissed(as(coordinator), missed({ version: '1' }))).toMatchObject({
      error: { code: 'notPossible' },
    })
  })

  it('is taken back by answers, with a reason, by who saw that it was declared missed', () => {
    declareVisitMissed(as(coordinator), missed())
    expect(enterLate()).toMatchObject({ error: { code: 'reasonRequired' } })
    expect(enterLate({ reason: 'Value found later in the source' }).ok).toBe(true)
    expect(stored()).toMatchObject({ missedReason: null, visitDate: '2025-11-16' })
  })

  it('declared by somebody else meanwhile is shown to who enters answers, and stays unless they choose', () => {
    declareVisitMissed(as(coordinator), missed({ note: 'Moved abroad' }))
    const page = { '~visit': { date: ['16 Nov 2025'] }, reason: 'Value found later in the source' }
    expect(enterLate(page)).toMatchObject({
      error: {
        code: 'conflict',
        fields: [
          {
            field: '~visit.missed',
            yours: 'Took place',
            stored: 'Missed: Could not be reached: Moved abroad',
          },
        ],
        storedVersions: { '~visit': 1 },
      },
    })
    expect(stored()?.missedReason).toBe('unknown')
    const again = { ...page, '~over': { '~visit': ['1'] } }
    expect(enterLate(again)).toMatchObject({ error: { code: 'conflict' } })
    expect(enterLate({ ...again, '~pick': { '~visit.missed': ['stored'] } })).toMatchObject({
      error: { code: 'notPossible' },
    })
    expect(enterLate({ ...again, '~pick': { '~visit.missed': ['yours'] } }).ok).toBe(true)
    expect(stored()?.missedReason).toBeNull()
  })

  it('of a page that was open before the declaration with a date is shown, too', () => {
    enterLate({ nprs: { '~notDone': ['notDone'] }, '~visit': { date: ['16 Nov 2025'] } })
    declareVisitMissed(as(coordinator), missed({ version: '1' }))
    const odd = { nprs: { '~notDone': ['declined'], '~version': ['1'] }, reason: 'Typing error' }
    expect(enterLate(odd)).toMatchObject({
      error: { code: 'conflict', fields: [{ field: '~visit.missed' }] },
    })
  })
})

describe('who may not', () => {
  it('a locked study refuses every save, one that changes nothing, too', () => {
    save(nprs('4', '6'))
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
    expect(save(nprs('4', '6', { '~version': ['1'] }))).toMatchObject({
      error: { code: 'locked', reason: 'Final analysis' },
    })
  })

  it.each(['dataManager', 'investigator', 'monitor', 'statistician'] as const)(
    'the %s may not enter',
    role => {
      const user = seedUser(test.db, { role, study })
      expect(saveVisit(as(user), post(nprs('4', '6')))).toMatchObject({ error: { code: 'notAllowed' } })
      expect(forms()).toEqual([])
    },
  )

  it('a participant of a foreign site, an absent one and a foreign study answer alike', () => {
    seedParticipant('SYD-001', 'SYD')
    const at = (fields: object) => saveVisit(as(coordinator), { ...post(nprs('4', '6')), ...fields })
    const foreign = at({ number: 'SYD-001' })
    expect(foreign).toEqual({ ok: false, error: { code: 'notFound', what: 'The participant' } })
    expect(at({ number: 'MEL-999' })).toEqual(foreign)
    const stranger = seedUser(test.db, { role: 'administrator' })
    expect(saveVisit(as(stranger), post(nprs('4', '6')))).toMatchObject({ ok: false })
    expect(forms()).toEqual([])
  })
})

describe('an answer that was chosen by a radio', () => {
  beforeEach(() => save(nprs('4', '6')))

  it('is replaced by the reason chosen beside it, as long as it is the stored value', () => {
    const declined = nprs('4', '6', { 'NPRS_AVG.missing': ['declined'], '~version': ['1'] })
    expect(save({ ...declined, reason: 'Source document corrected' }).ok).toBe(true)
    expect(forms()[0]?.answers.NPRS_AVG).toEqual({ missing: 'declined' })
  })

  it('contradicts a reason chosen beside it where it is new', () => {
    const both = nprs('5', '6', { 'NPRS_AVG.missing': ['declined'], '~version': ['1'] })
    expect(save(both)).toMatchObject({
      error: { code: 'invalidInput', fields: [{ field: 'nprs.NPRS_AVG' }] },
    })
  })

  it('is taken back by clearing it', () => {
    const cleared = nprs('4', '6', { 'NPRS_AVG.missing': ['clear'], '~version': ['1'] })
    expect(save({ ...cleared, reason: 'Typing error' }).ok).toBe(true)
    expect(forms()[0]?.answers).toEqual({ NPRS_WORST: { value: 6 } })
  })
})
