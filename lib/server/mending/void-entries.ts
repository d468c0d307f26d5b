import type { Db, Tx } from '@/db/client'
import { voidForm as voidStoredForm, voidVisitWithForms } from '@/db/commands/mending'
import { writeSchedule } from '@/db/commands/schedule'
import { type AssessmentRow, listAssessments } from '@/db/queries/assessments'
import { findVisit, type VisitRow } from '@/db/queries/visits'
import { askAboutReason } from '@/lib/domain/checks/identifiers'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { VoidFormInput, VoidVisitInput } from '@/lib/schemas/mending'
import type { Side } from '@/lib/schemas/mending-view'
import type { Ctx } from '../context'
import type { OpenParticipant } from '../participants'
import { inStudyTransaction } from '../transaction'
import type { Moved } from './move-visit'
import { openArrival, openForMending } from './places'
import { describeSide, stampOf } from './sides'
import { refuseStale } from './stale'

/** A visit, or one form of it, as it stands before it is voided. */
export interface Voidable {
  readonly visit: VisitRow
  readonly forms: readonly AssessmentRow[]
  readonly sides: readonly [Side]
  readonly version: number
}

/** `formId` null: the whole visit. */
export function openVoidable(
  db: Db | Tx,
  from: OpenParticipant,
  address: { readonly visit: string; readonly formId: number | null },
): Result<Voidable, AppError> {
  const visit = findVisit(db, from.participant.id, address.visit)
  if (!visit) return err({ code: 'notFound', what: 'The visit' })
  const all = listAssessments(db, visit.id)
  const forms = address.formId === null ? all : all.filter(({ id }) => id === address.formId)
  if (address.formId !== null && forms.length === 0) return err({ code: 'notFound', what: 'The form' })
  const place = openArrival(db, from, from, address.visit, [])
  if (!place.ok) return place
  const sides = [describeSide(place.value.entry, visit, forms)] as const
  return ok({ visit, forms, sides, version: stampOf([visit], forms) })
}

/** A visit entered in error: it leaves lists, denominators and exports with all its forms, and stays in history. */
export function voidVisit(ctx: Ctx, input: VoidVisitInput): Result<Moved, AppError> {
  return voidEntries(ctx, input, null)
}

/** One form entered in error; the visit stays. */
export function voidForm(ctx: Ctx, input: VoidFormInput): Result<Moved, AppError> {
  return voidEntries(ctx, input, input.formId)
}

function voidEntries(ctx: Ctx, input: VoidVisitInput, formId: number | null): Result<Moved, AppError> {
  const from = openForMending(ctx, input.study, input.number)
  if (!from.ok) return from
  const { participant, protocol, protocolVersion, write } = from.value
  return inStudyTransaction(ctx, from.value, tx => {
    const opened = openVoidable(tx, from.value, { visit: input.visit, formId })
    if (!opened.ok) return opened
    const { visit, forms } = opened.value
    const stale = refuseStale(tx, from.value, input.version, opened.value)
    if (stale) return err(stale)
    const open = askAboutReason(input.reason).filter(({ code }) => !input.confirm.includes(code))
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    if (formId === null) voidVisitWithForms(tx, write, visit, input.reason)
    else for (const form of forms) voidStoredForm(tx, write, form, input.reason)
    writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
    return ok({ number: participant.number, visit: visit.code })
  })
}
