import type { Db, Tx } from '@/db/client'
import { carryFormAlong, setVisitAside } from '@/db/commands/mending'
import { writeSchedule } from '@/db/commands/schedule'
import { moveVisit as moveStored, type VisitPlace } from '@/db/commands/visits'
import { type AssessmentRow, listAssessments } from '@/db/queries/assessments'
import { findVisit, type VisitRow } from '@/db/queries/visits'
import { askAboutReason } from '@/lib/domain/checks/identifiers'
import { isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'
import type { AppError, FieldError, Question } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { MoveVisitInput } from '@/lib/schemas/mending'
import type { Side } from '@/lib/schemas/mending-view'
import type { Ctx } from '../context'
import type { OpenParticipant } from '../participants'
import { inStudyTransaction } from '../transaction'
import {
  type Arrival,
  type ArrivingForm,
  askAboutLanding,
  checkArrival,
  formKeyOf,
  readBefore,
  refuseTaken,
} from './arrival-checks'
import { openArrival, openForMending, openTarget } from './places'
import { describeSide, stampOf } from './sides'
import { refuseStale } from './stale'

export interface Moved {
  readonly number: string
  readonly visit: string
}

/** One visit and where it is to go. */
interface Journey {
  readonly visit: VisitRow
  readonly forms: readonly AssessmentRow[]
  readonly arrival: Arrival
}

/** Both places of a move, with what stands there now. `there`: the visit that is in the way. */
export interface VisitMove {
  readonly from: Arrival
  readonly to: Arrival
  readonly visit: VisitRow
  readonly forms: readonly AssessmentRow[]
  readonly there: VisitRow | undefined
  readonly formsThere: readonly AssessmentRow[]
  readonly sides: readonly [Side, Side]
  readonly version: number
}

/** Finds what is moved and looks at where it goes. */
export function openVisitMove(
  db: Db | Tx,
  people: { readonly from: OpenParticipant; readonly to: OpenParticipant },
  codes: { readonly visit: string; readonly toVisit: string },
): Result<VisitMove, AppError> {
  const visit = findVisit(db, people.from.participant.id, codes.visit)
  if (!visit) return err({ code: 'notFound', what: 'The visit' })
  const forms = listAssessments(db, visit.id)
  const formCodes = [...new Set(forms.map(({ form }) => form))]
  const from = openArrival(db, people.from, people.from, codes.visit, [])
  if (!from.ok) return from
  const to = openArrival(db, people.from, people.to, codes.toVisit, formCodes)
  if (!to.ok) return to
  const { participant, plan } = to.value.entry
  const isUnmoved =
    plan.code === codes.visit || (isUnscheduledCode(plan.code) && isUnscheduledCode(codes.visit))
  if (to.value.isSamePerson && isUnmoved) {
    const text = 'This is where the visit stands already. Choose another participant or visit.'
    return err({ code: 'invalidInput', fields: [{ field: 'toVisit', value: plan.code, text }] })
  }
  const there = findVisit(db, participant.id, plan.code)
  const formsThere = there ? listAssessments(db, there.id) : []
  const sides = [
    describeSide(from.value.entry, visit, forms),
    describeSide(to.value.entry, there, formsThere),
  ] as const
  const version = stampOf([visit], forms, there ? [there] : [], formsThere)
  return ok({ from: from.value, to: to.value, visit, forms, there, formsThere, sides, version })
}

/** What of a move, or of an exchange, is refused. */
export function checkVisitMove(move: VisitMove, exchange: boolean): FieldError[] {
  const { from, to, visit, forms, there, formsThere } = move
  const arriving = checkArrival(to, { visitDate: visit.visitDate, forms })
  if (!exchange) return [...refuseTaken(to.entry, there), ...arriving]
  if (!there || isUnscheduledCode(visit.code) || isUnscheduledCode(there.code)) {
    const text =
      'Only two visits of the protocol that both hold entries are exchanged. An unscheduled one is moved to a place without entries.'
    return [{ field: 'toVisit', value: to.entry.plan.code, text }]
  }
  return [...arriving, ...checkArrival(from, { visitDate: there.visitDate, forms: formsThere })]
}

/** What is to travel, and where to; of an exchange, both. */
function listJourneys(move: VisitMove, exchange: boolean): Journey[] {
  const { visit, forms, to, there, formsThere, from } = move
  const back = exchange && there ? [{ visit: there, forms: formsThere, arrival: from }] : []
  return [{ visit, forms, arrival: to }, ...back]
}

interface Examined {
  readonly journeys: readonly (Journey & {
    readonly arriving: readonly ArrivingForm[]
    readonly confirmations: ReturnType<typeof askAboutLanding>['confirmations']
  })[]
  readonly open: readonly Question[]
  /** A form falls on a dosing day of the new place, and it was not said whether before or after the dose. */
  readonly asksBefore: boolean
}

/** What the checks of entry ask at the new places. */
export function examineVisitMove(
  db: Db | Tx,
  move: VisitMove,
  answers: Pick<MoveVisitInput, 'exchange' | 'before' | 'confirm'>,
): Examined {
  const all = listJourneys(move, answers.exchange)
  const journeys = all.map(journey => {
    const { visitDate } = journey.visit
    const { entry } = journey.arrival
    const arrival = { entry, isSamePerson: move.to.isSamePerson }
    const arriving = readBefore(arrival, { visitDate, forms: journey.forms }, answers.before)
    const alsoComing = all
      .filter(other => other !== journey)
      .filter(other => other.arrival.entry.participant.id === entry.participant.id)
      .map(other => ({ code: other.arrival.entry.plan.code, date: other.visit.visitDate }))
    const leaving = all.map(({ visit }) => visit.id)
    const landing = { entry, visitDate, forms: arriving, leaving, alsoComing }
    const { open, confirmations } = askAboutLanding(db, landing, answers.confirm)
    return { ...journey, arriving, open, confirmations }
  })
  return {
    journeys,
    open: journeys.flatMap(journey => journey.open),
    asksBefore: journeys.some(journey => journey.arriving.some(form => form.asksBefore)),
  }
}

/**
 * Puts a whole visit under the right participant, the right visit, or both; or exchanges two. Forms and scores go along,
 * windows and statuses of both participants are derived again, the checks of entry are run at the new place.
 */
export function moveVisit(ctx: Ctx, input: MoveVisitInput): Result<Moved, AppError> {
  const from = openForMending(ctx, input.study, input.number)
  if (!from.ok) return from
  const to = openTarget(ctx, from.value, input.toNumber)
  if (!to.ok) return to
  return inStudyTransaction(ctx, from.value, tx => {
    const opened = openVisitMove(tx, { from: from.value, to: to.value }, input)
    if (!opened.ok) return opened
    const move = opened.value
    const stale = refuseStale(tx, from.value, input.version, move)
    if (stale) return err(stale)
    const problems = checkVisitMove(move, input.exchange)
    if (problems.length > 0) return err({ code: 'invalidInput', fields: problems })
    const examined = examineVisitMove(tx, move, input)
    if (examined.asksBefore) return err({ code: 'invalidInput', fields: [BEFORE] })
    const about = askAboutReason(input.reason).filter(({ code }) => !input.confirm.includes(code))
    const open = [...examined.open, ...about]
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    carryOut(tx, from.value, move, examined, input)
    const { participant, plan } = move.to.entry
    return ok({ number: participant.number, visit: plan.code })
  })
}

export const BEFORE: FieldError = {
  field: 'before',
  value: '',
  text: 'The new place has a dose on this day. Choose whether the forms were taken before or after it.',
}

function carryOut(
  tx: Tx,
  { write, protocol, protocolVersion }: OpenParticipant,
  move: VisitMove,
  { journeys }: Examined,
  { exchange, reason }: MoveVisitInput,
): void {
  // Two visits cannot stand at one place, so the first waits beside it.
  const first = exchange ? setVisitAside(tx, write, move.visit, reason) : move.visit
  for (const { visit, arrival, arriving, confirmations } of journeys.toReversed()) {
    const row = visit.id === first.id ? first : visit
    const moved = moveStored(tx, write, row, placeOf(arrival, row, reason), reason)
    for (const form of arriving) {
      const own = confirmations[formKeyOf(form.row)] ?? {}
      const { settings } = protocol
      carryFormAlong(tx, write, { form, visit: moved, confirmations: own, settings, reason })
    }
  }
  const people = new Set([move.from, move.to].map(({ entry }) => entry.participant.id))
  for (const participantId of people) writeSchedule(tx, { participantId, protocol, protocolVersion })
}

/** An unscheduled visit keeps its cause; one that becomes unscheduled has the reason of the move. */
function placeOf({ entry }: Arrival, row: VisitRow, reason: string): VisitPlace {
  const { participant, plan } = entry
  const place = { participantId: participant.id, code: plan.code }
  if (!isUnscheduledCode(plan.code)) return { ...place, forms: null, cause: null }
  const forms = [...plan.instruments, ...plan.forms].join(',')
  return { ...place, forms: row.forms ?? forms, cause: row.cause ?? reason }
}
