import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAssessments } from '@/db/queries/assessments'
import { findVisit } from '@/db/queries/visits'
import { contextFor, type SeededUser } from '@/db/testing/factories'
import type { TestDb } from '@/db/testing/test-db'
import { openVisitDesk, postVisit, typeNprs } from '@/db/testing/visit-desk'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import type { Ctx } from './context'
import { saveVisit } from './visits'

let test: TestDb
let coordinator: SeededUser
let participantId: ParticipantId
beforeEach(() => {
  ;({ test, coordinator, participantId } = openVisitDesk())
})
afterEach(() => test.remove())

function as(user: SeededUser, submissionKey?: string): Ctx {
  return contextFor(test.db, user, submissionKey === undefined ? {} : { submissionKey }) as Ctx
}
const forms = (visit = 'M6') =>
  listAssessments(test.db, findVisit(test.db, participantId, visit)?.id ?? (0 as never))
const save = (fields: Record<string, unknown>) => saveVisit(as(coordinator), postVisit(fields))

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
    const refused = save({ ...typeNprs('4', '6'), '~visit': { date: [date] } })
    expect(refused).toMatchObject({ error: { code: 'invalidInput', fields: [{ field: '~visit.date' }] } })
    expect(JSON.stringify(refused)).toContain(words)
  })

  it('soft: a contradiction is asked, and the confirmation is recorded', () => {
    const asked = save(typeNprs('5', '4'))
    expect(asked).toMatchObject({
      error: { code: 'unanswered', questions: [{ fields: ['nprs.NPRS_WORST', 'nprs.NPRS_AVG'] }] },
    })
    expect(forms()).toEqual([])
    const key = 'painOrder.NPRS_WORST.NPRS_AVG:NPRS_WORST=4,NPRS_AVG=5'
    expect(save({ ...typeNprs('5', '4'), '~confirm': { keys: [key] } }).ok).toBe(true)
    expect(forms()[0]?.confirmations).toEqual({ [key]: 'asMarked' })
    expect(save(typeNprs('5', '4', { '~version': ['1'] })).ok).toBe(true)
  })

  it('soft: a date out of the window is asked once for the whole page', () => {
    const early = { ...typeNprs('4', '6'), odi: { ODI_01: ['2'] }, '~visit': { date: ['20 Mar 2026'] } }
    const asked = save(early)
    expect(asked).toMatchObject({ error: { code: 'unanswered', questions: [{ fields: ['~visit.date'] }] } })
  })

  it('on the dosing day it must be said whether the assessment was before the treatment', () => {
    const onDose = { ...typeNprs('7', '8'), '~visit': { date: ['16 Oct 2025'] } }
    const at = (fields: Record<string, unknown>) => saveVisit(as(coordinator), postVisit(fields, 'BL'))
    expect(at(onDose)).toMatchObject({ error: { code: 'unanswered', questions: [{ code: 'dosingDay' }] } })
    expect(at({ ...onDose, '~visit': { date: ['16 Oct 2025'], before: ['yes'] } }).ok).toBe(true)
    expect(forms('BL')[0]?.beforeTreatment).toBe(true)
  })

  it('an answer stored after the page was drawn stays, and is asked again of who cleared it', () => {
    const at = (fields: Record<string, unknown>) => saveVisit(as(coordinator), postVisit(fields, 'BL'))
    at({ ...typeNprs('7', '8'), '~visit': { date: ['16 Oct 2025'], before: ['yes'] } })
    const later = { ...typeNprs('7', '8'), '~visit': { date: ['16 Oct 2025'], version: ['1'] } }
    expect(at(later)).toMatchObject({ ok: true, value: { written: 0 } })
    expect(at({ ...later, ...typeNprs('7', '8', { '~version': ['1'] }) })).toMatchObject({
      error: { code: 'unanswered', questions: [{ code: 'dosingDay' }] },
    })
    expect(forms('BL')[0]?.beforeTreatment).toBe(true)
  })

  it('a date that leaves the dosing day takes the answer with it', () => {
    const at = (fields: Record<string, unknown>) => saveVisit(as(coordinator), postVisit(fields, 'BL'))
    at({ ...typeNprs('7', '8'), '~visit': { date: ['16 Oct 2025'], before: ['yes'] } })
    const moved = {
      ...typeNprs('7', '8', { '~version': ['1'] }),
      '~visit': { date: ['2 Oct 2025'], version: ['1'] },
      reason: 'Typing error',
    }
    expect(at(moved).ok).toBe(true)
    expect(forms('BL')[0]).toMatchObject({ assessmentDate: '2025-10-02', beforeTreatment: null })
  })

  it('soft: free text of a study’s own form that seems to identify the participant is asked about', () => {
    const at = (fields: Record<string, unknown>) =>
      saveVisit(as(coordinator), postVisit({ '~visit': { date: ['2 Oct 2025'] }, ...fields }, 'BL'))
    const key = 'identifier:REMARKS=Brother of Mr Bloggs'
    const typed = { EXAM: { BMI: ['24.5'], REMARKS: ['Brother of Mr Bloggs'] } }
    expect(at(typed)).toMatchObject({
      error: { code: 'unanswered', questions: [{ fields: ['EXAM.REMARKS'], key }] },
    })
    expect(at({ ...typed, '~confirm': { keys: [key] } }).ok).toBe(true)
    expect(forms('BL')[0]?.confirmations).toEqual({ [key]: 'asMarked' })
  })

  it('soft: so is the reason of a change', () => {
    save(typeNprs('4', '6'))
    const change = { ...typeNprs('5', '6', { '~version': ['1'] }), reasonText: 'Called on 03 9123 4567' }
    const asked = save(change)
    if (asked.ok || asked.error.code !== 'unanswered') throw new Error('it was not asked about')
    const keys = asked.error.questions.map(question => question.code)
    expect(save({ ...change, '~confirm': { keys } }).ok).toBe(true)
    expect(findVisit(test.db, participantId, 'M6')?.confirmations).toEqual({
      'identifier:reasonText': 'asMarked',
    })
  })
})
