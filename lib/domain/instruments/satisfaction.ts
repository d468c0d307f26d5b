import { scoreItems } from '@/lib/domain/instruments/answers'
import type { Instrument } from '@/lib/domain/instruments/instrument'

/**
 * Satisfaction with treatment: one rating 0–100 points, higher is better; decimals accepted, since some
 * sources average two ratings. Missing rule: missing is missing. No minimal important change is established.
 * Example: `satisfaction.score({ SATISFACTION: { value: 52 } }, {})` → `{ SATISFACTION: { kind: 'score',
 * value: 52 } }`.
 */
export const satisfaction: Instrument = {
  code: 'satisfaction',
  name: 'Satisfaction with treatment',
  version: null,
  ruleVersion: 'satisfaction-1',
  source: 'Single rating, 0 to 100',
  licence: 'Free to use',
  notPrinted: null,
  reservedCodes: [],
  caption: () => null,
  items: () => [
    {
      code: 'SATISFACTION',
      label: 'Satisfaction with treatment',
      type: 'number',
      min: 0,
      max: 100,
      decimals: true,
      anchors: ['0 not at all', '100 fully'],
    },
  ],
  total: () => null,
  parameters: () => [
    {
      code: 'SATISFACTION',
      label: 'Satisfaction with treatment',
      unit: 'points',
      min: 0,
      max: 100,
      higherIs: 'better',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
  ],
  score: answers => scoreItems(answers, ['SATISFACTION']),
  scoring: () => 'The rating as given, 0 to 100.',
  missingRule: () => 'Missing is missing.',
  settingsInForce: () => [],
}
