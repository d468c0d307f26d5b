import type { WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import { recordBeforeTreatment } from '@/db/commands/assessments'
import { writeSchedule } from '@/db/commands/schedule'
import { addTreatment, changeTreatment, voidTreatment as voidStored } from '@/db/commands/treatments'
import { findAllocation } from '@/db/queries/allocations'
import { findTreatment, listTreatments } from '@/db/queries/treatments'
import { formatDay } from '@/lib/domain/checks/day-text'
import { askAboutReason } from '@/lib/domain/checks/identifiers'
import { nameDose } from '@/lib/domain/protocol/dose-name'
import type { AppError } from '@/lib/domain/shared/errors'
import type { TreatmentId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type {
  CorrectTreatmentInput,
  RecordTreatmentInput,
  VoidTreatmentInput,
} from '@/lib/schemas/treatments'
import type { Ctx } from './context'
import { describeConflict, diffDose } from './dose-conflict'
import { findDoseByNumber, type ReadDose, readDose } from './dose-entry'
import { findMeantPlan, readConfirmed, withoutPlanCode } from './masked-dose'
import { confirmed, notEnrolled, openParticipant } from './participants'
import { inStudyTransaction } from './transaction'

/**
 * Records a dose that was given, named by its treatment, or by its number by who may not know arms. The first makes the day zero real: windows are derived again and no entered visit
 * moves. A later one moves nothing; given early or without its condition it is asked about first. Of forms dated that day
 * it must be said whether they were taken before the dose; the answer is stored with them in the same transaction.
 */
export function recordTreatment(ctx: Ctx, input: RecordTreatmentInput): Result<{ number: string }, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'recordTreatment')
  if (!opened.ok) return opened
  const { participant, protocol, protocolVersion, view, write } = opened.value
  if (participant.outcome !== 'enrolled') return err(notEnrolled(participant))
  if (participant.consentDate === null) {
    const text = `The consent of ${participant.number} is not in the source, so no treatment can be recorded.`
    return err({ code: 'notPossible', text })
  }
  return inStudyTransaction(ctx, opened.value, tx => {
    // Who may not know arms cannot record one: theirs is held elsewhere and may come after the dose.
    if (view.participantArms && protocol.arms.length > 1 && !findAllocation(tx, participant.id, view)) {
      const text = `${participant.number} has no arm yet. Record the arm on the participant’s page first.`
      return err({ code: 'notPossible', text })
    }
    const given = listTreatments(tx, [participant.id]).map(dose => dose.plan)
    const plan = findMeantPlan(protocol, view, given, input.plan)
    if (plan === undefined) return err({ code: 'notFound', what: 'The dose' })
    const confirm = [...readConfirmed(view, input.confirm, input.plan, plan)]
    const read = readDose(tx, opened.value, { ...input, plan, confirm }, null)
    if (!read.ok) return err(withoutPlanCode(view, read.error, input.plan, plan))
    const { values, confirmations } = read.value
    addTreatment(tx, write, { participantId: participant.id, plan, ...values, confirmations })
    tellFormsOfDay(tx, write, read.value)
    writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
    return ok({ number: participant.number })
  })
}

/**
 * Corrects a recorded dose, named by its number, with a reason where a stored value changes. Its day is judged as a new one among the other
 * doses; windows follow, entered visits do not move. Refused with both values where somebody else changed it meanwhile.
 */
export function correctTreatment(
  ctx: Ctx,
  input: CorrectTreatmentInput,
): Result<{ number: string }, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'recordTreatment')
  if (!opened.ok) return opened
  const { participant, protocol, protocolVersion, view, write } = opened.value
  return inStudyTransaction(ctx, opened.value, tx => {
    const stored = findDoseByNumber(listTreatments(tx, [participant.id]), input.plan)
    if (!stored) return err({ code: 'notFound', what: 'The dose' })
    const { plan } = stored
    const confirm = [...readConfirmed(view, input.confirm, input.plan, plan)]
    const read = readDose(tx, opened.value, { ...input, plan, confirm }, stored)
    if (!read.ok) return err(withoutPlanCode(view, read.error, input.plan, plan))
    const differences = diffDose(protocol, read.value, stored)
    if (stored.rowVersion !== input.version && differences.length > 0)
      return err(describeConflict(tx, stored, differences))
    const aboutReason = askAboutReason(input.reason)
    const open = aboutReason.filter(({ code }) => !input.confirm.includes(code))
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    const confirmations = {
      ...stored.confirmations,
      ...read.value.confirmations,
      ...confirmed(aboutReason),
    }
    const patch = { ...read.value.values, confirmations }
    changeTreatment(tx, write, { id: stored.id, version: input.version, patch, reason: input.reason })
    tellFormsOfDay(tx, write, read.value)
    writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
    return ok({ number: participant.number })
  })
}

/** What was said of the forms of the dosing day is stored with each. */
function tellFormsOfDay(tx: Tx, write: WriteContext, { sameDay, before, values }: ReadDose): void {
  if (before === undefined) return
  const reason = `Answered when the dose of ${formatDay(values.givenOn)} was recorded`
  for (const form of sameDay) recordBeforeTreatment(tx, write, form, before, reason)
}

/** Takes back a dose that was entered in error, with a reason; the schedule follows. Later doses go first. */
export function voidTreatment(ctx: Ctx, input: VoidTreatmentInput): Result<{ number: string }, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'mendRecord')
  if (!opened.ok) return opened
  const { participant, protocol, protocolVersion, view, write } = opened.value
  const id = input.treatmentId as TreatmentId
  return inStudyTransaction(ctx, opened.value, tx => {
    const treatment = findTreatment(tx, participant.id, id)
    if (!treatment) return err({ code: 'notFound', what: 'The dose' })
    const doses = listTreatments(tx, [participant.id])
    const later = doses.find(dose => dose.givenOn > treatment.givenOn)
    if (later) {
      const given = doses.map(dose => dose.plan)
      const name = nameDose(protocol, view, later.plan, given)
      return err({ code: 'notPossible', text: `${name} counts from this dose. Void that record first.` })
    }
    const { reason, version } = input
    if (reason === null) return err({ code: 'reasonRequired', fields: ['givenOn'] })
    const questions = askAboutReason(reason)
    const open = questions.filter(question => !input.confirm.includes(question.code))
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    const confirmations =
      questions.length > 0 ? { ...treatment.confirmations, ...confirmed(questions) } : null
    voidStored(tx, write, { id, version, reason, confirmations })
    writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
    return ok({ number: participant.number })
  })
}
