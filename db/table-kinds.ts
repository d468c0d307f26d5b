import { eq } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Tx } from './client'
import { auditEntries, installations } from './schema/audit'
import { allocations, participants, treatments } from './schema/participants'
import { credentials, oneTimeLinks, sessions, signInCounters, submissionKeys } from './schema/sessions'
import { protocolVersions, sites, studies } from './schema/studies'
import { memberships, users } from './schema/users'
import { assessments, participantStatuses, scheduledVisits, scores, visits } from './schema/visits'

/** Where a record belongs: the chain of its study (or `system`) and the labels that an audit entry carries. */
export interface Place {
  readonly chain: string
  readonly site: string | null
  readonly subject: string | null
  readonly visit: string | null
  readonly form: string | null
}

/** Through the one door only; replaying the audit reproduces them. `json` columns are compared member by member. */
export const RECORDS = {
  studies: { table: studies, json: [] },
  protocol_versions: { table: protocolVersions, json: [] },
  sites: { table: sites, json: [] },
  users: { table: users, json: [] },
  memberships: { table: memberships, json: [] },
  participants: { table: participants, json: ['eligibility', 'confirmations'] },
  allocations: { table: allocations, json: [] },
  treatments: { table: treatments, json: ['confirmations'] },
  visits: { table: visits, json: ['confirmations'] },
  assessments: { table: assessments, json: ['answers', 'confirmations'] },
} as const satisfies Record<string, { table: SQLiteTable; json: readonly string[] }>

/** Written with the records they follow from, by the pure function; never audited; derived again by `doctor`. */
export const DERIVED = {
  scheduled_visits: scheduledVisits,
  participant_statuses: participantStatuses,
  scores,
} as const

/** Never in the audit by value; the acts are. */
export const OPERATIONAL = {
  installations,
  credentials,
  sessions,
  one_time_links: oneTimeLinks,
  sign_in_counters: signInCounters,
  submission_keys: submissionKeys,
} as const

export const AUDIT = { audit_entries: auditEntries } as const

export type RecordName = keyof typeof RECORDS
export type RecordRow<N extends RecordName> = (typeof RECORDS)[N]['table']['$inferSelect']
export type RecordInput<N extends RecordName> = Omit<
  (typeof RECORDS)[N]['table']['$inferInsert'],
  'id' | 'rowVersion' | 'voidedAt' | 'voidReason'
>
export type DerivedName = keyof typeof DERIVED
export type OperationalName = keyof typeof OPERATIONAL

const SYSTEM: Place = { chain: 'system', site: null, subject: null, visit: null, form: null }

/** The chain of a study. Example: `studyChain('ADMSC')` → `study/ADMSC`. */
export function studyChain(code: string): string {
  return `study/${code}`
}

type Locators = { readonly [N in RecordName]: (tx: Tx, row: RecordRow<N>) => Place }

const LOCATE: Locators = {
  studies: (_tx, row) => ({ ...SYSTEM, chain: studyChain(row.code) }),
  protocol_versions: (tx, row) => placeOfStudy(tx, row.studyId),
  sites: (tx, row) => ({ ...placeOfStudy(tx, row.studyId), site: row.code }),
  users: () => SYSTEM,
  memberships: () => SYSTEM,
  participants: (tx, row) => placeOfParticipantRow(tx, row),
  allocations: (tx, row) => placeOfParticipant(tx, row.participantId),
  treatments: (tx, row) => placeOfParticipant(tx, row.participantId),
  visits: (tx, row) => ({ ...placeOfParticipant(tx, row.participantId), visit: row.code }),
  assessments: (tx, row) => ({ ...placeOfVisit(tx, row.visitId), form: row.form }),
}

/** Where a row belongs, read from its parents in the same transaction. */
export function locateRecord<N extends RecordName>(tx: Tx, name: N, row: RecordRow<N>): Place {
  return LOCATE[name](tx, row)
}

function placeOfStudy(tx: Tx, studyId: RecordRow<'sites'>['studyId']): Place {
  const study = tx.select({ code: studies.code }).from(studies).where(eq(studies.id, studyId)).get()
  if (!study) throw new Error(`no study ${studyId}`)
  return { ...SYSTEM, chain: studyChain(study.code) }
}

function placeOfParticipantRow(tx: Tx, row: Pick<RecordRow<'participants'>, 'siteId' | 'number'>): Place {
  const site = tx
    .select({ code: sites.code, study: studies.code })
    .from(sites)
    .innerJoin(studies, eq(studies.id, sites.studyId))
    .where(eq(sites.id, row.siteId))
    .get()
  if (!site) throw new Error(`no site ${row.siteId}`)
  return { ...SYSTEM, chain: studyChain(site.study), site: site.code, subject: row.number }
}

function placeOfParticipant(tx: Tx, participantId: RecordRow<'visits'>['participantId']): Place {
  const row = tx
    .select({ siteId: participants.siteId, number: participants.number })
    .from(participants)
    .where(eq(participants.id, participantId))
    .get()
  if (!row) throw new Error(`no participant ${participantId}`)
  return placeOfParticipantRow(tx, row)
}

function placeOfVisit(tx: Tx, visitId: RecordRow<'assessments'>['visitId']): Place {
  const row = tx
    .select({ participantId: visits.participantId, code: visits.code })
    .from(visits)
    .where(eq(visits.id, visitId))
    .get()
  if (!row) throw new Error(`no visit ${visitId}`)
  return { ...placeOfParticipant(tx, row.participantId), visit: row.code }
}
