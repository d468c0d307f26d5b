import { addTreatment } from '@/db/commands/treatments'
import type { Confirmation } from '@/db/schema/record-columns'
import { formatDay } from '@/lib/domain/checks/day-text'
import { askAboutTreatment, checkDoseAfterLeaving, checkTreatment } from '@/lib/domain/checks/treatment'
import type { Given, PlannedSubject } from '@/lib/domain/imports/import-plan'
import { deriveTreatmentEnd } from '@/lib/domain/protocol/follow-up'
import { type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { ImportedParticipant } from './import-participants'
import { type ImportRun, idIn, refuseGiven } from './import-run'

export interface Dose {
  readonly plan: string
  readonly givenOn: CalendarDate
}

/**
 * The doses of a participant as they will be stored, earliest first. Each that is new passes the hard checks of entry,
 * in the order of the protocol; what is asked at entry is accepted as unconfirmed, as is a condition of which the file
 * says nothing.
 */
export function importTreatments(
  run: ImportRun,
  planned: PlannedSubject,
  person: ImportedParticipant,
): { readonly doses: readonly Dose[]; readonly added: boolean } {
  const { protocol } = run.open
  const doses: Dose[] = (person.stored?.doses ?? []).map(({ plan, givenOn }) => ({ plan, givenOn }))
  const before = doses.length
  for (const { code } of protocol.treatments) {
    const given = planned.treatments.get(code)
    if (!given) continue
    const known = doses.find(dose => dose.plan === code)
    if (known === undefined) {
      if (addDose(run, code, given, person, doses)) doses.push({ plan: code, givenOn: given.value })
    } else if (known.givenOn !== given.value) {
      const text = `${code} of ${person.number} is recorded as given on ${formatDay(known.givenOn)}. Correct the file, or the dose.`
      refuseGiven(run, given, text)
    }
  }
  const added = doses.length > before
  doses.sort((a, b) => (a.givenOn < b.givenOn ? -1 : a.givenOn > b.givenOn ? 1 : 0))
  return { doses, added }
}

function addDose(
  run: ImportRun,
  plan: string,
  given: Given<CalendarDate>,
  person: ImportedParticipant,
  doses: readonly Dose[],
): boolean {
  const { open, writes } = run
  const { protocol } = open
  const { consentDate, timeZone } = person
  const facts = { plan, givenOn: given.value, conditionMet: null, given: doses, consentDate }
  const { departures } = person.leaving
  const treatmentEnd = deriveTreatmentEnd(departures, person.stored?.participant.followUpEnd ?? null)
  const problems = [
    ...checkTreatment(protocol, facts, calendarDateIn(timeZone, run.now)).filter(
      problem => problem.field !== 'conditionMet',
    ),
    ...checkDoseAfterLeaving(given.value, treatmentEnd),
  ]
  for (const { text } of problems) refuseGiven(run, given, text)
  if (problems.length > 0) return false
  const questions = askAboutTreatment(protocol, facts).map(({ code }) => code.split('=')[0] ?? code)
  const hasCondition = protocol.treatments.some(
    treatment => treatment.code === plan && treatment.condition !== undefined,
  )
  const codes = [...questions, ...(hasCondition ? [`conditionNotKnown:${plan}`] : [])]
  const confirmations: Record<string, Confirmation> = Object.fromEntries(
    codes.map(code => [code, 'unconfirmed' as const]),
  )
  run.counts.softChecks += codes.length
  run.counts.treatments += 1
  writes.push(tx => {
    const values = { participantId: idIn(person.slot), plan, givenOn: given.value, confirmations }
    addTreatment(tx, open.write, values)
  })
  return true
}
