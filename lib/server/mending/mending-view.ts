import { listVisits } from '@/db/queries/visits'
import { formatVisitName } from '@/lib/domain/protocol/unscheduled'
import type { AppError, Question } from '@/lib/domain/shared/errors'
import { describeError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { type MendQueryInput, NEW_UNSCHEDULED } from '@/lib/schemas/mending'
import type { DoseSide, Side, VisitReference } from '@/lib/schemas/mending-view'
import type { Ctx } from '../context'
import type { OpenParticipant } from '../participants'
import { describeDoses } from './dose-sides'
import { checkFormMove, examineFormMove, openFormMove } from './move-form'
import { checkVisitMove, examineVisitMove, openVisitMove } from './move-visit'
import { openForMending, openTarget } from './places'
import { listVisitReferences } from './visit-references'
import { openVoidable } from './void-entries'

/** What a page of mending shows of one visit, or of one form of it. */
export interface VisitMending extends OpenParticipant {
  readonly visit: { readonly code: string; readonly name: string }
  readonly side: Side
  /** Of what is voided. */
  readonly version: number
  /** Entries of logs that name the visit; none where only a form of it is mended. */
  readonly references: readonly VisitReference[]
  /** Visits that something may be moved to. */
  readonly visitOptions: readonly { readonly value: string; readonly label: string }[]
  /** Both sides of the move that was asked for; null: none was, or it is not possible as `refusal` says. */
  readonly target: MoveTarget | null
  readonly refusal: string | null
}

export interface MoveTarget {
  readonly to: Side
  readonly version: number
  readonly problems: readonly string[]
  readonly questions: readonly Question[]
  readonly asksBefore: boolean
  /** Offered where both places hold entries, with what is wrong about it. */
  readonly exchange: { readonly problems: readonly string[]; readonly questions: readonly Question[] } | null
}

/** Both sides of a mend, before anything is done. */
export function readVisitMending(
  ctx: Ctx,
  query: MendQueryInput & { readonly study: string; readonly number: string; readonly visit: string },
): Result<VisitMending, AppError> {
  const opened = openForMending(ctx, query.study, query.number)
  if (!opened.ok) return opened
  const from = opened.value
  const voidable = openVoidable(ctx.db, from, { visit: query.visit, formId: query.form })
  if (!voidable.ok) return voidable
  const { protocol } = from
  const isAsked = query.toNumber !== '' && query.toVisit !== ''
  const target = isAsked ? readTarget(ctx, from, query) : null
  return ok({
    ...from,
    visit: { code: query.visit, name: formatVisitName(protocol, query.visit) },
    side: voidable.value.sides[0],
    version: voidable.value.version,
    references: query.form === null ? listVisitReferences(ctx.db, from, query.visit) : [],
    visitOptions: [
      ...protocol.visits.map(({ code, name }) => ({ value: code, label: name })),
      { value: NEW_UNSCHEDULED, label: 'A new unscheduled visit' },
    ],
    target: target?.ok ? target.value : null,
    refusal: target && !target.ok ? describeRefusal(target.error) : null,
  })
}

/** Why a target that was asked for is not shown. */
export function describeRefusal(error: AppError): string {
  return error.code === 'invalidInput' ? error.fields.map(({ text }) => text).join(' ') : describeError(error)
}

function readTarget(
  ctx: Ctx,
  from: OpenParticipant,
  query: MendQueryInput & { readonly visit: string },
): Result<MoveTarget, AppError> {
  const to = openTarget(ctx, from, query.toNumber)
  if (!to.ok) return to
  const people = { from, to: to.value }
  return query.form === null
    ? previewVisit(ctx, people, query)
    : previewForm(ctx, people, { ...query, formId: query.form })
}

const UNANSWERED = { before: '' as const, confirm: [] as string[] }

function previewVisit(
  ctx: Ctx,
  people: Parameters<typeof openVisitMove>[1],
  query: { readonly visit: string; readonly toVisit: string },
): Result<MoveTarget, AppError> {
  const opened = openVisitMove(ctx.db, people, query)
  if (!opened.ok) return opened
  const move = opened.value
  const look = (exchange: boolean) => ({
    problems: checkVisitMove(move, exchange).map(({ text }) => text),
    ...examineVisitMove(ctx.db, move, { ...UNANSWERED, exchange }),
  })
  const asMove = look(false)
  const asExchange = move.there ? look(true) : null
  return ok({
    to: move.sides[1],
    version: move.version,
    problems: asMove.problems,
    questions: asMove.open,
    asksBefore: asMove.asksBefore || asExchange?.asksBefore === true,
    exchange: asExchange && { problems: asExchange.problems, questions: asExchange.open },
  })
}

function previewForm(
  ctx: Ctx,
  people: Parameters<typeof openFormMove>[1],
  query: { readonly visit: string; readonly toVisit: string; readonly formId: number },
): Result<MoveTarget, AppError> {
  const opened = openFormMove(ctx.db, people, query)
  if (!opened.ok) return opened
  const move = opened.value
  const examined = examineFormMove(ctx.db, move, UNANSWERED)
  return ok({
    to: move.sides[1],
    version: move.version,
    problems: checkFormMove(ctx.db, move).map(({ text }) => text),
    questions: examined.open,
    asksBefore: examined.asksBefore,
    exchange: null,
  })
}

/** Everything entered of one participant that can be moved or voided. */
export function readMendable(
  ctx: Ctx,
  study: string,
  number: string,
): Result<OpenParticipant & { readonly sides: readonly Side[] } & Pick<DoseSide, 'doses'>, AppError> {
  const opened = openForMending(ctx, study, number)
  if (!opened.ok) return opened
  const { participant } = opened.value
  const sides: Side[] = []
  for (const { code } of inOrder(opened.value, listVisits(ctx.db, participant.id))) {
    const voidable = openVoidable(ctx.db, opened.value, { visit: code, formId: null })
    if (!voidable.ok) return err(voidable.error)
    sides.push(voidable.value.sides[0])
  }
  const { doses } = describeDoses(ctx.db, opened.value)
  return ok({ ...opened.value, doses, sides })
}

/** Planned visits in the order of the protocol, then the others, as on the participant's page. */
function inOrder<V extends { readonly code: string }>(
  { protocol }: OpenParticipant,
  visits: readonly V[],
): readonly V[] {
  const position = ({ code }: V) => {
    const index = protocol.visits.findIndex(plan => plan.code === code)
    return index < 0 ? protocol.visits.length : index
  }
  return visits.toSorted((a, b) => position(a) - position(b))
}
