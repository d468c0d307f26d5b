import { scoreItems } from '@/lib/domain/instruments/answers'
import type { Instrument } from '@/lib/domain/instruments/instrument'
import type { Settings } from '@/lib/domain/protocol/protocol'

const LEVELS = [1, 2, 3, 4, 5, 6, 7] as const

/**
 * Levels 1–7. Two wordings are in use beside the two codings (seven steps from very much worse to very much better, and
 * from no change or worse to a great deal better), so that only the ends are named, where the study says which is best.
 */
function levels(settings: Settings) {
  const best = settings.pgic?.best
  return LEVELS.map(value => ({ value, label: `${value}${best === undefined ? '' : nameEnd(value, best)}` }))
}

function nameEnd(value: number, best: 1 | 7): string {
  if (value === best) return ' best'
  return value === 8 - best ? ' worst' : ''
}

/**
 * Patient global impression of change: one item, seven ordered levels, 1–7.
 * Direction: `settings.pgic.best` (1 or 7); unset → direction unknown and the levels are bare numbers.
 * It is itself a change: no baseline and no percent. Missing rule: missing is missing.
 * Source: Guy 1976, in the public domain.
 * Example: `pgic.score({ PGIC: { value: 6 } }, { pgic: { best: 7 } })` →
 * `{ PGIC: { kind: 'score', value: 6 } }`.
 */
export const pgic: Instrument = {
  code: 'pgic',
  name: 'Patient global impression of change (PGIC)',
  version: null,
  ruleVersion: 'pgic-1',
  source: 'Guy W, ECDEU Assessment Manual for Psychopharmacology, 1976',
  licence: 'Public domain',
  notPrinted: null,
  reservedCodes: [],
  caption: settings => (settings.pgic?.best ? `${settings.pgic.best} is best` : null),
  items: settings => [
    {
      code: 'PGIC',
      label: 'Change since treatment',
      type: 'choice',
      min: 1,
      max: 7,
      choices: levels(settings),
    },
  ],
  total: () => null,
  parameters: settings => {
    const best = settings.pgic?.best
    return [
      {
        code: 'PGIC',
        label: 'Global impression of change (PGIC)',
        unit: 'level',
        min: 1,
        max: 7,
        higherIs: best === undefined ? 'neither' : best === 7 ? 'better' : 'worse',
        kind: 'ordered',
        levels: levels(settings),
        zeroMeansNone: false,
        minimalImportantChange: null,
        thresholds: [
          { text: 'The two best levels count as a response.', source: 'convention, no source confirmed' },
        ],
      },
    ]
  },
  score: answers => scoreItems(answers, ['PGIC']),
  scoring: () => 'The level as marked, 1 to 7. It is itself a change: no baseline and no percent.',
  missingRule: () => 'Missing is missing.',
  settingsInForce: ({ pgic: own }) => [
    {
      key: 'pgic.best',
      label: 'Direction',
      value: own?.best ? `${own.best} is best` : 'not named: no direction',
      source: null,
      isDefault: own?.best === undefined,
    },
  ],
}
