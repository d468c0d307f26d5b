import type { Parameter } from '@/lib/domain/instruments/instrument'
import { listProtocolParameters } from '@/lib/domain/instruments/registry'
import type { Protocol, ResponderCondition } from '@/lib/domain/protocol/protocol'

/**
 * The continuous parameters of a study, those that a reader asks for first in front: what its responder rules are about,
 * then what has an established minimal important change, then the others; within each in protocol order. Categories,
 * profiles and durations are no numbers to follow and are left out. No source: a convention of ours.
 * Example: visits of NPRS, ODI and work, a rule on ODI → `ODI`, `NPRS_AVG`, `NPRS_WORST`, `WORK_HOURS`.
 */
export function rankMainParameters(
  protocol: Pick<Protocol, 'visits' | 'settings' | 'responders'>,
): readonly Parameter[] {
  const asked = new Set(protocol.responders.flatMap(({ condition }) => listConditionParameters(condition)))
  const rank = ({ code, minimalImportantChange }: Parameter) =>
    asked.has(code) ? 0 : minimalImportantChange !== null ? 1 : 2
  return listProtocolParameters(protocol)
    .filter(({ kind }) => kind === 'continuous')
    .toSorted((a, b) => rank(a) - rank(b))
}

function listConditionParameters(condition: ResponderCondition): readonly string[] {
  if ('parameter' in condition) return [condition.parameter]
  return ('all' in condition ? condition.all : condition.any).flatMap(listConditionParameters)
}
