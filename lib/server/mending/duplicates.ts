import type { Db, Tx } from '@/db/client'
import { voidParticipant as voidStored } from '@/db/commands/mending'
import { findAllocation } from '@/db/queries/allocations'
import { countHoldings, type Holdings } from '@/db/queries/participant-holdings'
import { findParticipant, type ParticipantRow } from '@/db/queries/participants'
import { listVisits } from '@/db/queries/visits'
import { askAboutReason } from '@/lib/domain/checks/identifiers'
import { formatVisitName } from '@/lib/domain/protocol/unscheduled'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError, Question } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { LinkDuplicateInput, VoidParticipantInput } from '@/lib/schemas/mending'
import type { SideDose } from '@/lib/schemas/mending-view'
import type { Ctx } from '../context'
import { type OpenParticipant, openParticipant } from '../participants'
import { inStudyTransaction } from '../transaction'
import { describeDoses } from './dose-sides'
import { openForMending } from './places'
import { stampOf } from './sides'

/** One of two numbers as the page shows it. */
export interface PersonSide {
  readonly participant: ParticipantRow
  readonly visits: readonly { readonly name: string; readonly date: CalendarDate | null }[]
  readonly doses: readonly Pick<SideDose, 'name' | 'date'>[]
  readonly logEntries: number
  /** An arm is recorded; which is told elsewhere, to who may know it. */
  readonly hasArm: boolean
}

export interface DuplicateView extends OpenParticipant {
  readonly duplicate: PersonSide
  /** Null: no number was given yet, or it cannot stay, as `refusal` says. */
  readonly kept: PersonSide | null
  readonly refusal: string | null
  /** Why the duplicate cannot be voided yet; null: nothing stands against it. */
  readonly holds: string | null
  readonly version: number
}

/** Both numbers, side by side. `keptNumber` blank: only the duplicate. */
export function readDuplicate(
  ctx: Ctx,
  query: { readonly study: string; readonly number: string; readonly keptNumber: string },
): Result<DuplicateView, AppError> {
  const opened = openForMending(ctx, query.study, query.number)
  if (!opened.ok) return opened
  const { participant } = opened.value
  const kept = query.keptNumber === '' ? null : openKept(ctx, opened.value, query.keptNumber)
  return ok({
    ...opened.value,
    duplicate: describePerson(ctx.db, opened.value),
    kept: kept?.ok ? describePerson(ctx.db, kept.value) : null,
    refusal: kept && !kept.ok ? textOf(kept.error) : null,
    holds: describeHoldings(participant.number, countHoldings(ctx.db, participant.id)),
    version: stampOf([participant], kept?.ok ? [kept.value.participant] : []),
  })
}

function textOf(error: AppError): string {
  return error.code === 'invalidInput' ? error.fields.map(({ text }) => text).join(' ') : KEPT_ABSENT
}

const KEPT_ABSENT = 'That number was not found, or is not yours to see. Enter a number of your sites.'

/** The number that stays: of the actor's sites, and another. */
function openKept(ctx: Ctx, from: OpenParticipant, number: string): Result<OpenParticipant, AppError> {
  const at = (text: string) =>
    err({ code: 'invalidInput' as const, fields: [{ field: 'keptNumber', value: number, text }] })
  if (number === from.participant.number)
    return at(`${number} is the number that is to be voided. Enter the one that stays.`)
  const kept = openParticipant(ctx, from.study.code, number, 'mendRecord')
  if (kept.ok || kept.error.code !== 'notFound') return kept
  return at(`${number} was not found, or is not yours to see. Enter a number of your sites.`)
}

function describePerson(db: Db | Tx, opened: OpenParticipant): PersonSide {
  const { participant, protocol, view } = opened
  const dated = listVisits(db, participant.id)
  return {
    participant,
    visits: dated.map(({ code, visitDate: date }) => ({ name: formatVisitName(protocol, code), date })),
    doses: describeDoses(db, opened).doses.map(({ name, date }) => ({ name, date })),
    logEntries: countHoldings(db, participant.id).logEntries,
    hasArm: protocol.arms.length > 1 && findAllocation(db, participant.id, view) !== undefined,
  }
}

/** What would be lost, and what to do first. */
function describeHoldings(number: string, held: Holdings): string | null {
  const parts = [
    [held.visits, 'visit', 'visits'],
    [held.doses, 'dose', 'doses'],
    [held.logEntries, 'log entry', 'log entries'],
  ] as const
  const told = parts.flatMap(([n, one, several]) => (n === 0 ? [] : `${n} ${n === 1 ? one : several}`))
  if (told.length === 0) return null
  return `${number} holds entries that would be lost: ${told.join(', ')}. Move them to the number that stays, or void them, first.`
}

/**
 * Two numbers for one person: one is voided and says which stays. It leaves lists, denominators and exports; its history
 * can be read, and the number is never given again. Refused while it holds entries.
 */
export function linkDuplicate(ctx: Ctx, input: LinkDuplicateInput): Result<{ number: string }, AppError> {
  const opened = openForMending(ctx, input.study, input.number)
  if (!opened.ok) return opened
  const kept = openKept(ctx, opened.value, input.keptNumber)
  if (!kept.ok) return kept
  const reason = `Same person as ${input.keptNumber}: ${input.reason}`
  return leave(ctx, opened.value, input, { kept: kept.value.participant, reason })
}

/** A number given in error to nobody: it is voided. Refused while it holds entries. */
export function voidParticipant(ctx: Ctx, input: VoidParticipantInput): Result<{ number: string }, AppError> {
  const opened = openForMending(ctx, input.study, input.number)
  if (!opened.ok) return opened
  return leave(ctx, opened.value, input, { kept: null, reason: input.reason })
}

function leave(
  ctx: Ctx,
  from: OpenParticipant,
  input: VoidParticipantInput,
  { kept, reason }: { readonly kept: ParticipantRow | null; readonly reason: string },
): Result<{ number: string }, AppError> {
  const { study, write, protocol, view } = from
  return inStudyTransaction(ctx, from, tx => {
    const now = findParticipant(tx, study.id, from.participant.number)
    const stays = kept && findParticipant(tx, study.id, kept.number)
    if (!now || (kept && !stays)) return err({ code: 'notFound', what: 'The participant' })
    const version = stampOf([now], stays ? [stays] : [])
    if (version !== input.version) return err(describeStale(version, [now, ...(stays ? [stays] : [])]))
    const holds = describeHoldings(now.number, countHoldings(tx, now.id))
    if (holds !== null) return err({ code: 'notPossible', text: `Not voided. ${holds}` })
    const hasArm = protocol.arms.length > 1 && findAllocation(tx, now.id, view) !== undefined
    const questions = [...(hasArm ? [askAboutArm(now.number)] : []), ...askAboutReason(input.reason)]
    const open = questions.filter(({ code }) => !input.confirm.includes(code))
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    voidStored(tx, write, now, { reason, duplicateOf: stays?.id ?? null })
    return ok({ number: stays?.number ?? now.number })
  })
}

function askAboutArm(number: string): Question {
  const text = `Check: an arm is recorded for ${number}. It leaves the counts with the number, and those who keep the allocation list need to know.`
  return { code: `armOfVoided=${number}`, fields: [], text }
}

function describeStale(storedVersion: number, people: readonly ParticipantRow[]): AppError {
  return {
    code: 'conflict',
    fields: people.map(({ number }) => ({
      field: number,
      label: `Registration of ${number}`,
      yours: 'as this page showed it',
      stored: 'changed',
    })),
    storedVersion,
    changedBy: 'Somebody',
    changedAt: '',
  }
}
