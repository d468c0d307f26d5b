import { beginVisit, storeStanding } from '@/db/commands/imports'
import { writeMorphineScores } from '@/db/commands/morphine-scores'
import { deriveRowsFrom } from '@/db/commands/schedule'
import { changeVisit, NOT_MISSED, type VisitPatch } from '@/db/commands/visits'
import type { StoredVisit } from '@/db/queries/imports'
import { formatDay } from '@/lib/domain/checks/day-text'
import { checkAssessmentDate } from '@/lib/domain/checks/hard'
import type { PlannedSubject, PlannedVisit } from '@/lib/domain/imports/import-plan'
import { deriveVersionsInForce } from '@/lib/domain/protocol/consent'
import { deriveFollowUpEnd } from '@/lib/domain/protocol/follow-up'
import { deriveDayZero, deriveSchedule, isInWindow } from '@/lib/domain/protocol/schedule'
import { calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId, VisitId } from '@/lib/domain/shared/ids'
import { importForm } from './import-forms'
import type { ImportedParticipant } from './import-participants'
import { type ImportedVisit, isFirst } from './import-place'
import { type ImportRun, idIn, refuseGiven, type Slot, weighValue } from './import-run'
import type { Dose } from './import-treatments'

/**
 * Plans the visits of one participant: first their dates, from which the windows may follow, then the forms, so that
 * what is checked against a window is checked against the right one; last the schedule that follows from all of it.
 */
export function importVisits(
  run: ImportRun,
  planned: PlannedSubject,
  person: ImportedParticipant,
  treated: { readonly doses: readonly Dose[]; readonly added: boolean },
): void {
  const writesBefore = run.writes.length
  const visits = planned.visits.flatMap(visit => importVisit(run, visit, person) ?? [])
  const facts = scheduleFacts(run, person, treated.doses, visits)
  const { protocol } = run.open
  const leaving = {
    followUpEnd: deriveFollowUpEnd(
      facts.departures,
      facts.consents.map(consent => consent.date),
    ),
    versionsInForce: deriveVersionsInForce(protocol, facts),
    enteredVisits: [...(person.stored?.visits.keys() ?? [])],
  }
  const schedule = new Map(
    deriveSchedule(protocol, {
      ...leaving,
      dayZero: deriveDayZero(protocol, facts),
      plannedDayZero: facts.plannedDayZero,
    }).map(row => [row.visit.code, row]),
  )
  const doseDates = treated.doses.map(dose => dose.givenOn)
  for (const visit of visits) {
    const scheduled = schedule.get(visit.planned.visit)
    if (!scheduled) {
      const { row, visit: code } = visit.planned
      const text = `Visit ${code} does not exist for ${person.number}: the version that adds it is not in effect for this participant.`
      run.errors.push({ row, column: null, value: code, text })
      continue
    }
    if (visit.written && isInWindow(visit.date, scheduled) === false) run.counts.outOfWindow += 1
    for (const form of visit.planned.forms)
      importForm({ run, person, visit, visits, scheduled, doseDates }, form)
  }
  const isTouched = run.writes.length > writesBefore || person.allocated || treated.added || !person.stored
  if (isTouched) planStanding(run, person, facts, visits)
}

function importVisit(
  run: ImportRun,
  planned: PlannedVisit,
  person: ImportedParticipant,
): ImportedVisit | null {
  const { open, writes, counts } = run
  if (!checkDay(run, planned, person)) return null
  const stored = person.stored?.visits.get(planned.visit)
  const given = planned.date?.value ?? null
  if (!stored) {
    counts.visitsOpened += 1
    if (given !== null) counts.valuesNew += 1
    const slot: Slot<VisitId> = { id: null }
    writes.push(tx => {
      const visit = { participantId: idIn(person.slot), code: planned.visit, visitDate: given }
      slot.id = beginVisit(tx, open.write, visit)
    })
    const fresh = { planned, slot, stored, date: given, missedReason: null, earlierDate: null }
    return { ...fresh, written: true, forms: new Map() }
  }
  counts.visitsKnown += 1
  const { row } = stored
  const place = { row: planned.row, column: null, subject: person.number, visit: planned.visit }
  const datePlace = { ...place, column: planned.date?.column ?? null }
  let patch: VisitPatch = {}
  if (given !== null && weighValue(run, datePlace, 'visitDate', row.visitDate, given))
    patch = { visitDate: given }
  const isMissed = row.missedReason !== null && planned.forms.length > 0
  if (isMissed && weighValue(run, place, 'missed', row.missedReason, '')) patch = { ...patch, ...NOT_MISSED }
  if (Object.keys(patch).length > 0)
    writes.push(tx => changeVisit(tx, open.write, row, row.rowVersion, patch, run.reason))
  return {
    planned,
    slot: { id: row.id },
    stored,
    date: patch.visitDate ?? row.visitDate,
    missedReason: 'missedReason' in patch ? null : row.missedReason,
    earlierDate: row.visitDate,
    written: 'visitDate' in patch,
    forms: new Map(),
  }
}

