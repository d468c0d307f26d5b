import { writeSchedule } from '@/db/commands/schedule'
import { beginUnscheduledVisit } from '@/db/commands/visits'
import { findFollowUpEnd } from '@/db/queries/logs'
import { listCodesEver } from '@/db/queries/visits'
import { studyChain } from '@/db/table-kinds'
import { askAboutIdentifiers } from '@/lib/domain/checks/identifiers'
import { findFormDefinition } from '@/lib/domain/instruments/form-definition'
import { listUnscheduledForms, nextUnscheduledCode } from '@/lib/domain/protocol/unscheduled'
import type { AppError, FieldError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatFormName } from '@/lib/format/answers'
import type { AddUnscheduledVisitInput } from '@/lib/schemas/unscheduled-visits'
import type { Ctx } from './context'
import { checkArrivalDate } from './mending/arrival-checks'
import { confirmed, notEnrolled, type OpenParticipant, openParticipant } from './participants'
import { inStudyTransaction } from './transaction'

export interface UnscheduledForm extends OpenParticipant {
  readonly forms: readonly { readonly value: string; readonly label: string }[]
}

/** What the form for an unscheduled visit offers: every form that the study enters. */
export function readUnscheduledForm(
  ctx: Ctx,
  code: string,
  number: string,
): Result<UnscheduledForm, AppError> {
  const opened = openParticipant(ctx, code, number, 'enterVisit')
  if (!opened.ok) return opened
  const { protocol, participant } = opened.value
  if (participant.outcome !== 'enrolled') return err(notEnrolled(participant))
  const forms = listUnscheduledForms(protocol).flatMap(value => {
    const definition = findFormDefinition(protocol, value)
    return definition ? [{ value, label: formatFormName(definition) }] : []
  })
  return ok({ ...opened.value, forms })
}

/**
 * Begins a visit that the protocol does not plan, under the next free code of the participant. It is then entered as any
 * visit; it has no window, is never due, and enters no result by visit.
 */
export function addUnscheduledVisit(
  ctx: Ctx,
  input: AddUnscheduledVisitInput,
): Result<{ number: string; visit: string }, AppError> {
  const opened = readUnscheduledForm(ctx, input.study, input.number)
  if (!opened.ok) return opened
  const { participant, protocol, protocolVersion, study, write, today, forms } = opened.value
  const unknown = input.forms.filter(code => !forms.some(({ value }) => value === code))
  const problems: FieldError[] = [
    ...checkArrivalDate('visitDate', input.visitDate, {
      ...participant,
      today,
      followUpEnd: findFollowUpEnd(ctx.db, participant.id),
    }),
    ...unknown.map(value => ({
      field: 'forms',
      value,
      text: `${value} is not a form of this study. Open the page again.`,
    })),
  ]
  if (problems.length > 0) return err({ code: 'invalidInput', fields: problems })
  const questions = askAboutIdentifiers('cause', 'the cause', input.cause)
  const open = questions.filter(({ code }) => !input.confirm.includes(code))
  if (open.length > 0) return err({ code: 'unanswered', questions: open })
  return inStudyTransaction(ctx, opened.value, tx => {
    const subject = { chain: studyChain(study.code), number: participant.number }
    const code = nextUnscheduledCode(listCodesEver(tx, subject))
    beginUnscheduledVisit(tx, write, {
      participantId: participant.id,
      code,
      visitDate: input.visitDate,
      cause: input.cause,
      forms: forms.map(({ value }) => value).filter(value => input.forms.includes(value)),
      confirmations: confirmed(questions),
    })
    writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
    return ok({ number: participant.number, visit: code })
  })
}
