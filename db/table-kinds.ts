import { eq } from 'drizzle-orm'
import type { SQLiteTable } from 'drizzle-orm/sqlite-core'
import type { Tx } from './client'
import { auditEntries, installations } from './schema/audit'
import { cohortLooks } from './schema/cohort-looks'
import { eventReports, logEntries } from './schema/logs'
import { allocations, eligibilityOverrides, participants, treatments } from './schema/participants'
import { maskingKeys, resultReleases } from './schema/releases'
import {
  credentials,
  drafts,
  oneTimeLinks,
  sessions,
  signInCounters,
  submissionKeys,
} from './schema/sessions'
import { protocolVersions, siteApprovals, sites, studies } from './schema/studies'
import { memberships, users } from './schema/users'
import {
  assessments,
  participantStatuses,
  scheduledVisits,
  scores,
  secondEntries,
  visits,
} from './schema/visits'

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
  site_approvals: { table: siteApprovals, json: [] },
  users: { table: users, json: [] },
  memberships: { table: memberships, json: [] },
  participants: { table: participants, json: ['eligibility', 'confirmations'] },
  allocations: { table: allocations, json: [] },
  eligibility_overrides: { table: eligibilityOverrides, json: [] },
  treatments: { table: treatments, json: ['details', 'confirmations'] },
  visits: { table: visits, json: ['confirmations'] },
  assessments: { table: assessments, json: ['answers', 'confirmations'] },
  second_entries: { table: secondEntries, json: ['answers'] },
  log_entries: { table: logEntries, json: ['answers', 'confirmations'] },
  event_reports: { table: eventReports, json: ['confirmations'] },
  result_releases: { table: resultReleases, json: [] },
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
  drafts,
  masking_keys: maskingKeys,
  cohort_looks: cohortLooks,
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
  site_approvals: (tx, row) => placeOfSite(tx, row.siteId),
  users: () => SYSTEM,
  memberships: () => SYSTEM,
  participants: (tx, row) => ({ ...placeOfSite(tx, row.siteId), subject: row.number }),
  allocations: (tx, row) => placeOfParticipant(tx, row.participantId),
  eligibility_overrides: (tx, row) => placeOfParticipant(tx, row.participantId),
  treatments: (tx, row) => placeOfParticipant(tx, row.participantId),
  visits: (tx, row) => ({ ...placeOfParticipant(tx, row.participantId), visit: row.code }),
  assessments: (tx, row) => ({ ...placeOfVisit(tx, row.visitId), form: row.form }),
  second_entries: (tx, row) => ({ ...placeOfVisit(tx, row.visitId), form: row.form }),
  log_entries: (tx, row) => ({ ...placeOfParticipant(tx, row.participantId), form: row.log }),
  event_reports: (tx, row) => placeOfLogEntry(tx, row.entryId),
  result_releases: (tx, row) => placeOfStudy(tx, row.studyId),
}

/** Places of rows that one transaction has looked up or made, so that it looks each up once. */
const known = new WeakMap<Tx, Map<string, Place>>()

/** Where a row belongs, read from its parents in the same transaction. */
export function locateRecord<N extends RecordName>(tx: Tx, name: N, row: RecordRow<N>): Place {
  return LOCATE[name](tx, row)
}

/** Keeps the place of a row that was just written, for the rows that will stand under it. */
export function rememberPlace(tx: Tx, name: RecordName, id: number, place: Place): void {
  placesOf(tx).set(`${name} ${id}`, place)
}

/** To be called when something changed that places follow from. */
export function forgetPlaces(tx: Tx): void {
  known.delete(tx)
}

function placesOf(tx: Tx): Map<string, Place> {
  const places = known.get(tx) ?? new Map<string, Place>()
  known.set(tx, places)
  return places
}

function recall(tx: Tx, name: RecordName, id: number, find: () => Place): Place {
  const place = placesOf(tx).get(`${name} ${id}`) ?? find()
  rememberPlace(tx, name, id, place)
  return place
}

function placeOfStudy(tx: Tx, studyId: RecordRow<'sites'>['studyId']): Place {
  return recall(tx, 'studies', studyId, () => {
    const study = tx.select({ code: studies.code }).from(studies).where(eq(studies.id, studyId)).get()
    if (!study) throw new Error(`no study ${studyId}`)
    return { ...SYSTEM, chain: studyChain(study.code) }
  })
}

function placeOfSite(tx: Tx, siteId: RecordRow<'participants'>['siteId']): Place {
  return recall(tx, 'sites', siteId, () => {
    const row = tx
      .select({ code: sites.code, studyId: sites.studyId })
      .from(sites)
      .where(eq(sites.id, siteId))
      .get()
    if (!row) throw new Error(`no site ${siteId}`)
    return { ...placeOfStudy(tx, row.studyId), site: row.code }
  })
}

function placeOfParticipant(tx: Tx, participantId: RecordRow<'visits'>['participantId']): Place {
  return recall(tx, 'participants', participantId, () => {
    const row = tx
      .select({ siteId: participants.siteId, number: participants.number })
      .from(participants)
      .where(eq(participants.id, participantId))
      .get()
    if (!row) throw new Error(`no participant ${participantId}`)
    return { ...placeOfSite(tx, row.siteId), subject: row.number }
  })
}

function placeOfVisit(tx: Tx, visitId: RecordRow<'assessments'>['visitId']): Place {
  return recall(tx, 'visits', visitId, () => {
    const row = tx
      .select({ participantId: visits.participantId, code: visits.code })
      .from(visits)
      .where(eq(visits.id, visitId))
      .get()
    if (!row) throw new Error(`no visit ${visitId}`)
    return { ...placeOfParticipant(tx, row.participantId), visit: row.code }
  })
}

function placeOfLogEntry(tx: Tx, entryId: RecordRow<'event_reports'>['entryId']): Place {
  return recall(tx, 'log_entries', entryId, () => {
    const row = tx
      .select({ participantId: logEntries.participantId, log: logEntries.log })
      .from(logEntries)
      .where(eq(logEntries.id, entryId))
      .get()
    if (!row) throw new Error(`no log entry ${entryId}`)
    return { ...placeOfParticipant(tx, row.participantId), form: row.log }
  })
}
