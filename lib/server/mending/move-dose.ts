import type { Db, Tx } from '@/db/client'
import { recordBeforeTreatment } from '@/db/commands/assessments'
import { writeSchedule } from '@/db/commands/schedule'
import { moveTreatment } from '@/db/commands/treatments'
import { findAllocation } from '@/db/queries/allocations'
import { listUnsaidOfDay } from '@/db/queries/assessments'
import { listTreatments } from '@/db/queries/treatments'
import { formatDay } from '@/lib/domain/checks/day-text'
import { askAboutReason } from '@/lib/domain/checks/identifiers'
import { nameDose } from '@/lib/domain/protocol/dose-name'
import type { AppError, FieldError, Question } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { MoveDoseInput } from '@/lib/schemas/mending'
import type { DoseSide } from '@/lib/schemas/mending-view'
import type { Ctx } from '../context'
import { judgeDose } from '../dose-entry'
import { confirmed, type OpenParticipant } from '../participants'
import { inStudyTransaction } from '../transaction'
import { type Dose, describeDoses, refuseStaleDoses } from './dose-sides'
import { openForMending, openTarget } from './places'
import { stampOf } from './sides'

/** A dose, whose it is and whose it is to be, with what stands there now. */
export interface DoseMove {
  readonly from: OpenParticipant
  readonly to: OpenParticipant
  readonly dose: Dose
  /** The doses that stay, of either. */
  readonly staying: readonly Dose[]
  /** Forms of the new participant of that day, of which nobody said whether they were taken before the dose. */
  readonly unsaid: ReturnType<typeof listUnsaidOfDay>
  readonly sides: readonly [DoseSide, DoseSide]
  readonly version: number
}

/** Where the dose stands now: its number among the doses of the participant. */
export interface MovedDose {
  readonly number: string
  readonly dose: number
}

/** Finds the dose that is moved and looks at whose it shall be. */
export function openDoseMove(
  db: Db | Tx,
  { from, to }: { readonly from: OpenParticipant; readonly to: OpenParticipant },
  id: number,
): Result<DoseMove, AppError> {
  const own = listTreatments(db, [from.participant.id])
  const dose = own.find(one => one.id === id)
  if (!dose) return err({ code: 'notFound', what: 'The dose' })
  const { participant } = to
  if (participant.id === from.participant.id) {
    const text = 'This is where the dose stands already. Choose another participant.'
    return err({ code: 'invalidInput', fields: [{ field: 'toNumber', value: participant.number, text }] })
  }
  const there = listTreatments(db, [participant.id])
  const unsaid = listUnsaidOfDay(db, participant.id, dose.givenOn)
  return ok({
    from,
    to,
    dose,
    staying: [...own.filter(one => one.id !== id), ...there],
    unsaid,
    sides: [describeDoses(db, from), describeDoses(db, to)],
    version: stampOf(own, there, unsaid, [participant]),
  })
}

/** What of the move is refused: a dose that counts from this one, and what would be refused if it were recorded there. */
export function checkDoseMove(db: Db | Tx, { from, to, dose, staying }: DoseMove): FieldError[] {
  const { participant, protocol, view } = to
  const { number } = participant
  const at = (text: string): FieldError => ({ field: 'toNumber', value: number, text })
  const own = staying.filter(one => one.participantId === from.participant.id)
  const later = own.find(one => one.givenOn > dose.givenOn)
  const problems: FieldError[] = []
  if (later) {
    const given = [...own, dose].toSorted((a, b) => (a.givenOn < b.givenOn ? -1 : 1)).map(one => one.plan)
    const name = nameDose(protocol, view, later.plan, given)
    problems.push(
      at(`${name} of ${from.participant.number} counts from this dose. Move or void that record first.`),
    )
  }
  if (participant.consentDate === null)
    return [...problems, at(`The consent of ${number} is not in the source, so that it can have no dose.`)]
  if (view.participantArms && protocol.arms.length > 1 && !findAllocation(db, participant.id, view))
    problems.push(at(`${number} has no arm yet. Record the arm on the participant’s page first.`))
  const judged = judgeDose(db, to, dose, null)
  return [...problems, ...judged.problems.map(({ text }) => at(`${number}: ${text}`))]
}

/** What the checks of a dose ask where it is to stand. What was confirmed elsewhere was confirmed of other surroundings. */
export function askAboutDoseMove(db: Db | Tx, { to, dose }: DoseMove): readonly Question[] {
  const { questions } = judgeDose(db, to, dose, null)
  return questions.map(question => ({
    ...question,
    fields: [],
    text: `${to.participant.number}. ${question.text}`,
  }))
}

/**
 * Puts a dose under the participant who was given it. The checks of a dose are run again there, day zero and windows of
 * both are derived again, no entered visit moves; forms of that day there are said to be before or after it.
 */
export function moveDose(ctx: Ctx, input: MoveDoseInput): Result<MovedDose, AppError> {
  const from = openForMending(ctx, input.study, input.number)
  if (!from.ok) return from
  const to = openTarget(ctx, from.value, input.toNumber)
  if (!to.ok) return to
  const { write, protocol, protocolVersion } = from.value
  return inStudyTransaction(ctx, from.value, tx => {
    const opened = openDoseMove(tx, { from: from.value, to: to.value }, input.treatmentId)
    if (!opened.ok) return opened
    const move = opened.value
    const stale = refuseStaleDoses(tx, from.value, input.version, move)
    if (stale) return err(stale)
    const problems = checkDoseMove(tx, move)
    if (problems.length > 0) return err({ code: 'invalidInput', fields: problems })
    if (move.unsaid.length > 0 && input.before === '')
      return err({ code: 'invalidInput', fields: [askBefore(move)] })
    const { reason } = input
    const asked = [...askAboutDoseMove(tx, move), ...askAboutReason(reason)]
    const open = asked.filter(({ code }) => !input.confirm.includes(code))
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    const { dose } = move
    const { participant } = to.value
    const confirmations = { ...dose.confirmations, ...confirmed(asked) }
    moveTreatment(tx, write, dose, { participantId: participant.id, confirmations, reason })
    for (const form of move.unsaid) recordBeforeTreatment(tx, write, form, input.before === 'yes', reason)
    for (const participantId of [dose.participantId, participant.id])
      writeSchedule(tx, { participantId, protocol, protocolVersion })
    const position = listTreatments(tx, [participant.id]).findIndex(({ id }) => id === dose.id)
    return ok({ number: participant.number, dose: position + 1 })
  })
}

function askBefore({ to, dose }: DoseMove): FieldError {
  const text = `${to.participant.number} has forms of ${formatDay(dose.givenOn)}. Choose whether they were taken before or after the dose.`
  return { field: 'before', value: '', text }
}
