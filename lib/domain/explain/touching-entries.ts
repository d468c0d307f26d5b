import type { Explanation } from '@/lib/domain/explain/explanation'
import { findParameter } from '@/lib/domain/instruments/registry'
import type { KnownEntry } from '@/lib/domain/knowledge/known-changes'
import { type AnalysisView, DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'

/** Whether a write of a participant's record can have touched the rows behind a number. */
export type TouchesNumber = (entry: KnownEntry) => boolean

/** Records of a participant on which sets, arms, doses, windows and events stand. */
const OF_PERSON: ReadonlySet<string> = new Set(['participants', 'allocations', 'treatments'])
/** Logs of which intercurrent events and rules that ask for no intervention are made. */
const OF_EVENTS = 'interventions'
/** Morphine equivalents are computed from the record of medication. */
const BY_MEDICATION: Readonly<Record<string, string>> = { analgesics: 'medications' }

/**
 * Which writes can have touched a number: of its forms at its visits and at the baseline visits (where the last
 * value is carried forward, at every earlier visit), of those visits themselves, of doses, allocation,
 * registration and interventions. Second entries and other logs touch none.
 * Example: pain at M12 → an assessment `nprs` at M12 or BL, a visit M12; not an `odi` at M12, not an `nprs` at M3.
 */
export function makeTouchesNumber(
  explanation: Explanation,
  protocol: Protocol,
  view: AnalysisView = DEFAULT_ANALYSIS_VIEW,
): TouchesNumber {
  const parts = explanation.participants.flatMap(({ outcomes }) => outcomes.flatMap(each => each.parts))
  const parameters = new Set([explanation.parameter, ...parts.map(({ condition }) => condition.parameter)])
  const forms = new Set(
    [...parameters].flatMap(code => findParameter(code, protocol.settings)?.instrument.code ?? []),
  )
  const logs = new Set([OF_EVENTS, ...[...forms].flatMap(form => BY_MEDICATION[form] ?? [])])
  const visits = new Set<string | null>([
    explanation.visit,
    ...protocol.baseline.visits,
    ...parts.flatMap(({ value }) => value?.visit ?? []),
  ])
  if (view.missingData === 'locf') for (const visit of listEarlier(protocol, visits)) visits.add(visit)
  const isBehind = (visit: string | null) =>
    visits.has(visit) || (view.missingData === 'locf' && visit !== null && isUnscheduledCode(visit))
  const isAt = ({ visit, movedFrom }: KnownEntry) =>
    isBehind(visit) || (movedFrom !== null && isBehind(movedFrom.visit))
  return entry => {
    if (OF_PERSON.has(entry.entity)) return true
    if (entry.entity === 'log_entries') return logs.has(entry.form ?? '')
    if (entry.entity === 'visits') return isAt(entry)
    return entry.entity === 'assessments' && forms.has(entry.form ?? '') && isAt(entry)
  }
}

/** Visits up to the last of those given, in protocol order. */
function listEarlier({ visits }: Protocol, given: ReadonlySet<string | null>): readonly string[] {
  const codes = visits.map(visit => visit.code)
  return codes.slice(0, codes.findLastIndex(code => given.has(code)) + 1)
}
