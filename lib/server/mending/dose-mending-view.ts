import { listTreatments } from '@/db/queries/treatments'
import type { AppError, Question } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { DoseSide, SideDose } from '@/lib/schemas/mending-view'
import type { Ctx } from '../context'
import { findDoseByNumber, nameForms } from '../dose-entry'
import type { OpenParticipant } from '../participants'
import { describeDoses } from './dose-sides'
import { describeRefusal } from './mending-view'
import { askAboutDoseMove, checkDoseMove, openDoseMove } from './move-dose'
import { openForMending, openTarget } from './places'

/** What the page of a misplaced dose shows. */
export interface DoseMending extends OpenParticipant {
  readonly dose: SideDose
  readonly side: DoseSide
  /** Both sides of the move that was asked for; null: none was, or it is not possible as `refusal` says. */
  readonly target: DoseTarget | null
  readonly refusal: string | null
}

interface DoseTarget {
  readonly to: DoseSide
  readonly version: number
  readonly problems: readonly string[]
  readonly questions: readonly Question[]
  /** Names of the forms of that day there of which before or after is to be said. */
  readonly unsaid: readonly string[]
}

/** Both sides of the move of a dose, before anything is done. `dose`: its number among the participant's. */
export function readDoseMending(
  ctx: Ctx,
  query: {
    readonly study: string
    readonly number: string
    readonly dose: string
    readonly toNumber: string
  },
): Result<DoseMending, AppError> {
  const opened = openForMending(ctx, query.study, query.number)
  if (!opened.ok) return opened
  const from = opened.value
  const stored = findDoseByNumber(listTreatments(ctx.db, [from.participant.id]), query.dose)
  const side = describeDoses(ctx.db, from)
  const dose = side.doses.find(({ id }) => id === stored?.id)
  if (!dose) return err({ code: 'notFound', what: 'The dose' })
  const target = query.toNumber === '' ? null : readTarget(ctx, from, dose.id, query.toNumber)
  return ok({
    ...from,
    dose,
    side,
    target: target?.ok ? target.value : null,
    refusal: target && !target.ok ? describeRefusal(target.error) : null,
  })
}

function readTarget(
  ctx: Ctx,
  from: OpenParticipant,
  id: number,
  toNumber: string,
): Result<DoseTarget, AppError> {
  const to = openTarget(ctx, from, toNumber)
  if (!to.ok) return to
  const opened = openDoseMove(ctx.db, { from, to: to.value }, id)
  if (!opened.ok) return opened
  const move = opened.value
  const problems = checkDoseMove(ctx.db, move)
  return ok({
    to: move.sides[1],
    version: move.version,
    problems: problems.map(({ text }) => text),
    questions: problems.length > 0 ? [] : askAboutDoseMove(ctx.db, move),
    unsaid: nameForms(from.protocol, move.unsaid),
  })
}
