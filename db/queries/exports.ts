import { and, asc, desc, eq, gt, inArray, isNull, or } from 'drizzle-orm'
import { alias } from 'drizzle-orm/sqlite-core'
import type { Db, Tx } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'
import { allocations, participants, treatments } from '@/db/schema/participants'
import { sites } from '@/db/schema/studies'
import { participantStatuses, scheduledVisits } from '@/db/schema/visits'
import type { ExportRecord } from '@/lib/domain/exports/export-record'
import { deriveRescuePerson, deriveRescueRule, deriveRescues } from '@/lib/domain/outcomes/rescue'
import { type MaskingView, mayNameArms } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { deriveDayZero } from '@/lib/domain/protocol/schedule'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { ParticipantId, SiteId, StudyId } from '@/lib/domain/shared/ids'
import { listOverrides } from './eligibility-overrides'
import { listExportLogs, listExportReports, numberEntries } from './export-logs'
import { listExportForms, listExportScores } from './export-scores'
import { listExportVisits } from './export-visits'
import { followUpEndOf, isUsed } from './leaving'
import { listInterventions } from './medications'

export interface ExportQuery {
  readonly studyId: StudyId
  readonly protocol: Protocol
  /** Sites whose participants the reader may see. */
  readonly sites: 'all' | readonly SiteId[]
  readonly view: MaskingView
  /** Answers to single items are wanted too; they are the bulk of a database. */
  readonly withItems: boolean
}

/** Participants read at a time: few enough that memory stays flat, enough that the statements cost little. */
const PAGE = 500

/**
 * Everything stored about each participant, in order of site and number, page by page. Voided rows are left out, as is who
 * asked for no further use. Call it within one read transaction, so that all pages are of the same moment.
 */
export function* readExportRecords(db: Db | Tx, query: ExportQuery): Generator<ExportRecord> {
  let after: { readonly site: string; readonly number: string } | null = null
  for (;;) {
    const page: ParticipantPage = listParticipants(db, query, after)
    const facts = readFacts(
      db,
      page.map(row => row.id),
      query,
    )
    for (const row of page) yield toRecord(row, facts, query)
    const last = page.at(-1)
    if (!last || page.length < PAGE) return
    after = last
  }
}

type ParticipantPage = ReturnType<typeof listParticipants>
type Facts = ReturnType<typeof readFacts>

const earlier = alias(participants, 'earlier')

function listParticipants(
  db: Db | Tx,
  query: ExportQuery,
  after: { readonly site: string; readonly number: string } | null,
) {
  const rest =
    after &&
    or(gt(sites.code, after.site), and(eq(sites.code, after.site), gt(participants.number, after.number)))
  return db
    .select({
      id: participants.id,
      site: sites.code,
      number: participants.number,
      origin: participants.origin,
      outcome: participants.outcome,
      rescreenOf: earlier.number,
      screenedOn: participants.screenedOn,
      enrolledOn: participants.enrolledOn,
      consentVersion: participants.consentVersion,
      consentDate: participants.consentDate,
      ageAtConsent: participants.ageAtConsent,
      sex: participants.sex,
      diagnosis: participants.diagnosis,
      painType: participants.painType,
      painDurationMonths: participants.painDurationMonths,
      level: participants.level,
      previousTreatment: participants.previousTreatment,
      eligibility: participants.eligibility,
      plannedDayZero: participants.plannedDayZero,
      arm: allocations.arm,
      allocatedOn: allocations.allocatedOn,
      followUpEnd: participantStatuses.followUpEnd,
      status: participantStatuses.status,
    })
    .from(participants)
    .innerJoin(sites, eq(sites.id, participants.siteId))
    .leftJoin(earlier, eq(earlier.id, participants.rescreenOf))
    .leftJoin(allocations, and(eq(allocations.participantId, participants.id), isNull(allocations.voidedAt)))
    .leftJoin(participantStatuses, eq(participantStatuses.participantId, participants.id))
    .where(
      and(
        eq(participants.studyId, query.studyId),
        isNull(participants.voidedAt),
        isUsed(),
        query.sites === 'all' ? undefined : inArray(participants.siteId, [...query.sites]),
        rest ?? undefined,
      ),
    )
    .orderBy(asc(sites.code), asc(participants.number))
    .limit(PAGE)
    .all()
}

