import { findAllocation } from '@/db/queries/allocations'
import { listBookings } from '@/db/queries/appointments'
import { findLocker } from '@/db/queries/assessment-history'
import { listStatuses } from '@/db/queries/participant-list'
import { listDuplicates } from '@/db/queries/participants'
import { listScheduleWithEntries, readTreatmentEnd } from '@/db/queries/schedule'
import { listTreatments } from '@/db/queries/treatments'
import { listProtocolInstruments } from '@/lib/domain/instruments/registry'
import { rankMainParameters } from '@/lib/domain/outcomes/main-parameters'
import { nameDose, withDoseNames } from '@/lib/domain/protocol/dose-name'
import { deriveTreatmentOffers, type TreatmentOffer } from '@/lib/domain/protocol/doses'
import { studyDay } from '@/lib/domain/protocol/schedule'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import type { LogSummary } from '@/lib/schemas/log-view'
import type { ParticipantStatus } from '@/lib/schemas/participants'
import type { Ctx } from './context'
import { type DayZero, readDayZero } from './day-zero'
import { type HiddenForm, listHiddenForms } from './double-entry-forms'
import { type History, tellHistory } from './history'
import { summariseLogs } from './logs-read'
import { listMissingBaselines } from './missing-baselines'
import { deriveTrend, type Trend } from './participant-trends'
import { type OpenParticipant, openParticipant } from './participants'
import { listSeenScores } from './seen-scores'
import { type ListedUnscheduled, listUnscheduled } from './unscheduled-list'
import { findOutstandingVisit, type PlacedVisit, placeVisits } from './visit-standings'

/** One parameter's course, with the instrument that it belongs to. */
export interface RecordedTrend extends Trend {
  readonly instrument: string
}

export interface ParticipantRecord extends OpenParticipant {
  readonly status: ParticipantStatus
  /** Real, else planned; null: neither is known. */
  readonly dayZero: DayZero | null
  readonly visits: readonly (PlacedVisit & { readonly studyDay: number | null })[]
  readonly next: PlacedVisit | undefined
  /** By date. */
  readonly unscheduled: readonly ListedUnscheduled[]
  /** Numbers under which the same person was registered too, and which were voided. */
  readonly duplicates: readonly string[]
  /** At most six: what the study's rules are about first. */
  readonly trends: readonly RecordedTrend[]
  /** Forms whose values are not shown, since this person may make their second entry. */
  readonly hidden: readonly HiddenForm[]
  /** Labels of what has no baseline, though the participant was treated and a baseline visit entered. */
  readonly withoutBaseline: readonly string[]
  /** Earliest first; called by the treatment, or by their order to who may not know arms. */
  readonly doses: readonly RecordedDose[]
  /** Null: none recorded. Its arm is null to who may not know it. */
  readonly allocation: ReturnType<typeof findAllocation> | null
  /** Treatments that may come next, or may have been given by the end of treatment; named as the doses are. */
  readonly offers: readonly TreatmentOffer[]
  /** The day after which no dose may be dated; null: doses may be given. */
  readonly treatmentEnd: CalendarDate | null
  /** Who closed the study to changes, when and why; null: it is open. */
  readonly lock: { readonly by: string; readonly since: string; readonly reason: string } | null
  /** What this person may do to this participant now. */
  readonly may: {
    readonly treat: boolean
    readonly planDayZero: boolean
    readonly allocate: boolean
    readonly mend: boolean
    readonly addVisit: boolean
    /** Whoever is registered, enrolled or not. */
    readonly correct: boolean
  }
  /** Every log with its count and latest entries. */
  readonly logs: readonly LogSummary[]
  readonly history: History
}

export type RecordedDose = Pick<ReturnType<typeof listTreatments>[number], 'id' | 'givenOn' | 'location'> & {
  readonly name: string
}

const LATEST = 12

/** More columns do not fit a screen beside the visit itself; each visit's page has them all. */
const MOST_TRENDS = 6

