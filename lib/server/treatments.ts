import { recordBeforeTreatment } from '@/db/commands/assessments'
import { writeSchedule } from '@/db/commands/schedule'
import { addTreatment, voidTreatment as voidStored } from '@/db/commands/treatments'
import { findAllocation } from '@/db/queries/allocations'
import { listUnsaidOfDay } from '@/db/queries/assessments'
import { findTreatment, listTreatments } from '@/db/queries/treatments'
import { formatDay } from '@/lib/domain/checks/day-text'
import { askAboutIdentifiers, askAboutReason } from '@/lib/domain/checks/identifiers'
import { askAboutFormsOfDay, askAboutTreatment, checkTreatment } from '@/lib/domain/checks/treatment'
import { findFormDefinition } from '@/lib/domain/instruments/form-definition'
import { nameDose, withDoseNames } from '@/lib/domain/protocol/dose-name'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { AppError } from '@/lib/domain/shared/errors'
import type { TreatmentId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatShortFormName } from '@/lib/format/answers'
import type { RecordTreatmentInput, VoidTreatmentInput } from '@/lib/schemas/treatments'
import type { Ctx } from './context'
import { confirmed, notEnrolled, openParticipant } from './participants'
import { inStudyTransaction } from './transaction'

/**
 * Records a dose that was given. The first makes the day zero real: windows are derived again and no entered visit
 * moves. A later one moves nothing; given early or without its condition it is asked about first. Of forms dated that day
 * it must be said whether they were taken before the dose; the answer is stored with them in the same transaction.
 */
export function recordTreatment(ctx: Ctx, input: RecordTreatmentInput): Result<{ number: string }, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'recordTreatment')
  if (!opened.ok) return opened
  const { participant, protocol, protocolVersion, view, write, today } = opened.value
  if (participant.outcome !== 'enrolled') return err(notEnrolled(participant))
  const { consentDate } = participant
  if (consentDate === null) {
    const text = `The consent of ${participant.number} is not in the source, so no treatment can be recorded.`
    return err({ code: 'notPossible', text })
  }
  return inStudyTransaction(ctx, opened.value, tx => {
    // Who may not know arms cannot record one: theirs is held elsewhere and may come after the dose.
    if (view.participantArms && protocol.arms.length > 1 && !findAllocation(tx, participant.id, view)) {
      const text = `${participant.number} has no arm yet. Record the arm on the participant’s page first.`
      return err({ code: 'notPossible', text })
    }
    const facts = { ...input, given: listTreatments(tx, [participant.id]), consentDate }
    const given = facts.given.map(dose => dose.plan)
    const named = withDoseNames(protocol, view, given)
    const problems = checkTreatment(named, facts, today)
    if (problems.length > 0) return err({ code: 'invalidInput', fields: problems })
    const questions = [
      ...askAboutTreatment(named, facts),
      ...askAboutIdentifiers('location', 'the place', input.location),
    ]
    const { plan, givenOn, location } = input
    const sameDay = listUnsaidOfDay(tx, participant.id, givenOn)
    const before = input.before[givenOn]
    const open = [
      ...questions.filter(question => !input.confirm.includes(question.code)),
      ...(before === undefined ? askAboutFormsOfDay(givenOn, nameForms(protocol, sameDay)) : []),
    ]
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    const hasCondition = protocol.treatments.some(
      ({ code, condition }) => code === plan && condition !== undefined,
    )
    addTreatment(tx, write, {
      participantId: participant.id,
      plan,
      givenOn,
      location,
      conditionMet: hasCondition ? input.conditionMet : null,
      confirmations: confirmed(questions),
    })
    if (before !== undefined) {
      const reason = `Answered when the dose of ${formatDay(givenOn)} was recorded`
      for (const form of sameDay) recordBeforeTreatment(tx, write, form, before, reason)
    }
    writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
    return ok({ number: participant.number })
  })
}

/** Each form once, by its short name. */
function nameForms(protocol: Protocol, forms: readonly { readonly form: string }[]): readonly string[] {
  const codes = [...new Set(forms.map(({ form }) => form))]
  return codes.map(code => {
    const definition = findFormDefinition(protocol, code)
    return definition ? formatShortFormName(definition) : code
  })
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
