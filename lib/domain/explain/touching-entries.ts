import type { Explanation } from '@/lib/domain/explain/explanation'
import { findParameter } from '@/lib/domain/instruments/registry'
import type { KnownEntry } from '@/lib/domain/knowledge/known-changes'
import { type AnalysisView, DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import { isImputation } from '@/lib/domain/outcomes/imputation'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/** Whether a write of a participant's record can have touched the rows behind a number. */
export type TouchesNumber = (entry: KnownEntry) => boolean

/** Records of a participant on which sets, arms, doses, windows and events stand. */
const OF_PERSON: ReadonlySet<string> = new Set(['participants', 'allocations', 'treatments'])
/** Logs of which intercurrent events and rules that ask for no intervention are made. */
const OF_EVENTS = 'interventions'
/** Morphine equivalents are computed from the record of medication. */
const BY_MEDICATION: Readonly<Record<string, string>> = { analgesics: 'medications' }

/**
 * Which writes can have touched a number: of its forms at its visits and at the baseline visits (where values are filled
 * in, at any visit), of those visits themselves, of doses, allocation,
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
  const isAnyVisit = isImputation(view.missingData)
  const isAt = ({ visit, movedFrom }: KnownEntry) =>
    isAnyVisit || visits.has(visit) || (movedFrom !== null && visits.has(movedFrom.visit))
  return entry => {
    if (OF_PERSON.has(entry.entity)) return true
    if (entry.entity === 'log_entries') return logs.has(entry.form ?? '')
    if (entry.entity === 'visits') return isAt(entry)
    return entry.entity === 'assessments' && forms.has(entry.form ?? '') && isAt(entry)
  }
}
