import { addAllocation } from '@/db/commands/allocations'
import { writeSchedule } from '@/db/commands/schedule'
import { findAllocation } from '@/db/queries/allocations'
import { formatDay } from '@/lib/domain/checks/day-text'
import type { AppError, FieldError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { RecordAllocationInput } from '@/lib/schemas/allocations'
import type { Ctx } from './context'
import { notEnrolled, type OpenParticipant, openParticipant } from './participants'
import { inStudyTransaction } from './transaction'

/** Records the arm that a participant was given elsewhere. Who may not know arms may not record one either. */
export function recordAllocation(
  ctx: Ctx,
  input: RecordAllocationInput,
): Result<{ number: string }, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'recordAllocation')
  if (!opened.ok) return opened
  const { participant, protocol, protocolVersion, view, write } = opened.value
  if (!view.participantArms) return err({ code: 'notAllowed', act: 'record an allocation in a masked study' })
  if (participant.outcome !== 'enrolled') return err(notEnrolled(participant))
  const problems = checkAllocation(opened.value, input)
  if (problems.length > 0) return err({ code: 'invalidInput', fields: problems })
  return inStudyTransaction(ctx, opened.value, tx => {
    if (findAllocation(tx, participant.id, view)) {
      return err({
        code: 'notPossible',
        text: `${participant.number} has an arm already. An allocation is recorded once.`,
      })
    }
    const { arm, allocatedOn } = input
    addAllocation(tx, write, { participantId: participant.id, arm, allocatedOn, recordedBy: write.userId })
    writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
    return ok({ number: participant.number })
  })
}

export function checkAllocation(
  { protocol, participant, today }: OpenParticipant,
  input: RecordAllocationInput,
): readonly FieldError[] {
  const problems: FieldError[] = []
  if (!protocol.arms.some(arm => arm.code === input.arm)) {
    const known = protocol.arms.map(arm => arm.code).join(', ')
    problems.push({
      field: 'arm',
      value: input.arm,
      text: `${input.arm} is not an arm of this protocol (${known}). Choose one.`,
    })
  }
  const day = formatDay(input.allocatedOn)
  if (input.allocatedOn > today) {
    const text = `${day} is after today at the site, ${formatDay(today)}. Correct the date.`
    problems.push({ field: 'allocatedOn', value: input.allocatedOn, text })
  }
  if (participant.consentDate && input.allocatedOn < participant.consentDate) {
    const text = `${day} is before consent on ${formatDay(participant.consentDate)}. Correct the date.`
    problems.push({ field: 'allocatedOn', value: input.allocatedOn, text })
  }
  return problems
}
