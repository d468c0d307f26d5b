import type { Tx } from '@/db/client'
import { moveLogEntry as moveStored, voidLogEntry as voidStored } from '@/db/commands/logs'
import { findLogEntry, type LogEntryRow } from '@/db/queries/logs'
import { askAboutReason } from '@/lib/domain/checks/identifiers'
import { checkLogEntry } from '@/lib/domain/logs/judge-entry'
import type { AppError } from '@/lib/domain/shared/errors'
import type { LogEntryId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { MoveLogEntryInput, VoidLogEntryInput } from '@/lib/schemas/logs'
import type { Ctx } from './context'
import { type OpenLog, openLog, refuseLocked } from './log-access'
import { afterLogWrite } from './log-effects'
import { readLogFacts } from './log-facts'
import { askAbout, type SavedLogEntry } from './logs'
import { confirmed } from './participants'
import { inStudyTransaction } from './transaction'

/** Takes out an entry that was made in error: it leaves lists, counts and exports and stays in history. */
export function voidLogEntry(ctx: Ctx, input: VoidLogEntryInput): Result<SavedLogEntry, AppError> {
  const opened = openLog(ctx, input, 'mendRecord')
  if (!opened.ok) return opened
  const refused = refuseLocked(opened.value)
  if (refused) return err(refused)
  const { participant, log, write } = opened.value
  return inStudyTransaction(ctx, opened.value, tx => {
    const found = findStanding(tx, opened.value, input.entry)
    if (!found.ok) return found
    const reason = input.reason
    if (reason === null) return err({ code: 'reasonRequired', fields: [] })
    const questions = askAboutReason(reason)
    const open = questions.filter(({ code }) => !input.confirm.includes(code))
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    const stored = found.value
    const confirmations = questions.length > 0 ? { ...stored.confirmations, ...confirmed(questions) } : null
    voidStored(tx, write, stored, { version: input.version, reason, confirmations })
    afterLogWrite(tx, log.code, opened.value)
    return ok({ number: participant.number, log: log.path, id: stored.id })
  })
}

/**
 * Puts an entry under the participant whom it is about. Both have to be at sites where the person may mend records. The
 * checks are run again as if it were entered there; what follows is derived for both.
 */
export function moveLogEntry(ctx: Ctx, input: MoveLogEntryInput): Result<SavedLogEntry, AppError> {
  const from = openLog(ctx, input, 'mendRecord')
  if (!from.ok) return from
  const refused = refuseLocked(from.value)
  if (refused) return err(refused)
  const number = input.to.trim()
  const at = (text: string) =>
    err({ code: 'invalidInput' as const, fields: [{ field: 'to', value: number, text }] })
  if (number === from.value.participant.number) return at(`The entry is already one of ${number}.`)
  const target = openLog(ctx, { ...input, number }, 'mendRecord')
  if (!target.ok)
    return at(`${number} is not a participant of this study at one of your sites. Correct the number.`)
  const to = target.value
  return inStudyTransaction(ctx, from.value, tx => {
    const found = findStanding(tx, from.value, input.entry)
    if (!found.ok) return found
    const stored = found.value
    const { reason } = input
    if (reason === null) return err({ code: 'reasonRequired', fields: [] })
    const facts = readLogFacts(tx, to, to.log, null)
    const [problem] = checkLogEntry(to.log, stored.answers, facts, new Set(Object.keys(stored.answers)))
    if (problem) return at(`The entry does not fit ${number}: ${problem.text}`)
    // What was confirmed at the other participant was confirmed of other surroundings.
    const asked = askAbout(to, stored.answers, facts, undefined, { confirm: input.confirm, reason })
    if (asked.open.length > 0) return err({ code: 'unanswered', questions: asked.open })
    const confirmations = { ...stored.confirmations, ...asked.confirmations }
    moveStored(tx, to.write, stored, to.participant.id, { version: input.version, reason, confirmations })
    afterLogWrite(tx, from.value.log.code, from.value)
    afterLogWrite(tx, to.log.code, to)
    return ok({ number: to.participant.number, log: to.log.path, id: stored.id })
  })
}

/** The entry, as long as it was not voided. */
function findStanding(tx: Tx, { participant, log }: OpenLog, id: number): Result<LogEntryRow, AppError> {
  const place = { participantId: participant.id, log: log.code }
  const stored = findLogEntry(tx, place, id as LogEntryId)
  if (!stored) return err({ code: 'notFound', what: 'The entry' })
  if (stored.voidedAt === null) return ok(stored)
  return err({ code: 'voided', what: 'The entry', reason: stored.voidReason ?? '' })
}
