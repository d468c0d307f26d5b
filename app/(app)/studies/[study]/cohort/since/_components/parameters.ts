import type { Parameter } from '@/lib/domain/instruments/instrument'
import { findInstrument } from '@/lib/domain/instruments/registry'
import { deriveReportedParameters } from '@/lib/domain/outcomes/reported-parameters'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/** The study's parameters by code, for their names and decimals. */
export function mapParameters(protocol: Protocol): ReadonlyMap<string, Parameter> {
  const reported = deriveReportedParameters(protocol, findInstrument)
  return new Map(reported.map(({ parameter }) => [parameter.code, parameter]))
}
