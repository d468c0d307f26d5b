import type { Tx } from '@/db/client'
import { addLogEntry, changeLogEntry } from '@/db/commands/logs'
import { findLogEntry, type LogEntryRow } from '@/db/queries/logs'
import { askAboutReason } from '@/lib/domain/checks/identifiers'
import { listUnconfirmed } from '@/lib/domain/checks/soft'
import { formatRawAnswers } from '@/lib/domain/instruments/form-definition'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { parseFormAnswers } from '@/lib/domain/instruments/parse-form'
import type { RawAnswers } from '@/lib/domain/instruments/raw-answers'
import { askLogEntry, checkLogEntry, listLacking } from '@/lib/domain/logs/judge-entry'
import type { LogFacts } from '@/lib/domain/logs/log'
import type { AppError, FieldError, Question } from '@/lib/domain/shared/errors'
import type { LogEntryId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { SaveLogEntryInput } from '@/lib/schemas/logs'
import type { Ctx } from './context'
import { type LogRights, type OpenLog, openLog, readLogRights, refuseLocked } from './log-access'
import { afterLogWrite } from './log-effects'
import { readLogFacts } from './log-facts'
import { diffEntry, isSettled } from './logs-conflict'
import { confirmed } from './participants'
import { inStudyTransaction } from './transaction'
import { describeConflict } from './visit-conflict'

/** Name that the page has for the answers of an entry among its fields. */
export const ANSWERS = 'answers'

export interface SavedLogEntry {
  readonly number: string
  /** The log's part of the address. */
  readonly log: string
  readonly id: LogEntryId
}

/**
 * Makes or changes one entry of a participant's log. In order: hard checks refuse with every field's error, a change by
 * somebody else is shown, soft checks ask, a changed stored value wants a reason, then the entry is written and what
 * follows from it is derived. Fields that somebody else judges stay as they are stored, whatever was posted.
 */
export function saveLogEntry(ctx: Ctx, input: SaveLogEntryInput): Result<SavedLogEntry, AppError> {
  const opened = openLog(ctx, input, 'readParticipants')
  if (!opened.ok) return opened
  const rights = readLogRights(ctx, opened.value)
  if (!rights.ok) return rights
  if (input.entry === 'new' && !rights.value.mayAdd) return err({ code: 'notAllowed', act: 'enter a log' })
  const refused = refuseLocked(opened.value)
  if (refused) return err(refused)
  return inStudyTransaction(ctx, opened.value, tx => saveIn(tx, opened.value, rights.value, input))
}

function saveIn(
  tx: Tx,
  opened: OpenLog,
  rights: LogRights,
  input: SaveLogEntryInput,
): Result<SavedLogEntry, AppError> {
  const { participant, log, protocol, plan } = opened
  const place = { participantId: participant.id, log: log.code }
  const stored = input.entry === 'new' ? undefined : findLogEntry(tx, place, input.entry as LogEntryId)
  if (input.entry !== 'new' && !stored) return err({ code: 'notFound', what: 'The entry' })
  if (stored && stored.voidedAt !== null)
    return err({ code: 'voided', what: 'The entry', reason: stored.voidReason ?? '' })
  const typed = mergeTyped(opened, rights, input, stored)
  const parsed = parseFormAnswers(plan, typed)
  if (!parsed.ok) {
    const fields = [...parsed.error, ...listAlsoLacking(opened, rights, typed, parsed.error)]
    return err({ code: 'invalidInput', fields: fields.map(named) })
  }
  const answers = parsed.value
  const differences = diffEntry(plan, answers, stored?.answers ?? {}, protocol.settings)
  if (stored && differences.length === 0)
    return ok({ number: participant.number, log: log.path, id: stored.id })
  const facts = readLogFacts(tx, opened, log, stored?.id ?? null)
  // What lies in somebody else's fields, since a dose or a consent was recorded after the entry, keeps nobody from judging.
  const problems = checkLogEntry(log, answers, facts, rights.mine).filter(({ field }) =>
    rights.mine.has(field),
  )
  if (problems.length > 0) return err({ code: 'invalidInput', fields: problems.map(named) })
  if (stored && !isSettled(input, stored, differences))
    return err(describeConflict(tx, [{ name: 'entry', row: stored, fields: differences }]))
  const asked = askAbout(opened, answers, facts, stored, input)
  if (asked.open.length > 0) return err({ code: 'unanswered', questions: asked.open })
  const { confirmations } = asked
  const codes = differences.map(({ field }) => field.slice(ANSWERS.length + 1))
  const { write } = rights.grantFor(stored ? codes : [])
  const saved = stored
    ? changeLogEntry(tx, write, stored, { answers, confirmations }, input.reason)
    : addLogEntry(tx, write, { ...place, answers, confirmations })
  afterLogWrite(tx, log.code, { ...opened, write })
  return ok({ number: participant.number, log: log.path, id: saved.id })
}

/** What was typed into the person's own fields; the others, and those of which the stored value was chosen, as stored. */
function mergeTyped(
  { fields }: OpenLog,
  { mine }: LogRights,
  input: SaveLogEntryInput,
  stored: LogEntryRow | undefined,
): RawAnswers {
  const kept = formatRawAnswers(stored?.answers ?? {})
  const merged: Record<string, readonly string[]> = {}
  for (const { code } of fields) {
    const isMine = mine.has(code) && input.picks[`${ANSWERS}.${code}`] !== 'stored'
    const source = isMine ? input.answers : kept
    for (const name of [code, `${code}.missing`]) {
      const texts = source[name]
      if (texts) merged[name] = texts
    }
  }
  return merged
}

/** Required fields that are blank beside those that could not be read, so that both are told at once. */
function listAlsoLacking(
  { plan }: OpenLog,
  { mine }: LogRights,
  typed: RawAnswers,
  unread: readonly FieldError[],
): readonly FieldError[] {
  const isUnread = (name: string) => unread.some(({ field }) => field === name.split('.')[0])
  const rest = parseFormAnswers(
    plan,
    Object.fromEntries(Object.entries(typed).filter(([name]) => !isUnread(name))),
  )
  if (!rest.ok) return []
  return listLacking(plan, rest.value, mine).filter(({ field }) => !isUnread(field))
}

/** Names a problem or question after the controls of the page. */
function named(problem: FieldError): FieldError {
  return { ...problem, field: `${ANSWERS}.${problem.field}` }
}

interface Asked {
  readonly open: readonly Question[]
  /** What is stored with the entry: earlier confirmations and those just given. */
  readonly confirmations: LogEntryRow['confirmations']
}

/** What the soft checks ask of these answers, beyond what was confirmed of the same values before. */
export function askAbout(
  { log }: Pick<OpenLog, 'log'>,
  answers: Answers,
  facts: LogFacts,
  stored: Pick<LogEntryRow, 'confirmations'> | undefined,
  given: { readonly confirm: readonly string[]; readonly reason: string | null },
): Asked {
  const questions = askLogEntry(log, answers, facts)
  const earlier = Object.entries(stored?.confirmations ?? {}).flatMap(([key, how]) =>
    how === 'asMarked' ? key : [],
  )
  const unconfirmed = listUnconfirmed(questions, [...earlier, ...given.confirm])
  const aboutReason = askAboutReason(given.reason)
  const open = [
    ...unconfirmed.map(({ key, fields, text }) => ({
      code: key,
      fields: fields.map(field => `${ANSWERS}.${field}`),
      text,
    })),
    ...aboutReason.filter(({ code }) => !given.confirm.includes(code)),
  ]
  const marked = questions.filter(({ key }) => given.confirm.includes(key))
  const confirmations = {
    ...stored?.confirmations,
    ...Object.fromEntries(marked.map(({ key }) => [key, 'asMarked' as const])),
    ...confirmed(aboutReason),
  }
  return { open, confirmations }
}
