import { addAllocation } from '@/db/commands/allocations'
import { addParticipant, changeParticipant } from '@/db/commands/participants'
import { insertSite } from '@/db/commands/sites'
import { addTreatment } from '@/db/commands/treatments'
import { findAllocation } from '@/db/queries/allocations'
import { findVoidedNumber } from '@/db/queries/imports'
import { findParticipant, type ParticipantRow } from '@/db/queries/participants'
import { findSiteByCode, type SiteRow } from '@/db/queries/studies'
import { listTreatments } from '@/db/queries/treatments'
import type { RecordInput } from '@/db/table-kinds'
import { formatDay } from '@/lib/domain/checks/day-text'
import type { Given, PlannedSubject } from '@/lib/domain/imports/import-plan'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'
import { type ImportRun, refuseGiven, weighValue } from './import-run'

/** A participant of the file as it is now stored, and whether something that its schedule follows from changed. */
export interface ImportedParticipant {
  readonly participant: ParticipantRow
  readonly scheduleChanged: boolean
}

/** Finds the participant or registers a new one, with arm, facts and doses. Null: refused, with the reasons noted. */
export function importParticipant(run: ImportRun, planned: PlannedSubject): ImportedParticipant | null {
  const { tx, open } = run
  const number = planned.subject.value
  const known = findParticipant(tx, open.study.id, number)
  const participant = known ? checkKnown(run, planned, known) : register(run, planned)
  if (!participant) return null
  if (known) run.counts.known += 1
  const allocated = importArm(run, planned, participant)
  if (known) changeFacts(run, planned, known)
  const dosed = importTreatments(run, planned, participant)
  return { participant, scheduleChanged: !known || allocated || dosed }
}

function checkKnown(run: ImportRun, planned: PlannedSubject, known: ParticipantRow): ParticipantRow | null {
  const { sites } = run.open
  if (sites !== 'all' && !sites.includes(known.siteId)) {
    refuseGiven(run, planned.subject, `Participant ${known.number} was not found, or is not yours to see.`)
    return null
  }
  if (planned.site && planned.site.value !== known.site) {
    const text = `${known.number} is a participant of site ${known.site}. An import moves nobody: correct the file.`
    refuseGiven(run, planned.site, text)
    return null
  }
  if (known.outcome !== 'enrolled') {
    refuseGiven(
      run,
      planned.subject,
      `${known.number} was screened and not enrolled: nothing can be imported.`,
    )
    return null
  }
  return known
}

function register(run: ImportRun, planned: PlannedSubject): ParticipantRow | null {
  const { tx, open } = run
  const number = planned.subject.value
  if (!run.register) {
    refuseGiven(
      run,
      planned.subject,
      `Participant ${number} is not registered. Correct it, or import with --register.`,
    )
    return null
  }
  const voided = findVoidedNumber(tx, open.study.id, number)
  if (voided !== undefined) {
    refuseGiven(run, planned.subject, `${number} was voided (${voided}), and its number is not used again.`)
    return null
  }
  const site = findOrCreateSite(run, planned)
  if (!site) return null
  addParticipant(tx, open.write, {
    studyId: open.study.id,
    siteId: site.id,
    number,
    origin: 'imported',
    outcome: 'enrolled',
    eligibility: {},
    confirmations: {},
    ...factsOf(planned),
  })
  run.counts.registered += 1
  run.counts.valuesNew += planned.facts.size
  return findParticipant(tx, open.study.id, number) ?? null
}

function findOrCreateSite(run: ImportRun, planned: PlannedSubject): SiteRow | null {
  const { tx, open, sites } = run
  const { study } = open
  if (!planned.site) {
    refuseGiven(
      run,
      planned.subject,
      `Participant ${planned.subject.value} is new and has no site. Name the site.`,
    )
    return null
  }
  const code = planned.site.value
  const known = sites.get(code) ?? findSiteByCode(tx, study.id, code)
  if (known) {
    sites.set(code, known)
    if (open.sites === 'all' || open.sites.includes(known.id)) return known
    refuseGiven(run, planned.site, `Site ${code} was not found, or is not yours to see.`)
    return null
  }
  if (!run.mayCreateSites) {
    refuseGiven(
      run,
      planned.site,
      `There is no site ${code}, and your role does not add sites. Ask an administrator.`,
    )
    return null
  }
  insertSite(tx, open.write, { studyId: study.id, code, name: code, timeZone: study.timeZone })
  const made = findSiteByCode(tx, study.id, code)
  if (!made) throw new Error(`site ${code} was not made`)
  sites.set(code, made)
  run.sitesCreated.push(code)
  return made
}

/** Recorded, not made: an arm that is stored otherwise is corrected by hand, not by a file. */
function importArm(run: ImportRun, planned: PlannedSubject, participant: ParticipantRow): boolean {
  const { tx, open } = run
  const [only, ...others] = open.protocol.arms
  const arm = planned.arm?.value ?? (others.length === 0 ? only?.code : undefined)
  if (arm === undefined) return false
  const stored = findAllocation(tx, participant.id, { participantArms: true, resultsByArm: true })
  if (!stored) {
    const { userId } = open.write
    addAllocation(tx, open.write, {
      participantId: participant.id,
      arm,
      allocatedOn: null,
      recordedBy: userId,
    })
    run.counts.allocations += 1
    return true
  }
  if (stored.arm !== arm && planned.arm) {
    const text = `${participant.number} is allocated to another arm than the file says. Correct the file, or the allocation.`
    refuseGiven(run, planned.arm, text)
  }
  return false
}

type Facts = Partial<RecordInput<'participants'>>

function factsOf(planned: PlannedSubject): Facts {
  return Object.fromEntries([...planned.facts].map(([field, given]) => [field, given.value])) as Facts
}

function changeFacts(run: ImportRun, planned: PlannedSubject, known: ParticipantRow): void {
  const patch: Record<string, string | number> = {}
  for (const [field, given] of planned.facts) {
    const { row, column, value } = given
    const stored = known[field]
    const place = { row, column, subject: known.number, visit: null }
    if (weighValue(run, place, field, stored === null ? null : String(stored), String(value)))
      patch[field] = value
  }
  if (Object.keys(patch).length === 0) return
  const change = { id: known.id, version: known.rowVersion, patch: patch as Facts, reason: run.reason }
  changeParticipant(run.tx, run.open.write, change)
}

function importTreatments(run: ImportRun, planned: PlannedSubject, participant: ParticipantRow): boolean {
  if (planned.treatments.size === 0) return false
  const { tx, open } = run
  const stored = new Map(listTreatments(tx, [participant.id]).map(dose => [dose.plan, dose.givenOn]))
  let added = false
  for (const [plan, given] of planned.treatments) {
    const known = stored.get(plan)
    if (known === undefined && checkPast(run, given, participant)) {
      addTreatment(tx, open.write, { participantId: participant.id, plan, givenOn: given.value })
      run.counts.treatments += 1
      added = true
    } else if (known !== undefined && known !== given.value) {
      const text = `${plan} of ${participant.number} is recorded as given on ${formatDay(known)}. Correct the file, or the dose.`
      refuseGiven(run, given, text)
    }
  }
  return added
}

function checkPast(run: ImportRun, given: PlannedDay, participant: ParticipantRow): boolean {
  const today = calendarDateIn(participant.timeZone, run.now)
  if (given.value <= today) return true
  refuseGiven(run, given, `${formatDay(given.value)} is after today at the site (${formatDay(today)}).`)
  return false
}

type PlannedDay =
  PlannedSubject['treatments'] extends ReadonlyMap<string, infer Day extends Given<unknown>> ? Day : never
