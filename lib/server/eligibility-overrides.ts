import type { Tx } from '@/db/client'
import { addAllocation, voidAllocation } from '@/db/commands/allocations'
import { addEligibilityOverride, voidEligibilityOverride } from '@/db/commands/eligibility-overrides'
import { changeParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import {
  findAllocationRow,
  findEnrolledRescreening,
  listOverrides,
  listRecordedOf,
} from '@/db/queries/eligibility-overrides'
import { askAboutIdentifiers, askAboutReason } from '@/lib/domain/checks/identifiers'
import { checkOverride, listUnmetCriteria } from '@/lib/domain/checks/override'
import { checkPlannedDayZero } from '@/lib/domain/checks/registration'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { OverrideEligibilityInput, VoidOverrideInput } from '@/lib/schemas/eligibility-overrides'
import type { Ctx } from './context'
import { confirmed, type OpenParticipant, openParticipant } from './participants'
import { inStudyTransaction } from './transaction'

/**
 * Enrols a screen failure: an investigator says of each unmet criterion why it does not keep the person out. Number,
 * consent and answers stay as they were recorded; in a study with one arm that arm is given, as at registration.
 */
export function overrideEligibility(
  ctx: Ctx,
  input: OverrideEligibilityInput,
): Result<{ number: string }, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'overrideEligibility')
  if (!opened.ok) return opened
  const { participant, protocol, today, write } = opened.value
  const { consentDate, screenedOn } = participant
  if (participant.outcome !== 'screenFailure')
    return refuse(`${participant.number} is no screen failure: there is nothing to override.`)
  if (consentDate === null)
    return refuse(`The consent of ${participant.number} is not in the source, so nobody can be enrolled.`)
  const { userId } = write
  if (userId === null) return refuse('An override is decided by an investigator, signed in by name.')
  const unmet = listUnmetCriteria(protocol, participant.eligibility)
  if (unmet.length === 0) return refuse(`${participant.number} meets every criterion of this version.`)
  const { enrolledOn, reasons, plannedDayZero } = input
  const problems = [
    ...checkOverride({ unmet, reasons, enrolledOn, consentDate, screenedOn, today }),
    ...checkPlannedDayZero(plannedDayZero, consentDate),
  ]
  if (problems.length > 0) return err({ code: 'invalidInput', fields: problems })
  const questions = unmet.flatMap(({ code }) =>
    askAboutIdentifiers(`reasons.${code}`, `the reason for ${code}`, reasons[code] ?? null),
  )
  const open = questions.filter(({ code }) => !input.confirm.includes(code))
  if (open.length > 0) return err({ code: 'unanswered', questions: open })
  const codes = unmet.map(({ code }) => code)
  return inStudyTransaction(ctx, opened.value, tx => {
    const later = findEnrolledRescreening(tx, participant.id)
    if (later !== undefined)
      return refuse(`${participant.number} was screened again and is enrolled as ${later}.`)
    for (const criterion of codes) {
      const reason = reasons[criterion] ?? ''
      const decision = { criterion, reason, decidedBy: userId, decidedOn: today }
      addEligibilityOverride(tx, write, { participantId: participant.id, ...decision })
    }
    const confirmations = { ...participant.confirmations, ...confirmed(questions) }
    const patch = { outcome: 'enrolled' as const, enrolledOn, plannedDayZero, confirmations }
    const reason = `Eligibility override: ${codes.join(', ')}`
    changeParticipant(tx, write, { id: participant.id, version: input.version, patch, reason })
    giveOnlyArm(tx, opened.value, input)
    rederive(tx, opened.value)
    return ok({ number: participant.number })
  })
}

/**
 * Takes an override back with a reason, and the enrolment that followed from it, as long as nothing was recorded since:
 * afterwards the participant leaves as any other does.
 */
export function voidOverride(ctx: Ctx, input: VoidOverrideInput): Result<{ number: string }, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'overrideEligibility')
  if (!opened.ok) return opened
  const { participant, protocol, write } = opened.value
  const { reason } = input
  if (reason === null) return err({ code: 'reasonRequired', fields: ['enrolledOn'] })
  const questions = askAboutReason(reason)
  const open = questions.filter(({ code }) => !input.confirm.includes(code))
  if (open.length > 0) return err({ code: 'unanswered', questions: open })
  return inStudyTransaction(ctx, opened.value, tx => {
    const overrides = listOverrides(tx, [participant.id])
    if (overrides.length === 0) return err({ code: 'notFound', what: 'The override' })
    const recorded = listRecordedOf(tx, participant.id)
    const allocation = findAllocationRow(tx, participant.id)
    const kinds = [
      ...recorded.map(kind => RECORDED[kind]),
      ...(allocation && protocol.arms.length > 1 ? ['an arm'] : []),
    ]
    if (kinds.length > 0) {
      const text = `${participant.number} has ${kinds.join(', ')} recorded. Void that first if it was entered in error; else record under Leaving and return that the participant left.`
      return refuse(text)
    }
    for (const override of overrides) voidEligibilityOverride(tx, write, override, reason)
    if (allocation) voidAllocation(tx, write, allocation, reason)
    const confirmations = { ...participant.confirmations, ...confirmed(questions) }
    const back = { outcome: 'screenFailure' as const, enrolledOn: null }
    const patch = { ...back, confirmations }
    changeParticipant(tx, write, { id: participant.id, version: input.version, patch, reason })
    rederive(tx, opened.value)
    return ok({ number: participant.number })
  })
}

const RECORDED = { visit: 'a visit', dose: 'a dose', logEntry: 'an entry of a log' } as const

function refuse(text: string): Result<never, AppError> {
  return err({ code: 'notPossible', text })
}

/** As registration does. */
function giveOnlyArm(
  tx: Tx,
  { participant, protocol, write }: OpenParticipant,
  { enrolledOn }: OverrideEligibilityInput,
): void {
  const [only, ...others] = protocol.arms
  if (!only || others.length > 0) return
  const allocation = { arm: only.code, allocatedOn: enrolledOn, recordedBy: write.userId }
  addAllocation(tx, write, { participantId: participant.id, ...allocation })
}

function rederive(tx: Tx, { participant, protocol, protocolVersion }: OpenParticipant): void {
  writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
}
