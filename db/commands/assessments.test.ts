import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { scores } from '@/db/schema/visits'
import { seedStudy } from '@/db/testing/factories'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { insertRecord, replaceDerived } from '@/db/write'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { ParticipantId, VisitId } from '@/lib/domain/shared/ids'
import { saveAssessment } from './assessments'

let test: TestDb
let participantId: ParticipantId
let visitId: VisitId

beforeEach(() => {
  test = createTestDb()
  const study = seedStudy(test.db)
  const siteId = study.sites.MEL
  if (!siteId) throw new Error('no site')
  test.db.transaction(tx => {
    const person = {
      studyId: study.id,
      siteId,
      number: 'MEL-001',
      origin: 'entered',
      outcome: 'enrolled',
    } as const
    participantId = insertRecord(tx, TEST_WRITER, 'participants', { ...person, eligibility: {} }).id
    visitId = insertRecord(tx, TEST_WRITER, 'visits', { participantId, code: 'M1' }).id
  })
})
afterEach(() => test.remove())

function save(answers: Answers, expectedVersion: number | null, reason: string | null) {
  const value = answers.NPRS_AVG && 'value' in answers.NPRS_AVG ? Number(answers.NPRS_AVG.value) : 0
  const score = { kind: 'score', value } as const
  return test.db.transaction(tx =>
    saveAssessment(tx, TEST_WRITER, {
      ...{ visitId, participantId, visit: 'M1', form: 'nprs', location: '', laterality: '', repeat: 1 },
      ...{ assessmentDate: null, beforeTreatment: null, mode: null, source: null, entryKind: 'items' },
      ...{ notDoneReason: null, answers, confirmations: {}, expectedVersion, reason },
      scores: [{ parameter: 'NPRS_AVG', score, ruleVersion: 'now' }],
    }),
  )
}

const ruleVersions = () =>
  test.db
    .select()
    .from(scores)
    .all()
    .map(row => row.ruleVersion)

it('scores follow a changed answer, and are left alone where nothing changed', () => {
  const { id } = save({ NPRS_AVG: { value: 4 } }, null, null)
  const earlier = { assessmentId: id, participantId, visit: 'M1', parameter: 'NPRS_AVG', value: 4 }
  test.db.transaction(tx =>
    replaceDerived(tx, 'scores', eq(scores.assessmentId, id), [{ ...earlier, ruleVersion: 'earlier' }]),
  )
  save({ NPRS_AVG: { value: 4 } }, 1, null)
  expect(ruleVersions()).toEqual(['earlier'])
  save({ NPRS_AVG: { value: 5 } }, 1, 'Typing error')
  expect(ruleVersions()).toEqual(['now'])
})
