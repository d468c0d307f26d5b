import { listScores } from '@/db/queries/participant-scores'
import type { listTreatments } from '@/db/queries/treatments'
import { listProtocolInstruments } from '@/lib/domain/instruments/registry'
import { deriveCourse } from '@/lib/domain/outcomes/course'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Ctx } from './context'
import type { OpenParticipant } from './participants'

/**
 * Labels of what a treated participant has no baseline of, though something was entered at a baseline visit: such a
 * participant counts as a non-responder and in no change, which nobody would notice. Empty before the first dose.
 */
export function listMissingBaselines(
  ctx: Ctx,
  { participant, protocol }: OpenParticipant,
  doses: ReturnType<typeof listTreatments>,
  dayZero: CalendarDate | null,
): readonly string[] {
  if (doses.length === 0) return []
  const parameters = listBaselineParameters(protocol)
  const codes = parameters.map(parameter => parameter.code)
  const rows = listScores(ctx.db, [participant.id], codes)
  if (!rows.some(row => protocol.baseline.visits.includes(row.visit))) return []
  const person = { dayZero, doses: doses.map(dose => ({ treatment: dose.plan, date: dose.givenOn })) }
  return parameters.flatMap(({ code, label }) => {
    const own = rows.filter(row => row.parameter === code)
    return deriveCourse(own, person, protocol.baseline).baseline === null ? [label] : []
  })
}

/** Every parameter with a change that a baseline visit asks for; a comparison with baseline has no baseline itself. */
function listBaselineParameters(protocol: Protocol) {
  const asked = protocol.visits
    .filter(visit => protocol.baseline.visits.includes(visit.code))
    .flatMap(visit => visit.instruments)
  return listProtocolInstruments(protocol)
    .filter(instrument => asked.includes(instrument.code))
    .flatMap(instrument => instrument.parameters(protocol.settings))
    .filter(parameter => parameter.kind !== 'profile' && !parameter.comparesWithBaseline)
}