function readFacts(db: Db | Tx, ids: readonly ParticipantId[], { withItems, protocol }: ExportQuery) {
  const of = <Row extends { readonly participant: number }>(rows: readonly Row[]) =>
    groupRows(rows, row => row.participant)
  const forms = listExportForms(db, ids, withItems)
  return {
    schedule: of(listScheduled(db, ids)),
    visits: of(listExportVisits(db, ids, protocol)),
    doses: of(listDoses(db, ids)),
    interventions: of(listInterventions(db, ids)),
    scores: of(listExportScores(db, ids, forms)),
    forms: of(forms),
    overrides: of(listOverrides(db, ids)),
    logs: of(listExportLogs(db, ids)),
    reports: of(listExportReports(db, ids)),
  }
}

function toRecord(row: ParticipantPage[number], facts: Facts, { protocol, view }: ExportQuery): ExportRecord {
  const { id, site, number, enrolledOn, arm, allocatedOn, followUpEnd, status, ...details } = row
  const visitsOf = facts.visits.get(id) ?? []
  const doses = facts.doses.get(id) ?? []
  const given = doses.map(({ treatment, date }) => ({ treatment, date }))
  const baselineVisitDates = visitsOf
    .filter(visit => visit.missedReason === null && protocol.baseline.visits.includes(visit.visit))
    .map(visit => visit.date)
  const dayZero = deriveDayZero(protocol, {
    enrolledOn,
    randomisedOn: allocatedOn,
    doses: given,
    baselineVisitDates,
  })
  const imported = row.origin === 'imported'
  const rescuePerson = deriveRescuePerson(protocol, { dayZero, imported }, given)
  return {
    participant: {
      participant: id,
      subject: number,
      site,
      arm: mayNameArms(view) && view.participantArms ? arm : null,
      enrolled: row.outcome === 'enrolled',
      enrolledOn,
      allocated: arm !== null,
      allocatedOn,
      dayZero,
      doses: given,
      rescues: deriveRescues(facts.interventions.get(id) ?? [], deriveRescueRule(protocol), rescuePerson),
      followUpEnd: followUpEndOf({ followUpEnd, status }),
      imported,
    },
    details: { ...details, overrides: facts.overrides.get(id) ?? [] },
    schedule: facts.schedule.get(id) ?? [],
    visits: visitsOf,
    doses,
    scores: facts.scores.get(id) ?? [],
    forms: facts.forms.get(id) ?? [],
    logs: numberEntries(facts.logs.get(id) ?? [], facts.reports.get(id) ?? []),
  }
}

function listScheduled(db: Db | Tx, ids: readonly ParticipantId[]) {
  return db
    .select({
      participant: scheduledVisits.participantId,
      visit: scheduledVisits.visit,
      target: scheduledVisits.target,
      windowStart: scheduledVisits.windowStart,
      windowEnd: scheduledVisits.windowEnd,
      provisional: scheduledVisits.provisional,
      progress: scheduledVisits.progress,
    })
    .from(scheduledVisits)
    .where(inArray(scheduledVisits.participantId, [...ids]))
    .all()
}

function listDoses(db: Db | Tx, ids: readonly ParticipantId[]) {
  return db
    .select({
      participant: treatments.participantId,
      treatment: treatments.plan,
      date: treatments.givenOn,
      location: treatments.location,
      conditionMet: treatments.conditionMet,
      details: treatments.details,
    })
    .from(treatments)
    .where(and(inArray(treatments.participantId, [...ids]), isNull(treatments.voidedAt)))
    .orderBy(asc(treatments.participantId), asc(treatments.givenOn))
    .all()
}

/** Where a chain stands: its last entry; undefined while it has none. */
/** Hash of one entry of a chain; undefined: there is none of that number. */
export function findEntryHash(db: Db | Tx, chain: string, seq: number): string | undefined {
  return db
    .select({ hash: auditEntries.hash })
    .from(auditEntries)
    .where(and(eq(auditEntries.chain, chain), eq(auditEntries.seq, seq)))
    .get()?.hash
}

export function findChainHead(db: Db | Tx, chain: string) {
  return db
    .select({ chain: auditEntries.chain, seq: auditEntries.seq, hash: auditEntries.hash })
    .from(auditEntries)
    .where(eq(auditEntries.chain, chain))
    .orderBy(desc(auditEntries.seq))
    .limit(1)
    .get()
}
