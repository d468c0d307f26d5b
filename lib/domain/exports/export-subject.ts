import type {
  ExportDose,
  ExportForm,
  ExportLogEntry,
  ExportRecord,
  ExportScore,
  ExportVisit,
} from '@/lib/domain/exports/export-record'
import type { ExportScope } from '@/lib/domain/exports/export-scope'
import { textOf } from '@/lib/domain/logs/answer-values'
import { deriveAnalysisSet } from '@/lib/domain/outcomes/analysis-set'
import type { CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import { applyDataCut } from '@/lib/domain/outcomes/data-cut'
import { isUnscheduledCode, unscheduledNumber } from '@/lib/domain/protocol/unscheduled'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'
import { compareText } from '@/lib/domain/shared/compare-text'

/** One participant as all files of an export show them: at the data cut, in order. */
export interface ExportSubject {
  readonly participant: CohortParticipant
  readonly details: ExportRecord['details']
  readonly inAnalysisSet: boolean
  /** The arm as it may be shown. */
  readonly arm: string | null
  readonly schedule: ReadonlyMap<string, ExportRecord['schedule'][number]>
  readonly visits: ReadonlyMap<string, ExportVisit>
  /** Place of each visit: in the protocol, from 1; unscheduled ones after those, by date. */
  readonly visitOrder: ReadonlyMap<string, number>
  readonly doses: readonly ExportDose[]
  readonly scores: readonly ExportScore[]
  readonly forms: readonly ExportForm[]
  /** Whatever the data cut: what of an entry lies after it is a matter of its fields. */
  readonly logs: readonly ExportLogEntry[]
  /** The first study procedure, harvest or dose; null: none by the data cut. */
  readonly firstProcedure: CalendarDate | null
}

/**
 * A participant at the data cut: what is dated after it is not there yet, what has no date is kept. Null where the
 * participant was first seen after it. Scores are ordered by visit, parameter, location, laterality and repeat, texts
 * by code units. Source: clinical.md §3, data cut.
 * Example: a score of 2024-03-02 is not in an export cut at 2024-03-01.
 */
export function deriveExportSubject(record: ExportRecord, scope: ExportScope): ExportSubject | null {
  const { dataCut, protocol } = scope
  const { details, participant } = record
  const firstSeen = [details.screenedOn, details.consentDate, participant.enrolledOn]
    .filter(date => date !== null)
    .sort()[0]
  if (firstSeen !== undefined && firstSeen > dataCut) return null
  const cut = applyDataCut(
    { participants: [participant], schedule: [], scores: [], missedVisits: [] },
    dataCut,
    protocol.dayZero,
  ).participants[0]
  if (!cut) throw new Error('a data cut keeps every participant')
  const upTo = (date: CalendarDate | null) => date === null || date <= dataCut
  const visits = record.visits.filter(visit => upTo(visit.date))
  const visitOrder = orderVisits(scope, visits)
  const order = (visit: string) => visitOrder.get(visit) ?? Number.MAX_SAFE_INTEGER
  return {
    participant: cut,
    details: {
      ...details,
      screenedOn: upTo(details.screenedOn) ? details.screenedOn : null,
      consentDate: upTo(details.consentDate) ? details.consentDate : null,
      overrides: details.overrides.filter(({ decidedOn }) => upTo(decidedOn)),
    },
    inAnalysisSet: deriveAnalysisSet(protocol, [cut]).members.length > 0,
    arm: scope.armsShown ? cut.arm : null,
    schedule: new Map(record.schedule.map(scheduled => [scheduled.visit, scheduled])),
    visits: new Map(visits.map(visit => [visit.visit, visit])),
    visitOrder,
    doses: record.doses.filter(dose => upTo(dose.date)),
    scores: record.scores
      .filter(score => upTo(score.date))
      .sort(
        (a, b) =>
          order(a.visit) - order(b.visit) || compareText(a.parameter, b.parameter) || comparePlaces(a, b),
      ),
    forms: record.forms
      .filter(form => upTo(form.date))
      .sort((a, b) => order(a.visit) - order(b.visit) || compareText(a.form, b.form) || comparePlaces(a, b)),
    logs: record.logs,
    firstProcedure: firstProcedureOf(record, dataCut),
  }
}

function firstProcedureOf({ logs, doses }: ExportRecord, dataCut: CalendarDate): CalendarDate | null {
  const harvests = logs.flatMap(({ log, answers }) =>
    log === 'harvests' ? (parseCalendarDate(textOf(answers, 'HARVEST_DATE') ?? '') ?? []) : [],
  )
  const days = [...harvests, ...doses.flatMap(({ date }) => date ?? [])]
  return days.filter(day => day <= dataCut).sort()[0] ?? null
}

/** What has no date comes last, then by number. */
function orderVisits(scope: ExportScope, visits: readonly ExportVisit[]): ReadonlyMap<string, number> {
  const unscheduled = visits
    .filter(({ visit }) => isUnscheduledCode(visit))
    .sort(
      (a, b) =>
        compareText(a.date ?? '9999', b.date ?? '9999') ||
        unscheduledNumber(a.visit) - unscheduledNumber(b.visit),
    )
  if (unscheduled.length === 0) return scope.visitOrder
  const last = scope.visitOrder.size
  return new Map([
    ...scope.visitOrder,
    ...unscheduled.map(({ visit }, index) => [visit, last + index + 1] as const),
  ])
}

interface Place {
  readonly location: string | null
  readonly laterality: string | null
  readonly repeat: number
}

function comparePlaces(a: Place, b: Place): number {
  return (
    compareText(a.location ?? '', b.location ?? '') ||
    compareText(a.laterality ?? '', b.laterality ?? '') ||
    a.repeat - b.repeat
  )
}
