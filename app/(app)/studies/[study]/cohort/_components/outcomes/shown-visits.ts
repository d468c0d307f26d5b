import type { Instrument } from '@/lib/domain/instruments/instrument'
import { findParameter } from '@/lib/domain/instruments/registry'
import { deriveReportVisits } from '@/lib/domain/outcomes/report-visits'
import type { ReportedParameter } from '@/lib/domain/outcomes/reported-parameters'
import type { ArmSummary, ParameterSummary, VisitSummary } from '@/lib/domain/outcomes/summary-types'
import { type CohortView, isReached, listParameters, nameVisit } from '../cohort-view'

/** A parameter with its numbers and the lines of its participants. */
export interface ShownParameter {
  readonly summary: ParameterSummary
  readonly reported: ReportedParameter
  /** Place among the parameters of the report. */
  readonly index: number
}

/** A visit that somebody has reached, with its name. */
export interface ShownVisit {
  readonly code: string
  readonly name: string
}

/** The parameters that pass, by instrument, both in the order of the report. */
export function groupByInstrument(
  view: CohortView,
  passes: (parameter: ReportedParameter['parameter']) => boolean,
): readonly (readonly [Instrument, readonly ShownParameter[]])[] {
  const groups = new Map<Instrument, ShownParameter[]>()
  for (const [index, each] of listParameters(view).entries()) {
    if (!passes(each.reported.parameter)) continue
    const instrument = findParameter(each.summary.parameter, view.protocol.settings)?.instrument
    if (!instrument) continue
    const known = groups.get(instrument)
    if (known) known.push({ ...each, index })
    else groups.set(instrument, [{ ...each, index }])
  }
  return [...groups]
}

/** Of a parameter's visits those of baseline and those at about 6 and 12 months that somebody has reached. */
export function listShownVisits(view: CohortView, shown: ShownParameter): ShownVisit[] {
  const later = deriveReportVisits(view.protocol, shown.reported.visits)
  const wanted = new Set([...view.protocol.baseline.visits, ...later])
  return listReachedVisits(view, shown).filter(({ code }) => wanted.has(code))
}

/** As `listShownVisits`, those after baseline alone. */
export function listLaterVisits(view: CohortView, shown: ShownParameter): ShownVisit[] {
  const { baseline } = view.protocol
  return listShownVisits(view, shown).filter(({ code }) => !baseline.visits.includes(code))
}

/** All visits of a parameter that somebody has reached. */
export function listReachedVisits(view: CohortView, { summary, reported }: ShownParameter): ShownVisit[] {
  return reported.visits
    .filter(code => isReached(view, summary.parameter, code))
    .map(code => ({ code, name: nameVisit(view, code) }))
}

/** The numbers of an arm at a visit. */
export function visitOf(arm: ArmSummary, { code }: ShownVisit): VisitSummary | undefined {
  return arm.visits.find(({ visit }) => visit === code)
}

/** Who is counted at a visit: everyone with a value, filled in ones included where the view fills in. */
export function countValues({ n, nImputed }: VisitSummary): number {
  return n + nImputed
}

/** What sets several places apart in results by visit, where the instrument is entered once for each. */
export function describePlaces(instrument: Instrument): string {
  return instrument.repeatedBy === 'location'
    ? `${instrument.name}: where a participant has several places (discs, joints) scored, the one scored at most visits counts throughout.`
    : ''
}
