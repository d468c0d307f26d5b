import type { Tx } from '@/db/client'
import { writeSchedule } from '@/db/commands/schedule'
import { findVisit, listDoses, listScheduledVisits, type ScheduledVisitRow } from '@/db/queries/visits'
import type { VisitPlan } from '@/lib/domain/protocol/protocol'
import { isUnscheduledCode, planUnscheduledVisit } from '@/lib/domain/protocol/unscheduled'
import type { AppError } from '@/lib/domain/shared/errors'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { describeMovedVisit } from './moved-visit'
import { notEnrolled, type OpenParticipant, openParticipant } from './participants'
import type { Permission } from './policy'

export interface VisitAddress {
  readonly study: string
  readonly number: string
  /** Code of the protocol's visit, or of an unscheduled one. */
  readonly visit: string
}

/** One visit of one participant, found and allowed, with what surrounds it. */
export interface VisitEntry extends OpenParticipant {
  readonly plan: VisitPlan
  readonly schedule: readonly ScheduledVisitRow[]
  readonly scheduled: ScheduledVisitRow
  /** Why an unscheduled visit took place; null: the protocol plans it, or nobody said. */
  readonly cause?: string | null | undefined
  readonly doses: ReturnType<typeof listDoses>
}

/** Finds the visit, or not-found, and authorises, as `openParticipant`. A visit that the protocol does not have for this participant is not found, nor is an unscheduled one that was not begun. */
export function openVisitEntry(
  ctx: Ctx,
  address: VisitAddress,
  permission: Permission,
): Result<VisitEntry, AppError> {
  const opened = openParticipant(ctx, address.study, address.number, permission)
  if (!opened.ok) return opened
  const { participant, protocol } = opened.value
  const schedule = listScheduledVisits(ctx.db, participant.id)
  const found = isUnscheduledCode(address.visit)
    ? findUnscheduled(ctx, opened.value, address.visit)
    : {
        plan: protocol.visits.find(visit => visit.code === address.visit),
        scheduled: schedule.find(row => row.visit === address.visit),
        cause: null,
      }
  const { plan, scheduled, cause } = found
  if (!plan || !scheduled) {
    const moved = describeMovedVisit(ctx.db, opened.value, {
      number: participant.number,
      visit: address.visit,
    })
    return err(
      moved === null ? { code: 'notFound', what: 'The visit' } : { code: 'notPossible', text: moved },
    )
  }
  const doses = listDoses(ctx.db, participant.id)
  return ok({ ...opened.value, plan, schedule, scheduled, cause, doses })
}

/** One that was begun. */
function findUnscheduled(
  ctx: Ctx,
  { participant, protocol, protocolVersion }: OpenParticipant,
  code: string,
): Partial<Pick<VisitEntry, 'plan' | 'scheduled' | 'cause'>> {
  const visit = findVisit(ctx.db, participant.id, code)
  if (!visit) return {}
  return {
    plan: planUnscheduledVisit(protocol, visit),
    scheduled: openUnscheduled(participant.id, code, protocolVersion),
    cause: visit.cause,
  }
}

/** The place in time of an unscheduled visit: neither target nor window. */
export function openUnscheduled(
  participantId: ParticipantId,
  visit: string,
  protocolVersion: string,
): ScheduledVisitRow {
  const undated = { target: null, windowStart: null, windowEnd: null, provisional: false, opensOn: null }
  return { participantId, visit, position: -1, ...undated, progress: 'untouched', protocolVersion }
}

/** Why nothing is entered for this participant, whatever was typed; undefined where entry is open. */
export function refuseEntry({ study, participant }: VisitEntry): AppError | undefined {
  if (study.lockedAt !== null) {
    const reason = study.lockReason ?? ''
    return { code: 'locked', what: `Study ${study.code}`, since: study.lockedAt, reason }
  }
  return participant.outcome === 'enrolled' ? undefined : notEnrolled(participant)
}

/** Windows, progress and status as they follow from what was just written. */
export function writeStanding(tx: Tx, { participant, protocol, protocolVersion }: VisitEntry): void {
  writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
}
