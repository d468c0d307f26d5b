import type { Instrument, Parameter } from '@/lib/domain/instruments/instrument'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/** A parameter of the result, with the visits (codes, in protocol order) at which the protocol asks for it. */
export interface ReportedParameter {
  readonly parameter: Parameter
  readonly visits: readonly string[]
}

/**
 * Which parameters a study's results report: those of its instruments, in order of first appearance in the protocol
 * (visit, then instrument, then the instrument's own order). An instrument that the registry does not know is left out,
 * a comparison with baseline is not asked for at the baseline visits. Source: interfaces.md, `summary --json`.
 * Example: `deriveReportedParameters(protocol, findInstrument).map(({ parameter }) => parameter.code)` →
 * `['NPRS_AVG', 'ODI']`.
 */
export function deriveReportedParameters(
  protocol: Protocol,
  findInstrument: (code: string) => Instrument | undefined,
): ReportedParameter[] {
  const found = new Map<string, { parameter: Parameter; visits: string[] }>()
  for (const visit of protocol.visits) {
    for (const code of new Set(visit.instruments)) {
      const instrument = findInstrument(code)
      if (!instrument) continue
      for (const parameter of instrument.parameters(protocol.settings)) {
        if (parameter.comparesWithBaseline && protocol.baseline.visits.includes(visit.code)) continue
        const known = found.get(parameter.code)
        if (known) known.visits.push(visit.code)
        else found.set(parameter.code, { parameter, visits: [visit.code] })
      }
    }
  }
  return [...found.values()]
}
