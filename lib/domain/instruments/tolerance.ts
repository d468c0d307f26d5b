import { scoreItems } from '@/lib/domain/instruments/answers'
import type { Instrument, Item, Parameter } from '@/lib/domain/instruments/instrument'

const DURATIONS = [
  ['TOL_SIT', 'Sitting tolerance'],
  ['TOL_STAND', 'Standing tolerance'],
  ['TOL_WALK', 'Walking tolerance'],
] as const

/** Minutes of a day. */
const LONGEST = 1440

/**
 * How long a participant can sit, stand and walk: minutes 0–1440, or *unlimited*, which ranks above every number
 * (`UNLIMITED_RANK`) and is never averaged as one; higher is better.
 * Missing rule: missing is missing. No minimal important change is established. Source: durations as reported.
 * Example: `tolerance.score({ TOL_SIT: { value: 'unlimited' } }, {})` → `{ TOL_SIT: { kind: 'score', value: 1441 } }`.
 */
export const tolerance: Instrument = {
  code: 'tolerance',
  name: 'Sitting, standing and walking tolerance',
  version: null,
  ruleVersion: 'tolerance-1',
  source: 'Durations as reported',
  licence: 'Free to use',
  notPrinted: null,
  reservedCodes: [],
  caption: () => 'minutes, or u for unlimited',
  items: () =>
    DURATIONS.map(
      ([code, label]): Item => ({
        code,
        label,
        type: 'number',
        min: 0,
        max: LONGEST,
        unit: 'minutes',
        mayBeUnlimited: true,
      }),
    ),
  total: () => null,
  parameters: () =>
    DURATIONS.map(
      ([code, label]): Parameter => ({
        code,
        label,
        unit: 'minutes',
        min: 0,
        max: LONGEST,
        maxIsLimit: true,
        higherIs: 'better',
        kind: 'duration',
        zeroMeansNone: false,
        minimalImportantChange: null,
      }),
    ),
  score: answers =>
    scoreItems(
      answers,
      DURATIONS.map(([code]) => code),
    ),
  scoring: () =>
    'Minutes as reported. “Unlimited” ranks above every number; where it occurs no mean is computed, and medians and ' +
    'rank tests take it as the highest rank.',
  missingRule: () => 'Missing is missing.',
  settingsInForce: () => [],
}
