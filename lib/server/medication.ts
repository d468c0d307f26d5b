import { listDoseDays } from '@/db/queries/logs'
import { listInterventions } from '@/db/queries/medications'
import { readScheduleFacts } from '@/db/queries/schedule'
import { listTreatments } from '@/db/queries/treatments'
import { analgesics } from '@/lib/domain/instruments/analgesics'
import { deriveCourse } from '@/lib/domain/outcomes/course'
import {
  deriveRescue,
  deriveRescuePerson,
  deriveRescueRule,
  INTERVENTION_LABELS,
  type Intervention,
  type Rescue,
} from '@/lib/domain/outcomes/rescue'
import { deriveDayZero } from '@/lib/domain/protocol/schedule'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import { formatAnalgesicUse } from '@/lib/format/analgesics'
import { formatTextValue } from '@/lib/format/answers'
import { formatDate } from '@/lib/format/dates'
import type { MedicationFacts } from '@/lib/schemas/medication-view'
import type { Ctx } from './context'
import { type OpenParticipant, openParticipant } from './participants'
import { listSeenScores } from './seen-scores'

/** Analgesic use against baseline, and rescues by the protocol's rule, of a participant who was opened already. */
export function deriveMedicationFacts(ctx: Ctx, opened: OpenParticipant): MedicationFacts {
  const { participant, protocol } = opened
  const facts = readScheduleFacts(ctx.db, participant.id, protocol.baseline.visits)
  const dayZero = facts ? deriveDayZero(protocol, facts) : null
  const doses = listDoseDays(ctx.db, participant.id).map(date => ({ date }))
  const imported = participant.origin === 'imported'
  const person = deriveRescuePerson(protocol, { dayZero, imported }, doses)
  const rule = deriveRescueRule(protocol)
  return {
    analgesics: tellAnalgesics(ctx, opened, dayZero),
    interventions: listInterventions(ctx.db, [participant.id]).map(intervention => ({
      text: tellIntervention(intervention),
      rescue: tellRescue(deriveRescue(intervention, rule, person)),
    })),
  }
}

/** As `deriveMedicationFacts`, for a page of its own. */
export function readMedicationFacts(
  ctx: Ctx,
  input: { readonly study: string; readonly number: string },
): Result<MedicationFacts, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'readParticipants')
  return opened.ok ? ok(deriveMedicationFacts(ctx, opened.value)) : opened
}

function tellAnalgesics(
  ctx: Ctx,
  opened: OpenParticipant,
  dayZero: CalendarDate | null,
): MedicationFacts['analgesics'] {
  const { participant, protocol } = opened
  const parameters = analgesics.parameters(protocol.settings)
  const codes = parameters.map(({ code }) => code)
  const scores = listSeenScores(ctx, opened, codes)
  const doses = listTreatments(ctx.db, [participant.id]).map(dose => ({
    treatment: dose.plan,
    date: dose.givenOn,
  }))
  const courses = parameters.map(parameter => {
    const rows = scores.filter(row => row.parameter === parameter.code)
    return { parameter, ...deriveCourse(rows, { dayZero, doses }, protocol.baseline, parameter) }
  })
  return protocol.visits.flatMap(({ code, name }) => {
    const isBaseline = protocol.baseline.visits.includes(code)
    const texts = courses.flatMap(({ parameter, baseline, scores: byVisit }) => {
      const score = byVisit.get(code)
      if (!score) return []
      const { value, missingReason } = score
      return formatAnalgesicUse({ parameter: parameter.code, baseline, value, missingReason, isBaseline })
    })
    return texts.length === 0 ? [] : [{ visit: name, texts }]
  })
}

function tellIntervention({ kind, date }: Intervention): string {
  const day = date === null ? 'date not known' : formatTextValue('partialDate', date)
  return `${INTERVENTION_LABELS[kind]}, ${day}`
}

function tellRescue(rescue: Rescue | 'no'): string {
  if (rescue === 'no') return 'not a rescue'
  if (rescue.day === null) return 'counts as a rescue; from which day is not known'
  return `rescue, counted from ${formatDate(rescue.day)}${rescue.isEstimated ? ' (earliest possible day)' : ''}`
}
