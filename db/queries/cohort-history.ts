import { and, asc, eq, inArray, isNull } from 'drizzle-orm'
import type { Db, Tx } from '@/db/client'
import { logEntries } from '@/db/schema/logs'
import { participants } from '@/db/schema/participants'
import { isSerious } from '@/lib/domain/events/event-facts'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import { readConsents } from '@/lib/domain/logs/consents'
import { readDepartures } from '@/lib/domain/logs/departures'
import { readMedication } from '@/lib/domain/medication/medication'
import { INTERVENTION_LABELS, readIntervention } from '@/lib/domain/outcomes/rescue'
import type { EventRecord, PopulationData, ScreenedRecord } from '@/lib/domain/population/population-data'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'
import type { StudyId } from '@/lib/domain/shared/ids'
import { parsePartialDate } from '@/lib/domain/shared/partial-date'
import { ofStudy } from './cohort-scope'

/** What the logs of a study say that a description of its participants needs. */
export interface ParticipantHistory
  extends Pick<PopulationData, 'conditions' | 'medications' | 'interventions'> {
  readonly departures: ReadonlyMap<number, ScreenedRecord['departures']>
  readonly consents: ReadonlyMap<number, readonly CalendarDate[]>
  readonly harvests: ReadonlyMap<number, readonly CalendarDate[]>
  readonly events: readonly EventRecord[]
}

const LOGS = [
  'conditions',
  'medications',
  'interventions',
  'departures',
  'consents',
  'harvests',
  'adverseEvents',
] as const

/** The logs of a study in the order of entry, in one read; voided entries are left out. */
export function loadHistory(db: Db | Tx, studyId: StudyId): ParticipantHistory {
  const rows = db
    .select({ participant: logEntries.participantId, log: logEntries.log, answers: logEntries.answers })
    .from(logEntries)
    .innerJoin(participants, eq(participants.id, logEntries.participantId))
    .where(and(inArray(logEntries.log, [...LOGS]), ofStudy(studyId), isNull(logEntries.voidedAt)))
    .orderBy(asc(logEntries.id))
    .all()
  const of = (log: (typeof LOGS)[number]) => rows.filter(row => row.log === log)
  return {
    conditions: of('conditions').map(({ participant, answers }) => ({
      participant,
      label: textOf(answers, 'TERM') ?? 'Not said which',
      from: dateOf(answers, 'SINCE'),
    })),
    medications: of('medications').map(({ participant, answers }) => {
      const { drug, from } = readMedication(answers)
      return { participant, label: drug, from }
    }),
    interventions: of('interventions').map(({ participant, answers }) => {
      const { kind, date } = readIntervention(answers)
      return { participant, kind, label: INTERVENTION_LABELS[kind], from: date }
    }),
    departures: collect(of('departures'), answers =>
      readDepartures([answers]).map(departure => ({ ...departure, cause: textOf(answers, 'CAUSE') })),
    ),
    consents: collect(of('consents'), answers => readConsents([answers]).map(({ date }) => date)),
    harvests: collect(of('harvests'), answers => {
      const date = parseCalendarDate(textOf(answers, 'HARVEST_DATE') ?? '')
      return date ? [date] : []
    }),
    events: of('adverseEvents').map(({ participant, answers }) => ({
      participant,
      onset: dateOf(answers, 'AESTDAT'),
      isSerious: isSerious(answers),
    })),
  }
}

function dateOf(answers: Answers, code: string) {
  return parsePartialDate(textOf(answers, code) ?? '')
}

function collect<Value>(
  rows: readonly { readonly participant: number; readonly answers: Answers }[],
  read: (answers: Answers) => readonly Value[],
): Map<number, Value[]> {
  const found = new Map<number, Value[]>()
  for (const { participant, answers } of rows) {
    const known = found.get(participant)
    if (known) known.push(...read(answers))
    else found.set(participant, [...read(answers)])
  }
  return found
}
