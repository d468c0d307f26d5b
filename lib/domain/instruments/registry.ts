/**
 * Every instrument the product knows, and what a column name or a protocol's list of instruments stands for.
 */
import { adverseEvents } from '@/lib/domain/instruments/adverse-events'
import { analgesics } from '@/lib/domain/instruments/analgesics'
import { dass21 } from '@/lib/domain/instruments/dass21'
import { eq5d3l, eq5d5l } from '@/lib/domain/instruments/eq5d'
import { hads } from '@/lib/domain/instruments/hads'
import type { Instrument, Item, Parameter } from '@/lib/domain/instruments/instrument'
import { mri } from '@/lib/domain/instruments/mri'
import { nprs } from '@/lib/domain/instruments/nprs'
import { odi } from '@/lib/domain/instruments/odi'
import { pgic } from '@/lib/domain/instruments/pgic'
import { promisPi4a } from '@/lib/domain/instruments/promis-pi-4a'
import { rmdq } from '@/lib/domain/instruments/rmdq'
import { satisfaction } from '@/lib/domain/instruments/satisfaction'
import { tolerance } from '@/lib/domain/instruments/tolerance'
import { vas } from '@/lib/domain/instruments/vas'
import { work } from '@/lib/domain/instruments/work'
import { wpai } from '@/lib/domain/instruments/wpai'
import type { Protocol, Settings } from '@/lib/domain/protocol/protocol'

/** All instruments, in the order in which they are listed. */
export const INSTRUMENTS: readonly Instrument[] = [
  nprs,
  odi,
  vas,
  pgic,
  satisfaction,
  work,
  analgesics,
  eq5d3l,
  eq5d5l,
  tolerance,
  mri,
  rmdq,
  dass21,
  hads,
  wpai,
  promisPi4a,
  adverseEvents,
]

/**
 * The instrument of that code, as protocols name it; `undefined` if none. Example:
 * `findInstrument('odi')?.version` → `'2.1a'`.
 */
export function findInstrument(code: string): Instrument | undefined {
  return INSTRUMENTS.find(instrument => instrument.code === code)
}

/**
 * A parameter and its instrument under a study's settings; `undefined` when no instrument yields it.
 * Example: `findParameter('ODI', {})?.parameter.unit` → `'%'`.
 */
export function findParameter(
  code: string,
  settings: Settings,
): { readonly instrument: Instrument; readonly parameter: Parameter } | undefined {
  for (const instrument of INSTRUMENTS) {
    const parameter = instrument.parameters(settings).find(candidate => candidate.code === code)
    if (parameter) return { instrument, parameter }
  }
  return undefined
}

/**
 * What a column of the tidy CSV stands for. `item` is what a value would be entered as (an item, or a total
 * where the study allows one without items); `parameter` what it would be compared with. Both may be set
 * (`NPRS_AVG`); `item` is null where nothing can be entered: a computed score (given beside its items it is
 * compared with them), a reserved name.
 */
export interface ItemOwner {
  readonly instrument: Instrument
  readonly item: Item | null
  readonly parameter: Parameter | null
}

/**
 * The owner of a column name under a study's settings; `undefined` when no instrument has it.
 * Example: `findItemOwner('ODI_03', {})` → instrument `odi`, item *Lifting*, parameter `null`.
 */
export function findItemOwner(code: string, settings: Settings): ItemOwner | undefined {
  for (const instrument of INSTRUMENTS) {
    const total = instrument.total(settings)
    const items = [...instrument.items(settings), ...(total ? [total] : [])]
    const item = items.find(candidate => candidate.code === code) ?? null
    const parameter = instrument.parameters(settings).find(candidate => candidate.code === code) ?? null
    if (item || parameter || instrument.reservedCodes.includes(code)) return { instrument, item, parameter }
  }
  return undefined
}

/**
 * The instruments of a protocol, each once, in order of first appearance over its visits.
 * Throws on a code that is not in the registry: a protocol is refused for that before it is stored.
 * Example: visits with `['nprs', 'odi']` and `['nprs', 'pgic']` → `nprs`, `odi`, `pgic`.
 */
export function listProtocolInstruments(protocol: Pick<Protocol, 'visits'>): readonly Instrument[] {
  const codes = new Set(protocol.visits.flatMap(visit => visit.instruments))
  return [...codes].map(code => {
    const instrument = findInstrument(code)
    if (!instrument) throw new Error(`Instrument ${code} is not in the registry`)
    return instrument
  })
}

/**
 * The parameters that can have values, in order of first appearance over the protocol's visits.
 * Example: visits with `['nprs']` and `['odi', 'nprs']` → `NPRS_AVG`, `NPRS_WORST`, `ODI`.
 */
export function listProtocolParameters(
  protocol: Pick<Protocol, 'visits' | 'settings'>,
): readonly Parameter[] {
  return listProtocolInstruments(protocol).flatMap(instrument => instrument.parameters(protocol.settings))
}
