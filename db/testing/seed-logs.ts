import type { Answers } from '@/lib/domain/instruments/instrument'
import type { LogCode } from '@/lib/domain/logs/log'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import type { Tx } from '../client'
import { insertRecord } from '../write'
import { type SeededStudy, seedStudy } from './factories'
import { TEST_WRITER, type TestDb } from './test-db'

const day = (text: string) => text as CalendarDate

export const writeIn = <T>(test: TestDb, work: (tx: Tx) => T): T =>
  test.db.transaction(work, { behavior: 'immediate' })

/** A study with MEL-001, of 10 January 2025 and with a dose of 10 February 2025, whose logs are empty. */
export function seedLogs(test: TestDb): {
  readonly study: SeededStudy
  readonly participantId: ParticipantId
} {
  const study = seedStudy(test.db)
  const consent = { consentVersion: '1.0', consentDate: day('2025-01-10'), screenedOn: day('2025-01-10') }
  const siteId = study.sites.MEL
  if (siteId === undefined) throw new Error('no site')
  const person = { studyId: study.id, siteId, number: 'MEL-001', eligibility: {} }
  const participantId = writeIn(test, tx => {
    const values = { ...person, ...consent, origin: 'entered', outcome: 'enrolled' } as const
    const { id } = insertRecord(tx, TEST_WRITER, 'participants', { ...values, enrolledOn: day('2025-01-10') })
    const dose = { participantId: id, plan: 'DOSE1', givenOn: day('2025-02-10') }
    insertRecord(tx, TEST_WRITER, 'treatments', dose)
    return id
  })
  return { study, participantId }
}

/** Lays an entry of a log down; null: not known. */
export function seedEntry(
  test: TestDb,
  participantId: ParticipantId,
  code: LogCode,
  values: Record<string, string | boolean | number | readonly string[] | null>,
) {
  const answers: Answers = Object.fromEntries(
    Object.entries(values).map(([field, value]) => [
      field,
      value === null ? { missing: 'unknown' as const } : { value },
    ]),
  )
  return writeIn(test, tx =>
    insertRecord(tx, TEST_WRITER, 'log_entries', { participantId, log: code, answers, confirmations: {} }),
  )
}
