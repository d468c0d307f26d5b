import { insertRecord } from '@/db/write'
import { deriveScores } from '@/lib/domain/instruments/derive-scores'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import type { Db } from '../client'
import { writeSchedule } from '../commands/schedule'
import { writeScores } from '../commands/scores'
import type { SeededStudy } from './factories'
import { TEST_WRITER } from './test-db'

interface Person {
  readonly number: string
  readonly site: string
  readonly consentDate?: string
  /** Day of the first dose; null: none. */
  readonly dosedOn?: string | null
}

/** An enrolled participant; consent 1 Sep 2025 and first dose 16 Oct 2025 unless it says otherwise. */
export function seedEnrolled(db: Db, study: SeededStudy, person: Person): ParticipantId {
  const { number, site, consentDate = '2025-09-01', dosedOn = '2025-10-16' } = person
  const siteId = study.sites[site]
  if (!siteId) throw new Error(`the study has no site ${site}`)
  return db.transaction(
    tx => {
      const day = consentDate as CalendarDate
      const { id } = insertRecord(tx, TEST_WRITER, 'participants', {
        ...{ studyId: study.id, siteId, number, origin: 'entered', outcome: 'enrolled' },
        ...{ consentVersion: '1.0', consentDate: day, screenedOn: day, enrolledOn: day },
        ...{ ageAtConsent: 47, sex: 'female', eligibility: { I1: true, I2: true, E1: false } },
      })
      if (dosedOn !== null) {
        const dose = { participantId: id, plan: 'DOSE1', givenOn: dosedOn as CalendarDate }
        insertRecord(tx, TEST_WRITER, 'treatments', dose)
      }
      keepSchedule(tx, study, id)
      return id
    },
    { behavior: 'immediate' },
  )
}

interface Visit {
  readonly code: string
  readonly date: string
  /** Code of the form → its answers. */
  readonly forms: Readonly<Record<string, Answers>>
}

/** A visit with its forms and what follows from them. */
export function seedVisit(db: Db, study: SeededStudy, participantId: ParticipantId, visit: Visit) {
  const visitDate = visit.date as CalendarDate
  return db.transaction(
    tx => {
      const { code } = visit
      const row = insertRecord(tx, TEST_WRITER, 'visits', { participantId, code, visitDate })
      const forms = Object.entries(visit.forms).map(([form, answers]) => {
        const own = { visitId: row.id, form, answers, assessmentDate: visitDate, confirmations: {} }
        const stored = insertRecord(tx, TEST_WRITER, 'assessments', own)
        const derived = deriveScores(form, answers, null, study.protocol.settings)
        writeScores(tx, { assessmentId: stored.id, participantId, visit: code }, derived)
        return stored
      })
      keepSchedule(tx, study, participantId)
      return { visit: row, forms }
    },
    { behavior: 'immediate' },
  )
}

function keepSchedule(
  tx: Parameters<typeof writeSchedule>[0],
  { protocol }: SeededStudy,
  participantId: ParticipantId,
) {
  const protocolVersion = protocol.versions.at(-1)?.number ?? ''
  writeSchedule(tx, { participantId, protocol, protocolVersion })
}
