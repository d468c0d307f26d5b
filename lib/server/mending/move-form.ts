import type { Db, Tx } from '@/db/client'
import { moveForm as moveStored } from '@/db/commands/mending'
import { writeSchedule } from '@/db/commands/schedule'
import { beginUnscheduledVisit, openVisit } from '@/db/commands/visits'
import { type AssessmentRow, findAssessment, listAssessments } from '@/db/queries/assessments'
import { findVisit, type VisitRow } from '@/db/queries/visits'
import { askAboutReason } from '@/lib/domain/checks/identifiers'
import { isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'
import type { AppError, FieldError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { MoveFormInput } from '@/lib/schemas/mending'
import type { Side } from '@/lib/schemas/mending-view'
import type { Ctx } from '../context'
import type { OpenParticipant } from '../participants'
import { inStudyTransaction } from '../transaction'
import { type Arrival, askAboutLanding, checkArrival, formKeyOf, readBefore } from './arrival-checks'
import { BEFORE, type Moved } from './move-visit'
import { openArrival, openForMending, openTarget } from './places'
import { describeSide, stampOf } from './sides'
import { refuseStale } from './stale'

/** One form, where it stands and where it is to go. */
export interface FormMove {
  readonly to: Arrival
  readonly visit: VisitRow
  readonly form: AssessmentRow
  readonly there: VisitRow | undefined
  readonly sides: readonly [Side, Side]
  readonly version: number
}

/** Finds the form that is moved and looks at where it goes. */
export function openFormMove(
  db: Db | Tx,
  people: { readonly from: OpenParticipant; readonly to: OpenParticipant },
  address: { readonly visit: string; readonly formId: number; readonly toVisit: string },
): Result<FormMove, AppError> {
  const visit = findVisit(db, people.from.participant.id, address.visit)
  const rows = visit ? listAssessments(db, visit.id) : []
  const form = rows.find(({ id }) => id === address.formId)
  if (!visit || !form) return err({ code: 'notFound', what: 'The form' })
  const from = openArrival(db, people.from, people.from, address.visit, [])
  if (!from.ok) return from
  const to = openArrival(db, people.from, people.to, address.toVisit, [form.form])
  if (!to.ok) return to
  const { participant, plan } = to.value.entry
  const there = findVisit(db, participant.id, plan.code)
  if (there?.id === visit.id) {
    const text = 'This is where the form stands already. Choose another participant or visit.'
    return err({ code: 'invalidInput', fields: [{ field: 'toVisit', value: plan.code, text }] })
  }
  const formsThere = there ? listAssessments(db, there.id) : []
  const sides = [
    describeSide(from.value.entry, visit, [form]),
    describeSide(to.value.entry, there, formsThere),
  ] as const
  const version = stampOf([visit], [form], there ? [there] : [], formsThere)
  return ok({ to: to.value, visit, form, there, sides, version })
}

/** What of the move is refused: the place is taken, or the form cannot be of that day or visit. */
export function checkFormMove(db: Db | Tx, { to, form, there, visit }: FormMove): FieldError[] {
  const { plan, participant } = to.entry
  const refused = checkArrival(to, { visitDate: form.assessmentDate ?? visit.visitDate, forms: [form] })
  if (there?.missedReason)
    refused.push({
      field: 'toVisit',
      value: plan.code,
      text: `${plan.name} of ${participant.number} is recorded as missed. Take that back first.`,
    })
  const taken = there && findAssessment(db, { ...form, visitId: there.id })
  if (!taken) return refused
  const text = `${plan.name} of ${participant.number} holds this form already. Void that form first, or move it to its right place.`
  return [{ field: 'toVisit', value: plan.code, text }, ...refused]
}

/** What the checks of entry ask of the form at its new place. */
export function examineFormMove(
  db: Db | Tx,
  { to, form, visit, there }: FormMove,
  answers: Pick<MoveFormInput, 'before' | 'confirm'>,
) {
  const visitDate = visit.visitDate
  const arriving = readBefore(to, { visitDate, forms: [form] }, answers.before)
  const landing = {
    entry: to.entry,
    visitDate: there ? there.visitDate : (form.assessmentDate ?? visitDate),
    forms: arriving,
    leaving: [],
    alsoComing: [],
  }
  const asked = askAboutLanding(db, landing, answers.confirm)
  return { ...asked, arriving, asksBefore: arriving.some(one => one.asksBefore) }
}

/**
 * Puts one form under the right visit or participant; that visit is begun on the form's day where it was not. The visit
 * that the form leaves stays. Scores and both schedules follow.
 */
export function moveForm(ctx: Ctx, input: MoveFormInput): Result<Moved, AppError> {
  const from = openForMending(ctx, input.study, input.number)
  if (!from.ok) return from
  const to = openTarget(ctx, from.value, input.toNumber)
  if (!to.ok) return to
  const { write, protocol, protocolVersion } = from.value
  return inStudyTransaction(ctx, from.value, tx => {
    const opened = openFormMove(tx, { from: from.value, to: to.value }, input)
    if (!opened.ok) return opened
    const move = opened.value
    const stale = refuseStale(tx, from.value, input.version, move)
    if (stale) return err(stale)
    const problems = checkFormMove(tx, move)
    if (problems.length > 0) return err({ code: 'invalidInput', fields: problems })
    const examined = examineFormMove(tx, move, input)
    if (examined.asksBefore) return err({ code: 'invalidInput', fields: [BEFORE] })
    const about = askAboutReason(input.reason).filter(({ code }) => !input.confirm.includes(code))
    const open = [...examined.open, ...about]
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    const { participant, plan } = move.to.entry
    const visit = move.there ?? beginThere(tx, from.value, move, input.reason)
    for (const form of examined.arriving) {
      const confirmations = examined.confirmations[formKeyOf(form.row)] ?? {}
      moveStored(tx, write, { form, visit, confirmations, settings: protocol.settings, reason: input.reason })
    }
    for (const participantId of new Set([from.value.participant.id, participant.id]))
      writeSchedule(tx, { participantId, protocol, protocolVersion })
    return ok({ number: participant.number, visit: plan.code })
  })
}

/** The visit that the form comes to, begun on its day. */
function beginThere(tx: Tx, { write }: OpenParticipant, move: FormMove, reason: string): VisitRow {
  const { participant, plan } = move.to.entry
  const key = { participantId: participant.id, code: plan.code }
  const visitDate = move.form.assessmentDate ?? move.visit.visitDate
  if (!isUnscheduledCode(plan.code)) return openVisit(tx, write, { ...key, visitDate })
  return beginUnscheduledVisit(tx, write, {
    ...key,
    visitDate,
    cause: reason,
    forms: [move.form.form],
    confirmations: {},
  })
}
