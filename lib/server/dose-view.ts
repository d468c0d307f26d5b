import { readTreatmentEnd } from '@/db/queries/schedule'
import { listTreatments } from '@/db/queries/treatments'
import type { LogField } from '@/lib/domain/logs/log'
import { NEXT_DOSE, nameDose, withDoseNames } from '@/lib/domain/protocol/dose-name'
import { deriveTreatmentOffers } from '@/lib/domain/protocol/doses'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { listDoseFields } from '@/lib/domain/treatments/dose-form'
import type { Ctx } from './context'
import { findDoseByNumber } from './dose-entry'
import { type History, tellHistory } from './history'
import { findNextPlan } from './masked-dose'
import { type OpenParticipant, openParticipant } from './participants'

/** All that the page of one dose shows, given or to be recorded. */
export interface DoseView extends OpenParticipant {
  readonly plan: {
    /** By the treatment, or by its order to who may not know arms. */
    readonly name: string
    readonly condition: string | null
    /** First day on which the protocol allows it. */
    readonly from: CalendarDate | null
  }
  /** None where the reader may not know arms: the product would tell. */
  readonly fields: readonly LogField[]
  /** Null: not given. */
  readonly dose: ReturnType<typeof listTreatments>[number] | null
  /** What the form sends for the dose: a number, or the code of the treatment from who may know it. */
  readonly meant: string
  /** The day after which no dose may be dated; null: doses may be given. */
  readonly treatmentEnd: CalendarDate | null
  /** Why it cannot be recorded now; null: it can. */
  readonly closed: string | null
  readonly may: { readonly record: boolean; readonly mend: boolean }
  /** No later dose counts from it. */
  readonly isLast: boolean
  readonly history: History | null
}

/**
 * One dose of one participant: a given one by its number, since a code may tell the arm; one that is still to come by the
 * code of its treatment, or as `next` by who may not know arms. Anything else is not found.
 */
export function readDosePage(
  ctx: Ctx,
  input: { readonly study: string; readonly number: string; readonly dose: string },
): Result<DoseView, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'readParticipants')
  if (!opened.ok) return opened
  const { study, participant, protocol, view, today } = opened.value
  const doses = listTreatments(ctx.db, [participant.id])
  const given = doses.map(one => one.plan)
  const dose = findDoseByNumber(doses, input.dose) ?? null
  const toCome = view.participantArms
    ? input.dose
    : input.dose === NEXT_DOSE
      ? findNextPlan(protocol, given)
      : undefined
  const plan = protocol.treatments.find(
    ({ code }) => code === (dose?.plan ?? toCome) && (dose || !given.includes(code)),
  )
  if (!plan || participant.outcome !== 'enrolled') return err({ code: 'notFound', what: 'The dose' })
  const offers = deriveTreatmentOffers(
    withDoseNames(protocol, view, given),
    doses.map(one => ({ treatment: one.plan, date: one.givenOn })),
    today,
  )
  const offer = offers.find(one => one.treatment.code === plan.code)
  const may = (permission: 'recordTreatment' | 'mendRecord') =>
    study.lockedAt === null && openParticipant(ctx, input.study, input.number, permission).ok
  const [next] = offers
  return ok({
    ...opened.value,
    plan: {
      name: nameDose(protocol, view, plan.code, given),
      condition: plan.condition ?? null,
      from: offer?.from ?? null,
    },
    fields: view.participantArms ? listDoseFields(plan) : [],
    dose,
    meant: view.participantArms || dose ? input.dose : String(given.length + 1),
    treatmentEnd: readTreatmentEnd(ctx.db, participant),
    closed: dose || next?.treatment.code === plan.code ? null : `${next?.treatment.name} is recorded first.`,
    may: { record: may('recordTreatment'), mend: may('mendRecord') },
    isLast: doses.at(-1)?.id === dose?.id,
    history: dose ? tellHistory(ctx, opened.value, { entity: 'treatments', entityId: dose.id }, 1, 50) : null,
  })
}
