import type { Score } from '@/lib/domain/shared/missing'

/** Factors from a daily amount of a drug to milligrams of oral morphine. For comparison only, not for dose conversion. */
export interface MorphineTable {
  /** Name and version, as protocols and exports give it. */
  readonly name: string
  readonly source: string
  readonly factors: Readonly<Record<string, { readonly factor: number; readonly unit: OpioidUnit }>>
}

/** Milligrams a day; of a patch its rate, micrograms an hour. */
export type OpioidUnit = 'mg' | 'µg/h'

/** How much of one drug was taken a day. */
export interface DailyOpioid {
  /** As the table names it, e.g. `oxycodone`; case does not count. */
  readonly drug: string
  /** Null: not known. */
  readonly amount: number | null
  readonly unit: OpioidUnit
}

const mg = (factor: number) => ({ factor, unit: 'mg' as const })

/** The factor tables that a study may name. Tables conflict, so that none holds unless it is named. */
export const MORPHINE_TABLES: readonly MorphineTable[] = [
  {
    name: 'CDC-2022',
    source: 'CDC Clinical Practice Guideline for Prescribing Opioids, MMWR Recomm Rep 2022;71(3):1–95',
    factors: {
      codeine: mg(0.15),
      'fentanyl patch': { factor: 2.4, unit: 'µg/h' },
      hydrocodone: mg(1),
      hydromorphone: mg(5),
      methadone: mg(4.7),
      morphine: mg(1),
      oxycodone: mg(1.5),
      oxymorphone: mg(3),
      tapentadol: mg(0.4),
      tramadol: mg(0.2),
    },
  },
]

/** The factor table of that name; `undefined` if none. Example: `findMorphineTable('CDC-2022')?.factors.codeine`. */
export function findMorphineTable(name: unknown): MorphineTable | undefined {
  return MORPHINE_TABLES.find(table => table.name === name)
}

/**
 * Morphine equivalents of what was taken a day, in mg of oral morphine a day: the sum of amount × factor; higher is more.
 * No opioid at all is 0, which the caller has to know: pass an empty list only where it was recorded that none was taken.
 * Missing rule: a drug without a factor, in a unit that its factor is not for, or of an amount that is not known, not
 * finite or negative makes the whole missing (`unknown`), never 0.
 * Source: the table's. Checked against clinical.md §2 and by hand: oxycodone 20 mg → 30, fentanyl patch 25 µg/h → 60.
 * Example: `computeMorphineEquivalents([{ drug: 'tramadol', amount: 200, unit: 'mg' }], cdc)` → score 40.
 */
export function computeMorphineEquivalents(taken: readonly DailyOpioid[], table: MorphineTable): Score {
  let sum = 0
  for (const { drug, amount, unit } of taken) {
    const name = drug.trim().toLowerCase()
    const known = Object.hasOwn(table.factors, name) ? table.factors[name] : undefined
    const isKnown = known?.unit === unit && amount !== null && Number.isFinite(amount) && amount >= 0
    if (!isKnown) return { kind: 'missing', reason: 'unknown' }
    sum += amount * known.factor
  }
  return { kind: 'score', value: sum }
}
