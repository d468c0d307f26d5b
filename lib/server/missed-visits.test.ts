import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { loadCohort } from '@/db/queries/outcomes'
import { findVisit } from '@/db/queries/visits'
import { contextFor, type SeededStudy, type SeededUser } from '@/db/testing/factories'
import type { TestDb } from '@/db/testing/test-db'
import { openVisitDesk, postVisit, typeNprs } from '@/db/testing/visit-desk'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { MissedVisit, TakeBackMissed } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { saveLogEntry } from './logs'
import { declareVisitMissed, undoVisitMissed } from './missed-visits'
import { saveVisit } from './visits'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let participantId: ParticipantId
beforeEach(() => {
  ;({ test, study, coordinator, participantId } = openVisitDesk())
})
afterEach(() => test.remove())

/** What the departure asks is confirmed. */
function leave(date: string) {
  const answers = { KIND: ['followUp'], DATE: [date] }
  const post = (confirm: readonly string[]) =>
    saveLogEntry(
      as(coordinator),
      SaveLogEntry.parse({
        study: 'SMALL',
        number: 'MEL-001',
        log: 'departures',
        entry: 'new',
        answers,
        confirm,
      }),
    )
  const first = post([])
  const asked = !first.ok && first.error.code === 'unanswered' ? first.error.questions : []
  expect(asked.length === 0 ? first.ok : post(asked.map(({ code }) => code)).ok).toBe(true)
}

const OPEN = { participantArms: true, resultsByArm: true, armsNamed: true }
function as(user: SeededUser, submissionKey?: string): Ctx {
  return contextFor(test.db, user, submissionKey === undefined ? {} : { submissionKey }) as Ctx
}

describe('a visit that will not take place', () => {
  const missed = (fields = {}) =>
    MissedVisit.parse({ study: 'SMALL', number: 'MEL-001', visit: 'M1', missedReason: 'unknown', ...fields })
  const takeBack = (fields = {}) =>
    TakeBackMissed.parse({ study: 'SMALL', number: 'MEL-001', visit: 'M1', version: '1', ...fields })
  const late = { ...typeNprs('4', '6'), '~visit': { date: ['16 Nov 2025'], version: ['1'] } }
  const enterLate = (fields = {}) => saveVisit(as(coordinator), postVisit({ ...late, ...fields }, 'M1'))
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
    const { missedVisits } = loadCohort(test.db, { studyId: study.id, protocol: study.protocol, view: OPEN })
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

  it('is refused before it opens, and where it would have opened after follow-up ended', () => {
    const text = (visit: string) => {
      const declared = declareVisitMissed(as(coordinator), missed({ visit }))
      return declared.ok || declared.error.code !== 'notPossible' ? null : declared.error.text
    }
    expect(text('M12')).toMatch(/^Not saved\. 12 months opens on \d+ \w+ 2026, so it is not missed yet\./)
    leave('1 Feb 2026')
    expect(text('M6')).toMatch(
      /^Not saved\. Follow-up ended on 1 Feb 2026, before 6 months would have opened on \d+ \w+ 2026/,
    )
    expect(text('M1')).toBeNull()
    expect(stored()).toMatchObject({ missedReason: 'unknown' })
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
