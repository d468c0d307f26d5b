import { scoreByRule, sumOf } from '@/lib/domain/instruments/answers'
import type { Instrument, Item, Parameter, ScoreBands } from '@/lib/domain/instruments/instrument'
import type { Score } from '@/lib/domain/shared/missing'

const SCALES = [
  { code: 'DASS_D', label: 'Depression', items: [3, 5, 10, 13, 16, 17, 21], upTo: [9, 13, 20, 27, 42] },
  { code: 'DASS_A', label: 'Anxiety', items: [2, 4, 7, 9, 15, 19, 20], upTo: [7, 9, 14, 19, 42] },
  { code: 'DASS_S', label: 'Stress', items: [1, 6, 8, 11, 12, 14, 18], upTo: [14, 18, 25, 33, 42] },
] as const

const SOURCE = 'Lovibond SH, Lovibond PF, Manual for the Depression Anxiety Stress Scales, 1995'

const BAND_LABELS = ['normal', 'mild', 'moderate', 'severe', 'extremely severe'] as const

const codeOf = (item: number) => `DASS21_${String(item).padStart(2, '0')}`

const ITEMS: readonly Item[] = Array.from({ length: 21 }, (_, index) => {
  const scale = SCALES.find(({ items }) => (items as readonly number[]).includes(index + 1))
  return {
    code: codeOf(index + 1),
    label: `Item ${index + 1}, ${scale?.label.toLowerCase() ?? ''}`,
    type: 'scale',
    min: 0,
    max: 3,
    anchors: ['0 not at all', '3 most'],
  }
})

function bandsOf(upTo: readonly number[]): ScoreBands {
  return {
    source: SOURCE,
    list: upTo.map((limit, index) => ({ upTo: limit, label: BAND_LABELS[index] ?? '' })),
  }
}

/**
 * DASS-21: depression, anxiety and stress, each twice the sum of its seven items 0–3, so 0–42 points, higher is worse.
 * The items are stored as marked, the doubling is the score's. Missing rule: at most one item of a scale missing, then
 * 2 × 7 × mean of the six; else no score. Source: Lovibond and Lovibond 1995 (bands after doubling); the prorating is not
 * confirmed by a source. Example: all 21 items at 1 → 14 on each scale.
 */
export const dass21: Instrument = {
  code: 'dass21',
  name: 'Depression Anxiety Stress Scales (DASS-21)',
  version: null,
  ruleVersion: 'dass21-1',
  source: SOURCE,
  licence: 'Public domain',
  notPrinted: null,
  reservedCodes: [],
  caption: () => null,
  items: () => ITEMS,
  total: () => null,
  parameters: () =>
    SCALES.map(
      ({ code, label, upTo }): Parameter => ({
        code,
        label: `${label} (DASS-21)`,
        unit: 'points',
        min: 0,
        max: 42,
        higherIs: 'worse',
        kind: 'continuous',
        zeroMeansNone: false,
        minimalImportantChange: null,
        bands: bandsOf(upTo),
      }),
    ),
  score: answers => {
    const scores: Record<string, Score> = {}
    for (const { code, items } of SCALES) {
      const score = scoreByRule(answers, items.map(codeOf), values =>
        values.length >= items.length - 1 ? (2 * items.length * sumOf(values)) / values.length : null,
      )
      if (score) scores[code] = score
    }
    return scores
  },
  scoring: () => 'Each scale: the sum of its seven items, times 2. Items are stored as marked.',
  missingRule: () =>
    'One item of a scale may be missing: the sum is then 7 × the mean of the other six (this rule is not confirmed by a ' +
    'source). More: no score.',
  settingsInForce: () => [],
}
