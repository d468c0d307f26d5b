import { findSubjectOf, type HistoryScope, listAllTreatments, listHistory } from '@/db/queries/history'
import { listSites } from '@/db/queries/studies'
import { studyChain } from '@/db/table-kinds'
import { nameDose } from '@/lib/domain/protocol/dose-name'
import { mayReasonTellArm, mayTellArm } from '@/lib/domain/protocol/masking'
import type { AppError } from '@/lib/domain/shared/errors'
import type { AssessmentId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatDate } from '@/lib/format/dates'
import { compareFields, formatFieldName, formatStoredValue, isTold } from '@/lib/format/history'
import type { Ctx } from './context'
import { listHiddenForms } from './double-entry-forms'
import { describeMove } from './history-moves'
import { nameRecord, summarise, type ToldChange } from './history-summary'
import { mayReadRestricted } from './participant-leaving'
import { type OpenParticipant, openParticipant } from './participants'
import { openStudy } from './studies'

/** One write in plain words, with every value that it changed. */
export interface ToldEntry {
  readonly seq: number
  readonly at: string
  readonly actor: string
  readonly role: string
  readonly summary: string
  readonly reason: string | null
  readonly changes: readonly ToldChange[]
}

export interface History {
  readonly entries: readonly ToldEntry[]
  readonly total: number
  readonly pageSize: number
}

export interface HistoryQuery {
  readonly study: string
  readonly number: string
  readonly visit?: string | undefined
  readonly form?: string | undefined
  readonly field?: string | undefined
  /** From 1. */
  readonly page?: number | undefined
  readonly pageSize?: number | undefined
}

const PAGE_SIZE = 50

/**
 * The history of one participant, newest first; by visit, form or field where asked; of a number that was voided too.
 * `locked`: the study is.
 */
export function readParticipantHistory(
  ctx: Ctx,
  query: HistoryQuery,
): Result<History & { readonly locked: boolean }, AppError> {
  const { study, number } = query
  const opened = openHistory(ctx, study, number, { alsoVoided: true })
  if (!opened.ok) return opened
  const { visit, form, field } = query
  const { page = 1, pageSize = PAGE_SIZE } = query
  const told = tellHistory(ctx, opened.value, { visit, form, field }, page, pageSize)
  return ok({ ...told, locked: opened.value.study.lockedAt !== null })
}

/** The history of one record of a participant, or of one of its values. */
export function readHistory(
  ctx: Ctx,
  query: {
    readonly study: string
    readonly entity: string
    readonly entityId: number
    readonly field?: string | undefined
  },
): Result<History, AppError> {
  const study = openStudy(ctx, query.study, 'readParticipants')
  const subject = study.ok
    ? findSubjectOf(ctx.db, studyChain(query.study), query.entity, query.entityId)
    : undefined
  if (subject === undefined) return err({ code: 'notFound', what: 'The participant' })
  const opened = openHistory(ctx, query.study, subject)
  if (!opened.ok) return opened
  const { entity, entityId, field } = query
  return ok(tellHistory(ctx, opened.value, { entity, entityId, field }, 1, PAGE_SIZE))
}

/** Of who asked for no further use, the history is open only to those who read the audit trail. */
function openHistory(
  ctx: Ctx,
  study: string,
  number: string,
  options: { readonly alsoVoided?: boolean } = {},
): Result<OpenParticipant, AppError> {
  const all = { ...options, alsoRestricted: true }
  const opened = openParticipant(ctx, study, number, 'readParticipants', all)
  const isOpen = opened.ok && (!opened.value.participant.restricted || mayReadRestricted(ctx, opened.value))
  return isOpen ? opened : openParticipant(ctx, study, number, 'readParticipants', options)
}

/**
 * History of a participant who was opened already. Who may not know arms is told that one was recorded, not which and not
 * why, and that a dose was given or changed, not which and not why.
 */
export function tellHistory(
  ctx: Ctx,
  opened: OpenParticipant,
  filter: Omit<HistoryScope, 'chain' | 'subject' | 'except'>,
  page: number,
  pageSize: number,
): History {
  const { study, protocol, participant, view, sites } = opened
  const hidden = new Set(listHiddenForms(ctx, opened).map(({ id }) => id))
  const scope = { chain: studyChain(study.code), subject: participant.number, ...filter }
  const window = { limit: pageSize, offset: (page - 1) * pageSize }
  // A filter by a field that is withheld would tell by what it finds.
  const except = ['allocations', 'treatments'].filter(
    entity => filter.field !== undefined && mayTellArm(view, entity, filter.field),
  )
  const { entries, total } = listHistory(ctx.db, { ...scope, except }, window)
  const doses = listAllTreatments(ctx.db, participant.id)
  const given = doses.filter(dose => dose.voidedAt === null).map(dose => dose.plan)
  const known = new Set(listSites(ctx.db, study.id, sites).map(({ code }) => code))
  const told = entries.map(entry => {
    const isHidden = entry.entity === 'assessments' && hidden.has(entry.entityId as AssessmentId)
    const dose = entry.entity === 'treatments' ? doses.find(({ id }) => id === entry.entityId) : undefined
    const doseText = dose
      ? `${nameDose(protocol, view, dose.plan, given)}, given ${formatDate(dose.givenOn)}`
      : 'a dose'
    const inOrder = compareFields(protocol, entry)
    const changes = Object.entries(entry.changes)
      .filter(([field]) => !mayTellArm(view, entry.entity, field) && !(isHidden && isOfFirstEntry(field)))
      .filter(([field, [old, now]]) => isTold(field, old, now))
      .toSorted(([a], [b]) => inOrder(a, b))
      .map(([field, [old, now]]) => ({
        field,
        label: formatFieldName(protocol, entry, field),
        old: formatStoredValue(protocol, entry, field, old),
        now: formatStoredValue(protocol, entry, field, now),
      }))
    const { seq, at, actor, role } = entry
    const reason = mayReasonTellArm(view, entry.entity) ? null : entry.reason
    const summary = isHidden
      ? `Entered or changed ${nameRecord(protocol, entry, doseText)}: hidden until you have entered it again`
      : entry.act === 'move'
        ? describeMove(entry, participant.number, known, place => nameRecord(protocol, place, doseText))
        : summarise(protocol, entry, changes, doseText)
    return { seq, at, actor, role, reason, changes, summary }
  })
  return { entries: told, total, pageSize }
}

/** Whether a field tells what was answered: a confirmation names the values it is of. */
function isOfFirstEntry(field: string): boolean {
  return /^(answers|notDoneReason|confirmations)(\.|$)/.test(field)
}
