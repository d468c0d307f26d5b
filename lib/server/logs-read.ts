import {
  findLogEntry,
  type LogEntryRow,
  listAllLogEntries,
  listLogEntriesWithVoided,
} from '@/db/queries/logs'
import { formatRawAnswers } from '@/lib/domain/instruments/form-definition'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import { consents } from '@/lib/domain/logs/consents'
import { formatPartial } from '@/lib/domain/logs/date-checks'
import type { Log } from '@/lib/domain/logs/log'
import { LOGS } from '@/lib/domain/logs/registry'
import type { FormPlan, Protocol } from '@/lib/domain/protocol/protocol'
import { compareText } from '@/lib/domain/shared/compare-text'
import type { AppError } from '@/lib/domain/shared/errors'
import type { LogEntryId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatAnswer, formatTextValue } from '@/lib/format/answers'
import type { ListedEntry, LogEntryView, LogName, LogSummary, LogView } from '@/lib/schemas/log-view'
import type { Ctx } from './context'
import { type History, tellHistory } from './history'
import { type LogAddress, type OpenLog, openLog, readLogRights } from './log-access'
import type { OpenParticipant } from './participants'
import { authorise } from './policy'

/** One log of a participant. */
export function readLog(ctx: Ctx, address: LogAddress): Result<LogView, AppError> {
  const opened = openLog(ctx, address, 'readParticipants')
  if (!opened.ok) return opened
  const { study, participant, protocol, log } = opened.value
  const rows = listLogEntriesWithVoided(ctx.db, participant.id, log.code).map((row, index) => ({
    row,
    listed: listEntry(log, protocol, row, index + 1),
  }))
  const rights = readLogRights(ctx, opened.value)
  const locked = study.lockedAt !== null
  return ok({
    study: { code: study.code, locked },
    number: participant.number,
    log: nameOf(log),
    entries: sortEntries(
      log,
      rows.filter(({ row }) => row.voidedAt === null),
    ),
    voided: rows
      .filter(({ row }) => row.voidedAt !== null)
      .map(({ row, listed }) => ({ ...listed, reason: row.voidReason ?? '' })),
    mayAdd: rights.ok && rights.value.mayAdd && !locked,
  })
}

/**
 * One entry with its form, or a new one. `preset`: field → value of a new entry, taken where the field is there.
 * Who may not make an entry is refused a new one.
 */
export function readLogEntry(
  ctx: Ctx,
  address: LogAddress & {
    readonly entry: number | 'new'
    readonly preset: Readonly<Record<string, readonly string[]>>
  },
): Result<{ readonly view: LogEntryView; readonly history: History | null }, AppError> {
  const opened = openLog(ctx, address, 'readParticipants')
  if (!opened.ok) return opened
  const { study, participant, log, fields, plan } = opened.value
  const rights = readLogRights(ctx, opened.value)
  if (address.entry === 'new' && !(rights.ok && rights.value.mayAdd))
    return rights.ok ? err({ code: 'notAllowed', act: 'enter a log' }) : rights
  const row =
    address.entry === 'new'
      ? null
      : findLogEntry(ctx.db, { participantId: participant.id, log: log.code }, address.entry as LogEntryId)
  if (row === undefined) return err({ code: 'notFound', what: 'The entry' })
  const locked = study.lockedAt !== null
  const isOpen = !locked && (row === null || row.voidedAt === null)
  const known = new Set(fields.map(({ code }) => code))
  const view: LogEntryView = {
    study: { code: study.code, locked },
    number: participant.number,
    log: nameOf(log),
    plan,
    fields,
    mine: isOpen && rights.ok ? [...rights.value.mine] : [],
    values: row
      ? typedValues(plan, row.answers)
      : Object.fromEntries(Object.entries(address.preset).filter(([code]) => known.has(code))),
    stored: row && {
      ...tellEntry(opened.value, row),
      mayMend: isOpen && mayMend(ctx, opened.value),
    },
  }
  const scope = { entity: 'log_entries', entityId: row?.id ?? 0 }
  return ok({ view, history: row && tellHistory(ctx, opened.value, scope, 1, 50) })
}

