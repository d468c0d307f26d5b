import { addAllocation } from '@/db/commands/allocations'
import { addParticipant, changeParticipant } from '@/db/commands/participants'
import { insertSite } from '@/db/commands/sites'
import type { StoredSubject } from '@/db/queries/imports'
import type { ParticipantRow } from '@/db/queries/participants'
import type { RecordInput } from '@/db/table-kinds'
import type { PlannedSubject } from '@/lib/domain/imports/import-plan'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { type ImportRun, idIn, type PlannedSite, refuseGiven, type Slot, weighValue } from './import-run'

/** A participant of the file as it will be stored, and whether something that its schedule follows from changes. */
export interface ImportedParticipant {
  readonly slot: Slot<ParticipantId>
  readonly number: string
  readonly timeZone: string
  readonly consentDate: CalendarDate | null
  readonly stored: StoredSubject | undefined
  /** How the participant left and consented; of a new one, what the site approved. */
  readonly leaving: StoredSubject['leaving']
  readonly allocated: boolean
}

/** Finds the participant or plans to register a new one, with arm and facts. Null: refused, with the reasons noted. */
export function importParticipant(run: ImportRun, planned: PlannedSubject): ImportedParticipant | null {
  const stored = run.stored.get(planned.subject.value)
  const person = stored ? checkKnown(run, planned, stored) : register(run, planned)
  if (!person) return null
  if (stored) run.counts.known += 1
  const allocated = importArm(run, planned, person)
  if (stored) changeFacts(run, planned, stored.participant)
  return { ...person, allocated }
}

type Person = Omit<ImportedParticipant, 'allocated'>

function checkKnown(run: ImportRun, planned: PlannedSubject, stored: StoredSubject): Person | null {
  const { sites } = run.open
  const known = stored.participant
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
  if (known.restricted) {
    const text = `${known.number} asked for no further use of data: nothing can be imported.`
    refuseGiven(run, planned.subject, text)
    return null
  }
  const { number, timeZone, consentDate } = known
  return { slot: { id: known.id }, number, timeZone, consentDate, stored, leaving: stored.leaving }
}

function register(run: ImportRun, planned: PlannedSubject): Person | null {
  const { open, voided, writes } = run
  const number = planned.subject.value
  if (!run.register) {
    refuseGiven(
      run,
      planned.subject,
      `Participant ${number} is not registered. Correct it, or import with --register.`,
    )
    return null
  }
  const why = voided.get(number)
  if (why !== undefined) {
    refuseGiven(run, planned.subject, `${number} was voided (${why}), and its number is not used again.`)
    return null
  }
  const site = findOrCreateSite(run, planned)
  if (!site) return null
  const slot: Slot<ParticipantId> = { id: null }
  const facts = factsOf(planned)
  writes.push(tx => {
    slot.id = addParticipant(tx, open.write, {
      studyId: open.study.id,
      siteId: idIn(site.slot),
      number,
      origin: 'imported',
      outcome: 'enrolled',
      eligibility: {},
      confirmations: {},
      ...facts,
    }).id
  })
  run.counts.registered += 1
  run.counts.valuesNew += planned.facts.size
  const leaving = { departures: [], consents: [], approvals: site.approvals.slice() }
  return { slot, number, timeZone: site.timeZone, consentDate: null, stored: undefined, leaving }
}

function findOrCreateSite(run: ImportRun, planned: PlannedSubject): PlannedSite | null {
  const { open, sites, writes } = run
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
  const known = sites.get(code)
  if (known) {
    const { id } = known.slot
    if (id === null || open.sites === 'all' || open.sites.includes(id)) return known
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
  const { id: studyId, timeZone } = study
  const made: PlannedSite = { slot: { id: null }, code, timeZone, approvals: [] }
  writes.push(tx => {
    made.slot.id = insertSite(tx, open.write, { studyId, code, name: code, timeZone })
  })
  sites.set(code, made)
  run.sitesCreated.push(code)
  return made
}

/**
 * Recorded, not made: an arm that is stored otherwise is corrected by hand, not by a file. Who may not know arms may not
 * record one either, nor learn by a refusal which one is stored.
 */
function importArm(run: ImportRun, planned: PlannedSubject, person: Person): boolean {
  const { open, writes } = run
  const [only, ...others] = open.protocol.arms
  if (others.length > 0 && planned.arm && !open.view.participantArms) {
    refuseGiven(run, planned.arm, 'Arms of this study are closed to you. Leave the cell blank.')
    return false
  }
  const arm = planned.arm?.value ?? (others.length === 0 ? only?.code : undefined)
  if (arm === undefined) return false
  const stored = person.stored?.allocation
  if (!stored) {
    const recordedBy = open.write.userId
    writes.push(tx => {
      const participantId = idIn(person.slot)
      addAllocation(tx, open.write, { participantId, arm, allocatedOn: null, recordedBy })
    })
    run.counts.allocations += 1
    return true
  }
  if (planned.arm && stored.arm !== arm) {
    const text = `${person.number} is allocated to another arm than the file says. Correct the file, or the allocation.`
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
  run.writes.push(tx => changeParticipant(tx, run.open.write, change))
}
