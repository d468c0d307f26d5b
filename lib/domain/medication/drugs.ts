import { findMorphineTable, type MorphineTable } from '@/lib/domain/instruments/morphine-equivalents'
import type { Settings } from '@/lib/domain/protocol/protocol'

/** Strength of an analgesic: 1 non-opioid, 2 weak opioid, 3 strong opioid; higher is stronger. */
export type AnalgesicLevel = 1 | 2 | 3

/**
 * Common analgesics with the level they have where the study says nothing else, after the WHO analgesic ladder. Offered
 * while typing; any other drug is taken as well. Opioids without a morphine factor stand here too, so that they are
 * known as such whatever level is entered.
 */
const COMMON_ANALGESICS: Readonly<Record<string, AnalgesicLevel>> = {
  paracetamol: 1,
  acetaminophen: 1,
  aspirin: 1,
  ibuprofen: 1,
  naproxen: 1,
  diclofenac: 1,
  celecoxib: 1,
  etoricoxib: 1,
  meloxicam: 1,
  metamizole: 1,
  amitriptyline: 1,
  duloxetine: 1,
  gabapentin: 1,
  pregabalin: 1,
  codeine: 2,
  dihydrocodeine: 2,
  tramadol: 2,
  tapentadol: 3,
  hydrocodone: 3,
  hydromorphone: 3,
  methadone: 3,
  morphine: 3,
  oxycodone: 3,
  oxymorphone: 3,
  buprenorphine: 3,
  fentanyl: 3,
  'fentanyl patch': 3,
  pethidine: 3,
}

/**
 * A drug's name as it is compared: without case and needless blanks. Example: `'  Oxycodone '` → `'oxycodone'`.
 */
export function normaliseDrug(drug: string): string {
  return drug.trim().toLowerCase().replace(/\s+/g, ' ')
}

/** Names offered while a drug is typed: those of the study's factor table and common analgesics, in order of the alphabet. */
export function listSuggestedDrugs(settings: Settings): readonly string[] {
  const factors = findMorphineTable(settings.analgesics?.morphineFactors)?.factors ?? {}
  return [...new Set([...Object.keys(COMMON_ANALGESICS), ...Object.keys(factors)])].sort()
}

/**
 * The level that a drug has in a study: as its setting `analgesics.levels` maps it, else as commonly; null: not known.
 * Example: `findLevel('Tramadol', {})` → 2.
 */
export function findLevel(drug: string, settings: Settings): AnalgesicLevel | null {
  const name = normaliseDrug(drug)
  for (const [mapped, level] of Object.entries(settings.analgesics?.levels ?? {})) {
    if (normaliseDrug(mapped) === name) return level
  }
  return Object.hasOwn(COMMON_ANALGESICS, name) ? (COMMON_ANALGESICS[name] ?? null) : null
}

/**
 * Whether one of the words of a name is an opioid, as in a salt, a preparation or a combination. Such a name
 * has no factor of its own, but is no other drug either. Example: `'Paracetamol/codeine'` → true;
 * `'nicotine patch'` → false.
 */
export function namesOpioid(drug: string): boolean {
  const words = normaliseDrug(drug).split(/[^\p{L}]+/u)
  return words.some(word => (findLevel(word, {}) ?? 0) >= 2)
}

/**
 * The name under which a factor table has a drug given in a unit; null: it has none. A patch is known by its rate.
 * Example: `findFactorName('fentanyl', 'µg/h', cdc)` → `'fentanyl patch'`.
 */
export function findFactorName(drug: string, unit: string | null, table: MorphineTable): string | null {
  const name = normaliseDrug(drug)
  if (Object.hasOwn(table.factors, name)) return name
  const patch = `${name} patch`
  return unit === 'µg/h' && Object.hasOwn(table.factors, patch) ? patch : null
}