function checkDay(run: ImportRun, planned: PlannedVisit, person: ImportedParticipant): boolean {
  if (!planned.date) return true
  const date = planned.date.value
  const today = calendarDateIn(person.timeZone, run.now)
  const followUpEnd = person.stored?.participant.followUpEnd ?? null
  const problem = checkAssessmentDate({ field: 'visit_date', date, today, followUpEnd })
  if (problem) refuseGiven(run, planned.date, problem.text)
  const consent = person.consentDate
  const isEarly = consent !== null && date < consent
  if (isEarly) refuseGiven(run, planned.date, `${formatDay(date)} is before consent (${formatDay(consent)}).`)
  return !problem && !isEarly
}

type Facts = Parameters<typeof deriveRowsFrom>[1]
type Entry = Parameters<typeof deriveRowsFrom>[2][number]

/** The facts from which the schedule follows once all of this is stored. */
function scheduleFacts(
  run: ImportRun,
  { stored, consentDate, leaving }: ImportedParticipant,
  doses: readonly Dose[],
  imported: readonly ImportedVisit[],
): Facts {
  const baseline = run.open.protocol.baseline.visits
  const known = stored?.participant
  return {
    outcome: 'enrolled',
    enrolledOn: known?.enrolledOn ?? null,
    plannedDayZero: known?.plannedDayZero ?? null,
    consentVersion: known?.consentVersion ?? null,
    consentDate,
    ...leaving,
    randomisedOn: stored?.allocation?.allocatedOn ?? null,
    doses: doses.map(({ plan, givenOn }) => ({ treatment: plan, date: givenOn })),
    baselineVisitDates: allVisits(stored?.visits, imported)
      .filter(({ visit, missedReason }) => baseline.includes(visit) && missedReason === null)
      .map(({ date }) => date),
  }
}

/** Every visit that will be stored, of the file or not, with its forms. */
function allVisits(stored: ReadonlyMap<string, StoredVisit> | undefined, imported: readonly ImportedVisit[]) {
  const own = new Map(imported.map(visit => [visit.planned.visit, visit]))
  const codes = new Set([...(stored?.keys() ?? []), ...own.keys()])
  return [...codes].map(visit => {
    const now = own.get(visit)
    const before = now?.stored ?? stored?.get(visit)
    const kept = (before?.forms ?? []).filter(row => !isImported(row, now))
    const forms = [
      ...kept.map(({ form, answers, notDoneReason }) => ({ form, answers, notDoneReason })),
      ...[...(now?.forms ?? [])].map(([form, state]) => ({ form, ...state })),
    ]
    const date = now ? now.date : (before?.row.visitDate ?? null)
    const missedReason = now ? now.missedReason : (before?.row.missedReason ?? null)
    return { visit, date, missedReason, forms }
  })
}

function isImported(row: StoredVisit['forms'][number], now: ImportedVisit | undefined): boolean {
  return now?.forms.has(row.form) === true && isFirst(row)
}

function planStanding(
  run: ImportRun,
  person: ImportedParticipant,
  facts: Facts,
  imported: readonly ImportedVisit[],
): void {
  const { protocol, protocolVersion } = run.open
  const all = allVisits(person.stored?.visits, imported)
  const entries = all.flatMap(({ visit, missedReason, forms }): Entry[] =>
    forms.length > 0
      ? forms.map(form => ({ visit, missedReason, ...form }))
      : [{ visit, missedReason, form: null, answers: null, notDoneReason: null }],
  )
  // The id is filled in when the row is written.
  const target = { participantId: 0 as ParticipantId, protocol, protocolVersion }
  const derived = deriveRowsFrom(target, facts, entries)
  run.writes.push(tx => {
    storeStanding(tx, idIn(person.slot), derived, !person.stored)
    writeMorphineScores(tx, idIn(person.slot), protocol.settings)
  })
}
