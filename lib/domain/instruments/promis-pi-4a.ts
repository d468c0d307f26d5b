import { scoreByRule, sumOf } from '@/lib/domain/instruments/answers'
import type { Instrument, Item } from '@/lib/domain/instruments/instrument'

/** T score of raw scores 4 to 20. */
const T_SCORES = [
  41.6, 49.6, 52.0, 53.9, 55.6, 57.1, 58.5, 59.9, 61.2, 62.5, 63.8, 65.2, 66.6, 68.0, 69.7, 71.6, 75.6,
] as const

const ITEMS: readonly Item[] = Array.from({ length: 4 }, (_, index) => ({
  code: `PROMIS_PI_${index + 1}`,
  label: `Item ${index + 1}`,
  type: 'scale',
  min: 1,
  max: 5,
  anchors: ['1 not at all', '5 very much'],
}))

const CODES = ITEMS.map(item => item.code)

/**
 * PROMIS Pain Interference 4a: four items 1–5, raw sum 4–20, as T score 41.6–75.6 by the published table
 * (population mean 50, SD 10), higher is worse. Missing rule: all four items are needed. Source: Amtmann
 * 2010; the T score of raw 20 is not confirmed. Checked against the table of clinical.md §2. Example: four
 * items at 1 → 41.6.
 */
export const promisPi4a: Instrument = {
  code: 'promisPi4a',
  name: 'PROMIS Pain Interference 4a',
  version: '4a',
  ruleVersion: 'promis-pi-4a-1',
  source: 'Amtmann D et al., Pain 2010;150:173–182',
  licence: 'Licensed by the PROMIS Health Organization: enter what was marked on the licensed form',
  notPrinted: 'The wording of the items and of their answers',
  reservedCodes: [],
  caption: () => null,
  items: () => ITEMS,
  total: () => null,
  parameters: () => [
    {
      code: 'PROMIS_PI_T',
      label: 'Pain interference (PROMIS)',
      unit: 'T score',
      min: 41.6,
      max: 75.6,
      higherIs: 'worse',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
  ],
  score: answers => {
    const score = scoreByRule(answers, CODES, values =>
      values.length === CODES.length ? (T_SCORES[sumOf(values) - CODES.length] ?? null) : null,
    )
    return score ? { PROMIS_PI_T: score } : {}
  },
  scoring: () =>
    'The sum of four items, 4 to 20, as T score by the published table; 50 is the population mean.',
  missingRule: () => 'All four items are needed.',
  settingsInForce: () => [],
}