/** Everything on the page of one participant. Who asked for no further use is shown by number: the page draws no more. */
export function readParticipant(ctx: Ctx, code: string, number: string): Result<ParticipantRecord, AppError> {
  const opened = openParticipant(ctx, code, number, 'readParticipants', { alsoRestricted: true })
  if (!opened.ok) return opened
  const { study, participant, protocol, view, today } = opened.value
  const ids = [participant.id]
  const doses = listTreatments(ctx.db, ids)
  const given = doses.map(dose => dose.plan)
  const allocation = findAllocation(ctx.db, participant.id, view) ?? null
  const dayZero = readDayZero(ctx.db, participant, protocol)
  const real = dayZero && !dayZero.planned ? dayZero.date : null
  const visits = placeVisits(
    protocol,
    participant,
    listScheduleWithEntries(ctx.db, ids),
    today,
    listBookings(ctx.db, ids).get(participant.id),
  )
  const trends = readTrends(ctx, opened.value, doses, real)
  const treatmentEnd = readTreatmentEnd(ctx.db, participant)
  const isOpen = participant.outcome === 'enrolled' && study.lockedAt === null && !participant.restricted
  const may = (permission: 'recordTreatment' | 'recordAllocation' | 'mendRecord' | 'enterVisit') =>
    isOpen && openParticipant(ctx, code, number, permission).ok
  return ok({
    ...opened.value,
    status: listStatuses(ctx.db, ids).get(participant.id) ?? 'screening',
    dayZero,
    visits: visits.map(visit => ({ ...visit, studyDay: studyDay(visit.date, real) })),
    next: findOutstandingVisit(visits),
    unscheduled: listUnscheduled(
      ctx,
      opened.value,
      trends.map(({ parameter }) => parameter.code),
      real,
    ),
    duplicates: listDuplicates(ctx.db, participant.id),
    trends,
    hidden: listHiddenForms(ctx, opened.value),
    withoutBaseline: listMissingBaselines(ctx, opened.value, doses, real),
    doses: doses.map(({ id, givenOn, location, plan }) => ({
      ...{ id, givenOn, location },
      name: nameDose(protocol, view, plan, given),
    })),
    allocation,
    offers: deriveTreatmentOffers(
      withDoseNames(protocol, view, given),
      doses.map(dose => ({ treatment: dose.plan, date: dose.givenOn })),
      today,
    ).filter(({ from }) => treatmentEnd === null || from === null || from <= treatmentEnd),
    treatmentEnd,
    lock:
      study.lockedAt === null
        ? null
        : {
            by: findLocker(ctx.db, study.id) ?? 'Somebody',
            since: study.lockedAt,
            reason: study.lockReason ?? '',
          },
    may: {
      treat: may('recordTreatment'),
      planDayZero:
        may('recordTreatment') && protocol.dayZero !== 'enrolment' && (dayZero === null || dayZero.planned),
      allocate:
        may('recordAllocation') && protocol.arms.length > 1 && view.participantArms && allocation === null,
      mend: may('mendRecord'),
      addVisit: may('enterVisit'),
      correct: study.lockedAt === null && openParticipant(ctx, code, number, 'mendRecord').ok,
    },
    logs: summariseLogs(ctx, opened.value),
    history: tellHistory(ctx, opened.value, {}, 1, LATEST),
  })
}

/** The numbers that are followed over time: the first of the study that have any value, in protocol order. */
function readTrends(
  ctx: Ctx,
  opened: OpenParticipant,
  doses: ReturnType<typeof listTreatments>,
  dayZero: CalendarDate | null,
): readonly RecordedTrend[] {
  const { protocol } = opened
  const ranked = rankMainParameters(protocol).map(({ code }) => code)
  const rows = listSeenScores(ctx, opened, ranked)
  const valued = new Set(rows.flatMap(({ parameter, value }) => (value === null ? [] : [parameter])))
  const shown = new Set(ranked.filter(code => valued.has(code)).slice(0, MOST_TRENDS))
  return listProtocolInstruments(protocol).flatMap(instrument =>
    instrument
      .parameters(protocol.settings)
      .filter(({ code }) => shown.has(code))
      .map(parameter => ({
        instrument: instrument.name,
        ...deriveTrend(protocol, parameter, rows, doses, dayZero),
      })),
  )
}