const LATEST = 3

/** Every log of a participant who was opened already, in the order of the registry. */
export function summariseLogs(ctx: Ctx, opened: OpenParticipant): readonly LogSummary[] {
  const { study, participant, protocol } = opened
  const rows = listAllLogEntries(ctx.db, participant.id)
  const scope = { studyId: study.id, siteId: participant.siteId }
  const mayAdd = study.lockedAt === null && authorise(ctx, 'enterLog', scope).ok
  return LOGS.map(log => {
    const own = rows.filter(row => row.log === log.code)
    const listed = own.map((row, index) => ({ row, listed: listEntry(log, protocol, row, index + 1) }))
    const first = log.code === consents.code ? listFirstConsent(participant) : []
    return {
      ...nameOf(log),
      count: own.length + first.length,
      latest: [...sortEntries(log, listed), ...first].slice(0, LATEST),
      mayAdd,
    }
  })
}

/** The consent of the registration is the first, and no entry of the log: without it the log would say that there is none. */
function listFirstConsent({ consentVersion, consentDate }: OpenParticipant['participant']): ListedEntry[] {
  if (consentDate === null) return []
  const text = `${consentVersion === null ? 'Consent' : `Consent version ${consentVersion}`}, at registration`
  return [{ id: 0 as LogEntryId, entry: 0, date: formatPartial(consentDate), text }]
}

function nameOf({ path, name, one, note }: Log): LogName {
  return { path, name, one, note }
}

function listEntry(log: Log, protocol: Protocol, row: LogEntryRow, entry: number): ListedEntry {
  const date = textOf(row.answers, log.orderedBy)
  return {
    id: row.id,
    entry,
    date: date === null ? '' : formatPartial(date),
    text: log.describe(row.answers, protocol),
  }
}

function sortEntries(
  log: Log,
  rows: readonly { readonly row: LogEntryRow; readonly listed: ListedEntry }[],
): readonly ListedEntry[] {
  const dayOf = (row: LogEntryRow) => textOf(row.answers, log.orderedBy) ?? ''
  return rows
    .toSorted((a, b) => compareText(dayOf(b.row), dayOf(a.row)) || b.row.id - a.row.id)
    .map(({ listed }) => listed)
}

/** Answers as the controls show them: dates as they are typed. */
function typedValues(plan: FormPlan, answers: Answers): Record<string, readonly string[]> {
  const types = new Map(plan.fields.map(({ code, type }) => [code, type]))
  return Object.fromEntries(
    Object.entries(formatRawAnswers(answers)).map(([name, texts]) => [
      name,
      texts.map(text =>
        types.get(name) === 'boolean' ? yesOrNo(text) : formatTextValue(types.get(name), text),
      ),
    ]),
  )
}

const yesOrNo = (text: string) => (text === 'true' ? 'yes' : 'no')

function tellEntry({ protocol, log, plan }: OpenLog, row: LogEntryRow) {
  const form = { kind: 'plan', plan } as const
  const told = plan.fields.flatMap(({ code, label, unit }) => {
    const text = formatAnswer(form, code, row.answers[code], protocol.settings)
    return text === '' ? [] : [{ label, text: unit ? `${text} ${unit}` : text }]
  })
  return {
    id: row.id,
    version: row.rowVersion,
    text: log.describe(row.answers, protocol),
    told,
    voided: row.voidedAt === null ? null : { at: row.voidedAt, reason: row.voidReason ?? '' },
  }
}

function mayMend(ctx: Ctx, { study, participant }: OpenParticipant): boolean {
  return authorise(ctx, 'mendRecord', { studyId: study.id, siteId: participant.siteId }).ok
}
