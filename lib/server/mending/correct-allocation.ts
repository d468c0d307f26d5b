import { changeAllocation } from '@/db/commands/allocations'
import { writeSchedule } from '@/db/commands/schedule'
import { findAllocation } from '@/db/queries/allocations'
import { askAboutReason } from '@/lib/domain/checks/identifiers'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { CorrectAllocationInput } from '@/lib/schemas/corrections'
import { checkAllocation } from '../allocations'
import type { Ctx } from '../context'
import { inStudyTransaction } from '../transaction'
import { openForMending } from './places'
import { withLabels } from './stale'

/**
 * Corrects an arm, or its date, that was recorded wrongly. Who may not know arms may not correct one. Where day zero is
 * randomisation the schedule follows.
 */
export function correctAllocation(
  ctx: Ctx,
  input: CorrectAllocationInput,
): Result<{ number: string }, AppError> {
  const opened = openForMending(ctx, input.study, input.number, 'recordAllocation')
  if (!opened.ok) return opened
  const { participant, protocol, protocolVersion, view, write } = opened.value
  if (!view.participantArms)
    return err({ code: 'notAllowed', act: 'correct an allocation in a masked study' })
  const { arm, allocatedOn, reason, version } = input
  if (reason === null) return err({ code: 'reasonRequired', fields: ['arm'] })
  const problems = checkAllocation(opened.value, input)
  if (problems.length > 0) return err({ code: 'invalidInput', fields: problems })
  const open = askAboutReason(reason).filter(({ code }) => !input.confirm.includes(code))
  if (open.length > 0) return err({ code: 'unanswered', questions: open })
  const done = inStudyTransaction(ctx, opened.value, tx => {
    const stored = findAllocation(tx, participant.id, view)
    if (!stored || protocol.arms.length < 2) {
      const text = `${participant.number} has no recorded arm that could be corrected.`
      return err({ code: 'notPossible', text })
    }
    changeAllocation(tx, write, { id: stored.id, version, reason }, { arm, allocatedOn })
    writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
    return ok({ number: participant.number })
  })
  return withLabels(done, { arm: 'Arm', allocatedOn: 'Date of allocation' })
}
