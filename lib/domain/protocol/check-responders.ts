import { findParameter, listProtocolInstruments } from '@/lib/domain/instruments/registry'
import type { Protocol, ResponderCondition } from '@/lib/domain/protocol/protocol'
import { describeError, type ProtocolError, suggestName } from '@/lib/domain/protocol/protocol-error'

type Study = Pick<Protocol, 'responders' | 'visits' | 'settings'>

/**
 * Refuses responder rules that could never be evaluated: a parameter that no instrument of the visits yields, a
 * profile, a percentage of a parameter whose zero does not mean none, more than 100 %, a visit that is not listed.
 * Every instrument of the visits must be registered (checked before).
 * Errors: one for each finding. Source: clinical.md §3, percent improvement; protocols/README.md, `responders`.
 * Example: `EQ5D3L_INDEX`, at least 30 percent → error at `responders[0].improvement.unit`.
 */
export function checkResponders(study: Study): readonly ProtocolError[] {
  return study.responders.flatMap((rule, index) =>
    checkCondition(study, rule.condition, `responders[${index}]`),
  )
}

function checkCondition(study: Study, condition: ResponderCondition, path: string): ProtocolError[] {
  const visits = checkVisits(study, condition.visits ?? [], path)
  const within = (name: 'all' | 'any', parts: readonly ResponderCondition[]) =>
    parts.flatMap((part, index) => checkCondition(study, part, `${path}.${name}[${index}]`))
  if ('all' in condition) return [...visits, ...within('all', condition.all)]
  if ('any' in condition) return [...visits, ...within('any', condition.any)]
  return [...visits, ...checkParameter(study, condition, path)]
}

function checkVisits(study: Study, visits: readonly string[], path: string): ProtocolError[] {
  const known = study.visits.map(visit => visit.code)
  return visits.flatMap((code, index) =>
    known.includes(code)
      ? []
      : [
          describeError(
            `${path}.visits[${index}]`,
            code,
            `No visit has this code. ${suggestName(code, known)}`,
          ),
        ],
  )
}

function checkParameter(
  study: Study,
  condition: Extract<ResponderCondition, { parameter: string }>,
  path: string,
): ProtocolError[] {
  const { parameter: code, improvement } = condition
  const known = listProtocolInstruments(study).flatMap(instrument => instrument.parameters(study.settings))
  const parameter = known.find(candidate => candidate.code === code)
  if (!parameter) {
    const owner = findParameter(code, study.settings)?.instrument.code
    const names = known.map(candidate => candidate.code)
    const remedy = owner ? `List instrument ${owner} at a visit.` : suggestName(code, names)
    return [describeError(`${path}.parameter`, code, `No visit yields this parameter. ${remedy}`.trim())]
  }
  if (parameter.kind === 'profile') {
    return [describeError(`${path}.parameter`, code, 'A profile has no improvement. Name a score.')]
  }
  if (improvement.unit === 'points') return []
  if (!parameter.zeroMeansNone) {
    const text = `Zero of ${code} does not mean none, so percentages have no meaning. Use points.`
    return [describeError(`${path}.improvement.unit`, improvement.unit, text)]
  }
  const limit = improvement.atLeast ?? improvement.above ?? 0
  if (limit <= 100) return []
  return [describeError(`${path}.improvement`, improvement, 'No one can improve by more than 100 %.')]
}
