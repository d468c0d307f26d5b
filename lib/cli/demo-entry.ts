import type { DemoForms } from '@/db/demo/answers'
import type { DemoLater, DemoParticipant } from '@/db/demo/cohort'
import type { DemoReport } from '@/db/demo/events'
import { deriveDemoDose } from '@/db/demo/harvests'
import type { DemoAnswers, DemoEntry } from '@/db/demo/logs'
import type { DemoMedication } from '@/db/demo/medication'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { MissedVisitReason } from '@/lib/domain/shared/missing'
import { SaveLogEntry } from '@/lib/schemas/logs'
import { RegisterParticipant } from '@/lib/schemas/participants'
import { RecordTreatment } from '@/lib/schemas/treatments'
import { MissedVisit, SaveVisit } from '@/lib/schemas/visits'
import type { Ctx } from '@/lib/server/context'
import { saveLogEntry } from '@/lib/server/logs'
import { declareVisitMissed } from '@/lib/server/missed-visits'
import { registerParticipant } from '@/lib/server/participants'
import { recordTreatment } from '@/lib/server/treatments'
import { saveVisit } from '@/lib/server/visits'
import { unwrap } from './run'

/** Where the demonstration takes place. */
export const DEMO_PLACE = { study: 'ADMSC', site: 'MEL' } as const
const { study } = DEMO_PLACE

/** Registers a participant as the form would; returns the number. */
export function register(
  ctx: Ctx,
  protocol: Protocol,
  person: DemoParticipant | DemoLater,
  entry: {
    readonly consent: CalendarDate
    readonly plannedDayZero: CalendarDate | null
    readonly excludedBy: string | null
  },
): string {
  const { inclusion, exclusion } = protocol.eligibility
  const answers = [
    ...inclusion.map(({ code }) => [code, ['yes']]),
    ...exclusion.map(({ code }) => [code, [code === entry.excludedBy ? 'yes' : 'no']]),
  ]
  const form = {
    ...DEMO_PLACE,
    consentVersion: protocol.consents.at(-1)?.version,
    consentDate: entry.consent,
    eligibility: Object.fromEntries(answers),
    takesPart: 'declines' in person ? 'no' : 'yes',
    ageAtConsent: String(person.age),
    sex: person.sex,
    diagnosis: 'Discogenic low back pain',
    painType: 'axial',
    painDurationMonths: String(person.painDurationMonths),
    level: person.level,
    previousTreatment: person.previousTreatment,
    plannedDayZero: entry.plannedDayZero ?? '',
    rescreenOf: 'rescreenOf' in person ? person.rescreenOf : '',
  }
  return unwrap(registerParticipant(ctx, RegisterParticipant.parse(form))).number
}

export function dose(
  ctx: Ctx,
  given: {
    readonly number: string
    readonly plan: 'DOSE1' | 'DOSE2'
    readonly givenOn: CalendarDate
    readonly level: string
  },
): void {
  const { number, plan, givenOn, level } = given
  const form = { study, number, plan, givenOn, location: level, answers: deriveDemoDose(number, plan) }
  const asked = plan === 'DOSE2' ? { conditionMet: 'yes' } : {}
  unwrap(recordTreatment(ctx, RecordTreatment.parse({ ...form, ...asked })))
}

/** Enters a visit. That a day lies outside its window is asked and confirmed; any other question is a flaw of the data. */
export function enter(
  ctx: Ctx,
  visit: {
    readonly number: string
    readonly visit: string
    readonly date: CalendarDate
    readonly forms: DemoForms
  },
): void {
  const { date, forms, ...place } = visit
  const page = { date: [date], mode: ['clinic'], source: ['paper'] }
  const form = { study, ...place, '~visit': page, ...forms }
  const saved = saveVisit(ctx, SaveVisit.parse(form))
  if (saved.ok || saved.error.code !== 'unanswered') {
    unwrap(saved)
    return
  }
  const keys = saved.error.questions.map(question => {
    const isExpected = question.code === 'outOfWindow' && 'key' in question
    if (!isExpected) throw new Error(`${visit.number} ${visit.visit}: ${question.code} was asked`)
    return String(question.key)
  })
  unwrap(saveVisit(ctx, SaveVisit.parse({ ...form, '~confirm': { keys } })))
}

/** Enters what a participant takes; any question is a flaw of the data. */
export function takeMedication(ctx: () => Ctx, number: string, medications: readonly DemoMedication[]): void {
  keepLogs(
    ctx,
    number,
    medications.map(answers => ({ log: 'medication', answers })),
  )
}

/**
 * Makes these entries of logs. That a booking is past, where the reference date is, is asked and confirmed; any other
 * question is a flaw of the data.
 */
export function keepLogs(ctx: () => Ctx, number: string, entries: readonly DemoEntry[]): void {
  for (const { log, answers } of entries) {
    const form = { study, number, log, entry: 'new', answers }
    const saved = saveLogEntry(ctx(), SaveLogEntry.parse(form))
    if (saved.ok || saved.error.code !== 'unanswered') {
      unwrap(saved)
      continue
    }
    const keys = saved.error.questions.map(({ code, text }) => {
      if (!code.startsWith('bookedInPast')) throw new Error(`${number}, ${log}: ${text}`)
      return code
    })
    unwrap(saveLogEntry(ctx(), SaveLogEntry.parse({ ...form, confirm: keys })))
  }
}

/** Who fills in an adverse event. */
export interface EventReporters {
  readonly coordinator: () => Ctx
  readonly investigator: () => Ctx
  readonly dataManager: () => Ctx
}

/** Records adverse events, each with the judgement of the investigator and the assessment of the sponsor. */
export function reportEvents(
  { coordinator, investigator, dataManager }: EventReporters,
  number: string,
  reports: readonly DemoReport[],
): void {
  for (const { recorded, judged, assessed } of reports) {
    const save = (ctx: Ctx, entry: number | 'new', version: string, answers: DemoAnswers) =>
      unwrap(
        saveLogEntry(
          ctx,
          SaveLogEntry.parse({ study, number, log: 'adverse-events', entry, version, answers }),
        ),
      )
    const { id } = save(coordinator(), 'new', '', recorded)
    save(investigator(), id, '1', judged)
    save(dataManager(), id, '2', assessed)
  }
}

export function miss(
  ctx: Ctx,
  visit: { readonly number: string; readonly visit: string; readonly missedReason: MissedVisitReason },
): void {
  unwrap(declareVisitMissed(ctx, MissedVisit.parse({ study, ...visit })))
}
