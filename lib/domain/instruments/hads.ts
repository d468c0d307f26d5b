import { scoreByRule, sumOf } from '@/lib/domain/instruments/answers'
import type { Instrument, Item, Parameter } from '@/lib/domain/instruments/instrument'
import type { Score } from '@/lib/domain/shared/missing'

const codeOf = (item: number) => `HADS_${String(item).padStart(2, '0')}`

/** Odd items are anxiety, even ones depression. */
const SCALES = [
  { code: 'HADS_A', label: 'Anxiety (HADS)', items: [1, 3, 5, 7, 9, 11, 13].map(codeOf) },
  { code: 'HADS_D', label: 'Depression (HADS)', items: [2, 4, 6, 8, 10, 12, 14].map(codeOf) },
] as const

const SOURCE = 'Zigmond AS, Snaith RP, Acta Psychiatrica Scandinavica 1983;67:361–370'

const MIN_ANSWERED = 4

const ITEMS: readonly Item[] = Array.from({ length: 14 }, (_, index) => ({
  code: codeOf(index + 1),
  label: `Item ${index + 1}, ${index % 2 === 0 ? 'anxiety' : 'depression'}`,
  type: 'scale',
  min: 0,
  max: 3,
  anchors: ['0 best', '3 worst'],
}))

/**
 * HADS: anxiety and depression, two sums of seven items 0–3 as scored by the form's key (3 is worst), 0–21 points, higher
 * is worse. Missing rule: at least four of seven answered, then 7 × their mean, not rounded; else no score.
 * Source: Zigmond and Snaith 1983. Example: four items of a scale at 2, three missing → 14.
 */
export const hads: Instrument = {
  code: 'hads',
  name: 'Hospital Anxiety and Depression Scale (HADS)',
  version: null,
  ruleVersion: 'hads-1',
  source: SOURCE,
  licence: 'Licensed by GL Assessment: enter the score of each item as marked on the licensed form',
  notPrinted: 'The wording of the items and of their answers',
  reservedCodes: [],
  caption: () => 'scores of the items, 3 is worst',
  items: () => ITEMS,
  total: () => null,
  parameters: () =>
    SCALES.map(
      ({ code, label }): Parameter => ({
        code,
        label,
        unit: 'points',
        min: 0,
        max: 21,
        higherIs: 'worse',
        kind: 'continuous',
        zeroMeansNone: false,
        minimalImportantChange: null,
        bands: {
          source: SOURCE,
          list: [
            { upTo: 7, label: 'no case' },
            { upTo: 10, label: 'possible case' },
            { upTo: 21, label: 'probable case' },
          ],
        },
      }),
    ),
  score: answers => {
    const scores: Record<string, Score> = {}
    for (const { code, items } of SCALES) {
      const score = scoreByRule(answers, items, values =>
        values.length >= MIN_ANSWERED ? (items.length * sumOf(values)) / values.length : null,
      )
      if (score) scores[code] = score
    }
    return scores
  },
  scoring: () => 'Each scale: the sum of its seven items (odd items anxiety, even items depression).',
  missingRule: () => 'At least four of seven items answered: 7 × their mean. Fewer: no score.',
  settingsInForce: () => [],
}
