import type { Db, Tx } from '@/db/client'
import { findFollowUpEnd } from '@/db/queries/logs'
import { findVisit, listCodesEver, listDoses, listScheduledVisits, type VisitRow } from '@/db/queries/visits'
import { studyChain } from '@/db/table-kinds'
import { nextUnscheduledCode, planUnscheduledVisit } from '@/lib/domain/protocol/unscheduled'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { NEW_UNSCHEDULED } from '@/lib/schemas/mending'
import type { Ctx } from '../context'
import { notEnrolled, type OpenParticipant, openParticipant } from '../participants'
import type { Permission } from '../policy'
import { openUnscheduled } from '../visit-entry'
import type { Arrival } from './arrival-checks'

/** Whose record is mended: found and allowed. A locked study says so before anything is asked. */
export function openForMending(
  ctx: Ctx,
  study: string,
  number: string,
  permission: Permission = 'mendRecord',
): Result<OpenParticipant, AppError> {
  const opened = openParticipant(ctx, study, number, permission)
  if (!opened.ok) return opened
  const { lockedAt, lockReason, code } = opened.value.study
  if (lockedAt === null) return opened
  return err({ code: 'locked', what: `Study ${code}`, since: lockedAt, reason: lockReason ?? '' })
}

/** Whom something is moved to. One who is absent, or of a site that is not the actor's, is told at the field. */
export function openTarget(
  ctx: Ctx,
  from: OpenParticipant,
  number: string,
): Result<OpenParticipant, AppError> {
  if (number === from.participant.number) return ok(from)
  const opened = openParticipant(ctx, from.study.code, number, 'mendRecord')
  if (opened.ok) {
    const { participant } = opened.value
    return participant.outcome === 'enrolled' ? opened : err(notEnrolled(participant))
  }
  if (opened.error.code !== 'notFound') return opened
  const text = `${number} was not found, or is not yours to see. Enter a number of your sites.`
  return err({ code: 'invalidInput', fields: [{ field: 'toNumber', value: number, text }] })
}

/** The place that something shall have. `code` may stand for a new unscheduled visit of these forms. */
export function openArrival(
  db: Db | Tx,
  from: OpenParticipant,
  target: OpenParticipant,
  code: string,
  forms: readonly string[],
): Result<Arrival, AppError> {
  const { participant, protocol, protocolVersion, study } = target
  const schedule = listScheduledVisits(db, participant.id)
  const doses = listDoses(db, participant.id)
  const around = {
    followUpEnd: findFollowUpEnd(db, participant.id),
    isSamePerson: participant.id === from.participant.id,
  }
  const planned = protocol.visits.find(visit => visit.code === code)
  const scheduled = schedule.find(row => row.visit === code)
  if (planned && scheduled)
    return ok({ entry: { ...target, plan: planned, schedule, scheduled, cause: null, doses }, ...around })
  const isNew = code === NEW_UNSCHEDULED
  const subject = { chain: studyChain(study.code), number: participant.number }
  const visit: Pick<VisitRow, 'code' | 'forms' | 'cause'> | undefined = isNew
    ? { code: nextUnscheduledCode(listCodesEver(db, subject)), forms: forms.join(','), cause: null }
    : findVisit(db, participant.id, code)
  if (!visit || planned) {
    const text = `${participant.number} has no visit ${code}. Choose one of the list.`
    return err({ code: 'invalidInput', fields: [{ field: 'toVisit', value: code, text }] })
  }
  const plan = planUnscheduledVisit(protocol, visit)
  const undated = openUnscheduled(participant.id, plan.code, protocolVersion)
  return ok({
    entry: { ...target, plan, schedule, scheduled: undated, cause: visit.cause, doses },
    ...around,
  })
}
