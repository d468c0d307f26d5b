import { insertRecord } from '@/db/write'
import { deriveScores } from '@/lib/domain/instruments/derive-scores'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Db } from '../client'
import { writeSchedule } from '../commands/schedule'
import { writeScores } from '../commands/scores'
import type { SeededStudy } from './factories'
import { TEST_NOW, TEST_WRITER } from './test-db'

/** One participant with one record of every kind, all in the study's first site, and what follows. */
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
      const answers = { TERM: { value: 'Pain flare' } }
      const logged = { ...under, log: 'adverseEvents', answers, confirmations: {} }
      const logEntry = insertRecord(tx, TEST_WRITER, 'log_entries', logged)
      const told = { entryId: logEntry.id, kind: 'initial' as const, awareAt: '2026-01-20T09:00:00.000Z' }
      const report = insertRecord(tx, TEST_WRITER, 'event_reports', told)
      const email = `${study.code}-${number}@example.org`.toLowerCase()
      const { id: user } = insertRecord(tx, TEST_WRITER, 'users', { name: 'A second person', email })
      const again = { visitId: visit.id, form: 'nprs', answers: { NPRS_AVG: { value: 6 } }, enteredBy: user }
      const secondEntry = insertRecord(tx, TEST_WRITER, 'second_entries', again)
      const decided = { criterion: 'E2', reason: 'Resolved', decidedBy: user, decidedOn: day }
      const override = insertRecord(tx, TEST_WRITER, 'eligibility_overrides', { ...under, ...decided })
      const approved = { siteId, version: `1.0-${number}`, approvedOn: day }
      const approval = insertRecord(tx, TEST_WRITER, 'site_approvals', approved)
      const opened = { level: 'armsMasked', audience: 'statistician', reason: 'Interim analysis' } as const
      const released = { studyId: study.id, ...opened, releasedAt: TEST_NOW }
      const release = insertRecord(tx, TEST_WRITER, 'result_releases', released)
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
      return {
        participant,
        allocation,
        treatment,
        visit,
        assessment,
        logEntry,
        report,
        secondEntry,
        override,
        approval,
        release,
        user,
      }
    },
    { behavior: 'immediate' },
  )
}
