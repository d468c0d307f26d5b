import { insertRecord } from '@/db/write'
import { deriveScores } from '@/lib/domain/instruments/derive-scores'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Db } from '../client'
import { writeSchedule } from '../commands/schedule'
import { writeScores } from '../commands/scores'
import type { SeededStudy } from './factories'
import { TEST_WRITER } from './test-db'

/** One participant with an allocation, a dose, a visit and a form, all in the study's first site, and what follows. */
export function seedRecords(db: Db, study: SeededStudy, number = 'MEL-001') {
  const siteId = Object.values(study.sites)[0]
  if (!siteId) throw new Error('the study has no site')
  const day = '2026-01-15' as CalendarDate
  return db.transaction(
    tx => {
      const participant = insertRecord(tx, TEST_WRITER, 'participants', {
        studyId: study.id,
        siteId,
        number,
        origin: 'entered',
        outcome: 'enrolled',
        enrolledOn: day,
        eligibility: { I1: true },
      })
      const under = { participantId: participant.id }
      const allocation = insertRecord(tx, TEST_WRITER, 'allocations', { ...under, arm: 'ACTIVE' })
      const treatment = insertRecord(tx, TEST_WRITER, 'treatments', { ...under, plan: 'DOSE1', givenOn: day })
      const visit = insertRecord(tx, TEST_WRITER, 'visits', { ...under, code: 'M1', visitDate: day })
      const assessment = insertRecord(tx, TEST_WRITER, 'assessments', {
        visitId: visit.id,
        form: 'nprs',
        answers: { NPRS_AVG: { value: 6 }, NPRS_WORST: { value: 8 } },
        confirmations: {},
      })
      const { protocol } = study
      const protocolVersion = protocol.versions.at(-1)?.number ?? ''
      writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
      const derived = deriveScores(assessment.form, assessment.answers, null, protocol.settings)
      const of = { assessmentId: assessment.id, participantId: participant.id, visit: visit.code }
      writeScores(tx, of, derived)
      return { participant, allocation, treatment, visit, assessment }
    },
    { behavior: 'immediate' },
  )
}
