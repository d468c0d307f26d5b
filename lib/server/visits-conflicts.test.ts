import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { listAssessments } from '@/db/queries/assessments'
import { findVisit } from '@/db/queries/visits'
import { contextFor, type SeededStudy, type SeededUser, seedUser } from '@/db/testing/factories'
import { TEST_NOW, type TestDb } from '@/db/testing/test-db'
import { openVisitDesk, postVisit, typeNprs } from '@/db/testing/visit-desk'
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
const forms = (visit = 'M6') =>
  listAssessments(test.db, findVisit(test.db, participantId, visit)?.id ?? (0 as never))
const save = (fields: Record<string, unknown>) => saveVisit(as(coordinator), postVisit(fields))

describe('two people on one visit', () => {
  beforeEach(() => {
    save(typeNprs('4', '6'))
    const other = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Coordinator 2' })
    saveVisit(as(other), postVisit({ ...typeNprs('5', '6', { '~version': ['1'] }), reason: 'Typing error' }))
  })

  it('the stale save is refused with both values, who and when', () => {
    expect(save(typeNprs('3', '6', { '~version': ['1'] }))).toEqual({
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
    expect(save(typeNprs('3', '6'))).toMatchObject({ error: { code: 'conflict' } })
  })

  it('the chosen values are stored with a reason, field by field', () => {
    const again = {
      ...typeNprs('3', '7', { '~version': ['1'] }),
      '~over': { nprs: ['2'] },
      '~pick': { 'nprs.NPRS_AVG': ['stored'], 'nprs.NPRS_WORST': ['yours'] },
    }
    expect(save(again)).toMatchObject({ error: { code: 'reasonRequired' } })
    expect(save({ ...again, reason: 'Typing error' }).ok).toBe(true)
    expect(forms()[0]?.answers).toEqual({ NPRS_AVG: { value: 5 }, NPRS_WORST: { value: 7 } })
  })

  it('what only one of the two changed is no conflict: theirs stays, mine is stored', () => {
    const mine = { ...typeNprs('4', '7', { '~version': ['1'] }), reason: 'Source document corrected' }
    expect(save(mine).ok).toBe(true)
    expect(forms()[0]?.answers).toEqual({ NPRS_AVG: { value: 5 }, NPRS_WORST: { value: 7 } })
  })

  it('a field that only I changed is not asked about beside one that both changed, and is stored with it', () => {
    const mine = { ...typeNprs('3', '7', { '~version': ['1'] }), reason: 'Source document corrected' }
    expect(save(mine)).toMatchObject({
      error: { code: 'conflict', fields: [{ field: 'nprs.NPRS_AVG', yours: '3', stored: '5' }] },
    })
    const chosen = { '~over': { nprs: ['2'] }, '~pick': { 'nprs.NPRS_AVG': ['yours'] } }
    expect(save({ ...mine, ...chosen }).ok).toBe(true)
    expect(forms()[0]?.answers).toEqual({ NPRS_AVG: { value: 3 }, NPRS_WORST: { value: 7 } })
  })

  it('a page that changes nothing of its own stores nothing over the other person’s value', () => {
    expect(save(typeNprs('4', '6', { '~version': ['1'] }))).toMatchObject({ ok: true, value: { written: 0 } })
    expect(forms()[0]?.answers.NPRS_AVG).toEqual({ value: 5 })
  })

  it('a field for which no value was chosen is asked again', () => {
    const again = {
      ...typeNprs('3', '7', { '~version': ['1'] }),
      '~over': { nprs: ['2'] },
      reason: 'Typing error',
    }
    expect(save({ ...again, '~pick': { 'nprs.NPRS_WORST': ['yours'] } })).toMatchObject({
      error: { code: 'conflict' },
    })
  })
})
