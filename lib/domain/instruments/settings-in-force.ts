import type { SettingInForce } from '@/lib/domain/instruments/instrument'
import { listProtocolInstruments } from '@/lib/domain/instruments/registry'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/** How one instrument of a study is scored. */
export interface RuleInForce {
  readonly instrument: string
  readonly ruleVersion: string
  readonly settings: readonly SettingInForce[]
}

/** One setting with the instrument and the rule that it belongs to, for a table. */
export interface ListedSetting extends SettingInForce {
  readonly instrument: string
  readonly ruleVersion: string
}

/**
 * The scoring rules of a study with their versions, and the settings under which they work, defaults included; in order
 * of first appearance in the protocol. What travels with every export.
 * Example: EQ-5D-3L in a study → `{ instrument: 'eq5d3l', ruleVersion: 'eq5d-1', settings: [value set] }`.
 */
export function listRulesInForce(protocol: Pick<Protocol, 'visits' | 'settings'>): readonly RuleInForce[] {
  return listProtocolInstruments(protocol).map(instrument => ({
    instrument: instrument.code,
    ruleVersion: instrument.ruleVersion,
    settings: instrument.settingsInForce(protocol.settings),
  }))
}
