import { changeVisit, declareMissed, NOT_MISSED } from '@/db/commands/visits'
import { listAssessments } from '@/db/queries/assessments'
import { findVisit } from '@/db/queries/visits'
import { askAboutIdentifiers, askAboutReason } from '@/lib/domain/checks/identifiers'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatMissedVisit } from '@/lib/format/reasons'
import type { MissedVisitInput, TakeBackMissedInput } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { confirmed } from './participants'
import { inStudyTransaction } from './transaction'
import { openVisitEntry, refuseEntry, writeStanding } from './visit-entry'
import type { SavedVisit } from './visits'

/**
 * Records that a visit will not take place, for a reason of the list, which is counted, and a note, which is not.
 * Refused once something was entered for it; a note that seems to identify the participant is asked about.
 */
export function declareVisitMissed(ctx: Ctx, input: MissedVisitInput): Result<SavedVisit, AppError> {
  const opened = openVisitEntry(ctx, input, 'enterVisit')
  if (!opened.ok) return opened
  const entry = opened.value
  const refused = refuseEntry(entry)
  if (refused) return err(refused)
  const { participant, plan, write } = entry
  const { reason, note, expectedVersion } = input
  const questions = askAboutIdentifiers('note', 'the note', note)
  const open = questions.filter(({ code }) => !input.confirm.includes(code))
  if (open.length > 0) return err({ code: 'unanswered', questions: open })
  return inStudyTransaction(ctx, entry, tx => {
    const visit = findVisit(tx, participant.id, plan.code)
    const isBegun = visit && listAssessments(tx, visit.id).some(row => Object.keys(row.answers).length > 0)
    if (isBegun) return err({ code: 'notPossible', text: HAS_ANSWERS })
    const missed = { missedReason: reason, missedNote: note, confirmations: confirmed(questions) }
    const change = { expectedVersion, reason: formatMissedVisit(reason, note) }
    declareMissed(tx, write, { participantId: participant.id, code: plan.code }, missed, change)
    writeStanding(tx, entry)
    return ok({ number: participant.number, visit: plan.code, written: 0 })
  })
}

const HAS_ANSWERS =
  'Not saved. Answers are entered for this visit, so it was not missed. Record single forms as not done.'

/** Takes back that a visit was declared missed. */
export function undoVisitMissed(ctx: Ctx, input: TakeBackMissedInput): Result<SavedVisit, AppError> {
  const opened = openVisitEntry(ctx, input, 'enterVisit')
  if (!opened.ok) return opened
  const entry = opened.value
  const refused = refuseEntry(entry)
  if (refused) return err(refused)
  const { participant, plan, write } = entry
  const questions = askAboutReason(input.reason)
  const open = questions.filter(({ code }) => !input.confirm.includes(code))
  if (open.length > 0) return err({ code: 'unanswered', questions: open })
  return inStudyTransaction(ctx, entry, tx => {
    const visit = findVisit(tx, participant.id, plan.code)
    if (!visit) return err({ code: 'notFound', what: 'The visit' })
    const confirmations = { ...visit.confirmations, ...confirmed(questions) }
    const patch = { ...NOT_MISSED, confirmations }
    changeVisit(tx, write, visit, input.expectedVersion ?? 0, patch, input.reason)
    writeStanding(tx, entry)
    return ok({ number: participant.number, visit: plan.code, written: 0 })
  })
}
