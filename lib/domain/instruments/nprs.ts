import { scoreItems } from '@/lib/domain/instruments/answers'
import type { Instrument, Item, Parameter } from '@/lib/domain/instruments/instrument'
import type { Settings } from '@/lib/domain/protocol/protocol'

const RATINGS = {
  average: { code: 'NPRS_AVG', label: 'Average pain' },
  worst: { code: 'NPRS_WORST', label: 'Worst pain' },
  least: { code: 'NPRS_LEAST', label: 'Least pain' },
  now: { code: 'NPRS_NOW', label: 'Pain now' },
} as const

function ratings(settings: Settings) {
  return (settings.nprs?.items ?? (['average', 'worst'] as const)).map(name => RATINGS[name])
}

function formatRecall(hours: number): string {
  return hours > 24 && hours % 24 === 0 ? `last ${hours / 24} days` : `last ${hours} hours`
}

/**
 * Numeric pain rating scale. Each rating is its own variable, 0–10 points, higher is worse.
 * Which ratings are asked: `settings.nprs.items` (default average and worst). Whole numbers, or decimals
 * where `settings.nprs.decimals` says that a rating is a mean of several. Missing rule: missing is missing.
 * Source: Farrar 2001; minimal important change 2 points or 30 %: Ostelo 2008.
 * Example: `nprs.score({ NPRS_AVG: { value: 4 } }, {})` → `{ NPRS_AVG: { kind: 'score', value: 4 } }`.
 */
export const nprs: Instrument = {
  code: 'nprs',
  name: 'Numeric pain rating scale (NPRS)',
  version: null,
  ruleVersion: 'nprs-1',
  source: 'Farrar JT et al., Pain 2001;94:149–158; change: Ostelo RW et al., Spine 2008;33:90–94',
  licence: 'Free to use',
  notPrinted: null,
  reservedCodes: [],
  caption: settings => {
    const hours = settings.nprs?.recallHours
    return hours ? formatRecall(hours) : null
  },
  items: settings => {
    const decimals = settings.nprs?.decimals === true
    return ratings(settings).map(
      ({ code, label }): Item => ({
        code,
        label,
        min: 0,
        max: 10,
        anchors: ['0 none', '10 worst'],
        ...(decimals ? { type: 'number', decimals } : { type: 'scale' }),
      }),
    )
  },
  total: () => null,
  parameters: settings =>
    ratings(settings).map(
      ({ code, label }): Parameter => ({
        code,
        label,
        unit: 'points',
        min: 0,
        max: 10,
        higherIs: 'worse',
        kind: 'continuous',
        zeroMeansNone: true,
        minimalImportantChange: { points: 2, percent: 30, source: 'Ostelo 2008' },
        thresholds: [
          {
            text: 'At least 30 % less is a moderate, at least 50 % less a substantial improvement.',
            source: 'Dworkin 2008, IMMPACT',
          },
        ],
      }),
    ),
  score: (answers, settings) =>
    scoreItems(
      answers,
      ratings(settings).map(({ code }) => code),
    ),
  scoring: settings =>
    settings.nprs?.decimals
      ? 'Each rating as given, 0 to 10; decimals are taken, since a rating may be the mean of several.'
      : 'Each rating as marked, a whole number from 0 to 10.',
  missingRule: () => 'Missing is missing.',
  settingsInForce: ({ nprs: own }) => [
    {
      key: 'nprs.items',
      label: 'Ratings',
      value: (own?.items ?? ['average', 'worst']).join(', '),
      source: null,
      isDefault: own?.items === undefined,
    },
    {
      key: 'nprs.recallHours',
      label: 'Recall period',
      value: own?.recallHours ? formatRecall(own.recallHours) : 'not named',
      source: null,
      isDefault: own?.recallHours === undefined,
    },
    {
      key: 'nprs.decimals',
      label: 'Decimals',
      value: own?.decimals ? 'accepted' : 'refused',
      source: null,
      isDefault: own?.decimals === undefined,
    },
  ],
}
