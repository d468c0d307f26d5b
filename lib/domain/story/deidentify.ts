import { EVENT_CATEGORIES } from '@/lib/domain/logs/adverse-event-fields'
import { findLevel, listSuggestedDrugs, normaliseDrug } from '@/lib/domain/medication/drugs'
import type { Medication } from '@/lib/domain/medication/medication'
import type { Settings } from '@/lib/domain/protocol/protocol'

/** The oldest age that is told in years. Source: 45 CFR 164.514(b)(2)(i)(C). */
const OLDEST_TOLD = 89

/**
 * An age as a case report may tell it: completed years, `90+` above 89. Example: `formatAge(93)` → `'90+'`.
 */
export function formatAge(years: number): string {
  return years > OLDEST_TOLD ? '90+' : String(years)
}

/**
 * A drug by its generic name where it is one that the product knows, else by its kind: the name was typed freely and could
 * hold anything. Example: an entry `Tramadol` → `'tramadol'`; `Dr Brown’s mixture`, level 1 → `'Other non-opioid analgesic'`.
 */
export function nameDrug(
  { drug, isAnalgesic, level }: Pick<Medication, 'drug' | 'isAnalgesic' | 'level'>,
  settings: Settings,
): string {
  const name = normaliseDrug(drug)
  if (listSuggestedDrugs(settings).some(known => known === name)) return name
  const strength = level ?? findLevel(drug, settings)
  if (strength === null) return isAnalgesic ? 'Other analgesic' : 'Other medication'
  return (
    ['Other non-opioid analgesic', 'Other weak opioid', 'Other strong opioid'][strength - 1] ??
    'Other medication'
  )
}

/**
 * The category of an adverse event, in place of its term in the words of the source.
 * Example: `nameEvent('painFlare')` → `'Pain flare'`.
 */
export function nameEvent(category: string): string {
  const label = EVENT_CATEGORIES.find(({ code }) => code === category)?.label
  return label === undefined || category === 'other' ? 'Other event' : label
}
