import { ADVERSE_EVENT_FIELDS, GRADES } from '@/lib/domain/logs/adverse-event-fields'
import type { Grade } from '@/lib/domain/safety/safety-event'
import type { EventClass, EventCounts, SafetySummary } from '@/lib/domain/safety/safety-summary'
import { formatDecimal, formatPercent } from '@/lib/format/numbers'
import type { CohortView } from '../cohort-view'
import {
  boundsCell,
  column,
  countCell,
  countOfCell,
  numberCell,
  percentBoundsCell,
  type ReportCell,
  type ReportColumn,
  textCell,
} from '../report-table'

/** A report with its safety section. */
export type SafetyView = CohortView & { readonly summary: { readonly safety: SafetySummary } }

/** The set of the safety section with its size. */
export function nameSafetyCount({ summary: { safety } }: SafetyView): string {
  return `n = ${safety.arms.reduce((sum, arm) => sum + arm.inSet, 0)} ${safety.set}`
}

export const CLASS_LABELS: Readonly<Record<EventClass, string>> = {
  any: 'Any adverse event',
  related: 'Related to procedure or product',
  grade3OrMore: 'Grade 3 or more',
  serious: 'Serious',
  seriousRelated: 'Serious and related',
  fatal: 'Fatal',
}

/** Grades as columns, the worst last; null is not graded. */
export const GRADE_COLUMNS: readonly (Grade | null)[] = [1, 2, 3, 4, 5, null]

/** A grade as the log names it. Example: `nameGrade(2)` → `'2 moderate'`. */
export function nameGrade(grade: Grade | null): string {
  return GRADES.find(({ code }) => code === String(grade))?.label ?? 'not graded'
}

/** The label of a chosen code of the log of adverse events. */
export function nameChoice(field: string, code: string | null, absent: string): string {
  const choices = ADVERSE_EVENT_FIELDS.find(each => each.code === field)?.choices ?? []
  return choices.find(choice => choice.code === code)?.label ?? absent
}

export function armColumns({ summary: { safety } }: SafetyView): ReportColumn[] {
  return safety.arms.length > 1 ? [column('arm', 'Arm', 'text')] : []
}

export function armCells({ summary: { safety } }: SafetyView, arm: string): ReportCell[] {
  return safety.arms.length > 1 ? [textCell(arm)] : []
}

export const COUNT_COLUMNS: readonly ReportColumn[] = [
  column(['participants', 'n'], 'k/n', 'number', 'Participants'),
  column('proportion', '%', 'number', 'Participants'),
  column(['cp_lower', 'cp_upper'], '95% CI', 'number', 'Participants'),
  column('events', 'n', 'number', 'Events'),
  column('events_per_participant_year', 'per participant-year', 'number', 'Events'),
  column(['poisson_lower', 'poisson_upper'], '95% CI', 'number', 'Events'),
]

export function countCells(counts: EventCounts): ReportCell[] {
  return [
    countOfCell(counts.participants, counts.n, undefined),
    numberCell(counts.proportion, counts.proportionReason, formatPercent),
    percentBoundsCell(counts.clopperPearson, counts.clopperPearsonReason),
    countCell(counts.events),
    numberCell(counts.eventsPerParticipantYear, counts.eventsPerParticipantYearReason, rate =>
      formatDecimal(rate, 2),
    ),
    boundsCell(counts.poisson, counts.poissonReason, 2),
  ]
}
