import { listAssessments } from '@/db/queries/assessments'
import { listVisits } from '@/db/queries/visits'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import { deriveEnteredForms } from '@/lib/domain/protocol/entered-forms'
import { studyDay } from '@/lib/domain/protocol/schedule'
import { isUnscheduledCode, planUnscheduledVisit } from '@/lib/domain/protocol/unscheduled'
import { deriveVisitProgress, type VisitState } from '@/lib/domain/protocol/visit-state'
import { type CalendarDate, compareDates } from '@/lib/domain/shared/calendar-date'
import type { Ctx } from './context'
import type { OpenParticipant } from './participants'
import { listSeenScores } from './seen-scores'

/** A visit that the protocol does not plan, as the participant's page lists it. */
export interface ListedUnscheduled {
  readonly code: string
  readonly name: string
  readonly date: CalendarDate | null
  readonly studyDay: number | null
  readonly cause: string | null
  readonly state: VisitState
  /** Parameter → value. */
  readonly values: ReadonlyMap<string, number>
}

/** The unscheduled visits of a participant by date, with the values of these parameters. */
export function listUnscheduled(
  ctx: Ctx,
  opened: OpenParticipant,
  parameters: readonly string[],
  dayZero: CalendarDate | null,
): readonly ListedUnscheduled[] {
  const { participant, protocol } = opened
  const own = listVisits(ctx.db, participant.id).filter(({ code }) => isUnscheduledCode(code))
  if (own.length === 0) return []
  const scores = listSeenScores(ctx, opened, parameters)
  return own
    .map(visit => {
      const plan = planUnscheduledVisit(protocol, visit)
      const entered = deriveEnteredForms(protocol, listAssessments(ctx.db, visit.id))
      const progress = deriveVisitProgress({
        expected: listAskedForms(plan),
        ...entered,
        declaredMissed: visit.missedReason !== null,
      })
      const values = scores.flatMap(({ visit: code, parameter, value }) =>
        code === visit.code && value !== null ? [[parameter, value] as const] : [],
      )
      return {
        code: visit.code,
        name: plan.name,
        date: visit.visitDate,
        studyDay: studyDay(visit.visitDate, dayZero),
        cause: visit.cause,
        state: STATES[progress],
        values: new Map(values),
      }
    })
    .toSorted((a, b) => (a.date && b.date ? compareDates(a.date, b.date) : a.date ? -1 : 1))
}

/** Without a window it is open from its first day and never overdue. */
const STATES = {
  nothingAsked: 'none',
  untouched: 'open',
  partly: 'partly',
  missed: 'missed',
  complete: 'complete',
} as const
