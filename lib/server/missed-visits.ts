import type { Tx } from '@/db/client'
import { changeVisit, declareMissed, NOT_MISSED } from '@/db/commands/visits'
import { listAssessments } from '@/db/queries/assessments'
import { findFollowUpEnd } from '@/db/queries/logs'
import { findVisit } from '@/db/queries/visits'
import { formatDay } from '@/lib/domain/checks/day-text'
import { askAboutIdentifiers, askAboutReason } from '@/lib/domain/checks/identifiers'
import { isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'
import { compareDates } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatMissedVisit } from '@/lib/format/reasons'
import type { MissedVisitInput, TakeBackMissedInput } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { confirmed } from './participants'
import { inStudyTransaction } from './transaction'
import { openVisitEntry, refuseEntry, type VisitEntry, writeStanding } from './visit-entry'
import type { SavedVisit } from './visits'

/**
 * Records that a visit will not take place, for a reason of the list, which is counted, and a note, which is not.
 * Refused once something was entered for it, before its window opens, and where it was to take place after follow-up
 * ended; a note that seems to identify the participant is asked about.
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
    const unasked = describeUnasked(tx, entry)
    if (unasked !== null) return err({ code: 'notPossible', text: unasked })
    const missed = { missedReason: reason, missedNote: note, confirmations: confirmed(questions) }
    const change = { expectedVersion, reason: formatMissedVisit(reason, note) }
    declareMissed(tx, write, { participantId: participant.id, code: plan.code }, missed, change)
    writeStanding(tx, entry)
    return ok({ number: participant.number, visit: plan.code, written: 0 })
  })
}

const HAS_ANSWERS =
  'Not saved. Answers are entered for this visit, so it was not missed. Record single forms as not done.'

/** Why nobody could have missed the visit: it is still to come, or was not asked for any more. Null: it could be missed. */
function describeUnasked(tx: Tx, { participant, plan, scheduled, today }: VisitEntry): string | null {
  const opens = scheduled.opensOn
  const awaitsDayZero = opens === null && plan.target.value >= 0 && participant.origin === 'entered'
  const isPlanned = !isUnscheduledCode(plan.code)
  const end = findFollowUpEnd(tx, participant.id)
  if (isPlanned && end !== null && (opens === null ? awaitsDayZero : compareDates(opens, end) > 0)) {
    const would = opens === null ? 'could open' : `would have opened on ${formatDay(opens)}`
    return `Not saved. Follow-up ended on ${formatDay(end)}, before ${plan.name} ${would}: it is not asked for, so nobody missed it.`
  }
  if (isPlanned && awaitsDayZero) {
    return `Not saved. ${plan.name} opens after the first treatment, which has no date yet, so nobody missed it. If the participant has left, record that instead.`
  }
  if (opens === null || compareDates(opens, today) <= 0) return null
  return `Not saved. ${plan.name} opens on ${formatDay(opens)}, so it is not missed yet. If the participant has left, record that instead.`
}

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
