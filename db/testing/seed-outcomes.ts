import { eq } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { writeSchedule } from '@/db/commands/schedule'
import { scores } from '@/db/schema/visits'
import { insertRecord, replaceDerived } from '@/db/write'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'
import type { MissingReason } from '@/lib/domain/shared/missing'
import type { SeededStudy } from './factories'
import { TEST_WRITER } from './test-db'

/** One participant with what was recorded, dates as ISO text. Scores by form, then parameter; a text is a missing reason. */
export interface SeededParticipant {
  readonly number: string
  readonly site?: string
  readonly outcome?: 'enrolled' | 'screenFailure' | 'declined'
  readonly origin?: 'entered' | 'imported'
  readonly enrolledOn?: string | null
  readonly arm?: string
  readonly allocatedOn?: string | null
  readonly doses?: Readonly<Record<string, string>>
  readonly visits?: Readonly<Record<string, SeededVisit>>
}

interface SeededVisit {
  readonly date?: string | null
  /** A missing reason; the table refuses any other text. */
  readonly missed?: string
  readonly forms?: Readonly<Record<string, Readonly<Record<string, number | string>>>>
}

/** Lays participants with their visits and scores down, scores as given, whatever the answers would be. */
export function seedOutcomes(db: Db, study: SeededStudy, people: readonly SeededParticipant[]): void {
  db.transaction(
    tx => {
      for (const person of people) seedPerson(tx, study, person)
    },
    { behavior: 'immediate' },
  )
}

type Tx = Parameters<Parameters<Db['transaction']>[0]>[0]

function seedPerson(tx: Tx, study: SeededStudy, person: SeededParticipant): void {
  const siteId = study.sites[person.site ?? 'MEL']
  if (siteId === undefined) throw new Error(`the study has no site ${person.site}`)
  const row = insertRecord(tx, TEST_WRITER, 'participants', {
    studyId: study.id,
    siteId,
    number: person.number,
    origin: person.origin ?? 'entered',
    outcome: person.outcome ?? 'enrolled',
    enrolledOn: dateOf(person.enrolledOn ?? null),
    eligibility: {},
  })
  if (person.arm !== undefined) {
    const allocatedOn = dateOf(person.allocatedOn ?? null)
    insertRecord(tx, TEST_WRITER, 'allocations', { participantId: row.id, arm: person.arm, allocatedOn })
  }
  for (const [plan, date] of Object.entries(person.doses ?? {})) {
    const givenOn = dateOf(date)
    if (givenOn) insertRecord(tx, TEST_WRITER, 'treatments', { participantId: row.id, plan, givenOn })
  }
  for (const [code, visit] of Object.entries(person.visits ?? {})) seedVisit(tx, row.id, code, visit)
  const version = study.protocol.versions.at(-1)?.number ?? ''
  writeSchedule(tx, { participantId: row.id, protocol: study.protocol, protocolVersion: version })
}

type ParticipantId = Parameters<typeof writeSchedule>[1]['participantId']

function seedVisit(tx: Tx, participantId: ParticipantId, code: string, visit: SeededVisit): void {
  const visitRow = insertRecord(tx, TEST_WRITER, 'visits', {
    participantId,
    code,
    visitDate: dateOf(visit.date ?? null),
    missedReason: (visit.missed ?? null) as MissingReason | null,
  })
  for (const [form, values] of Object.entries(visit.forms ?? {})) {
    const assessment = insertRecord(tx, TEST_WRITER, 'assessments', {
      visitId: visitRow.id,
      form,
      answers: {},
      confirmations: {},
    })
    const rows = Object.entries(values).map(([parameter, value]) => ({
      assessmentId: assessment.id,
      participantId,
      visit: code,
      parameter,
      value: typeof value === 'number' ? value : null,
      missingReason: typeof value === 'number' ? null : value,
      ruleVersion: 'test',
    }))
    replaceDerived(tx, 'scores', eq(scores.assessmentId, assessment.id), rows)
  }
}

function dateOf(text: string | null): CalendarDate | null {
  return text === null ? null : parseCalendarDate(text)
}
