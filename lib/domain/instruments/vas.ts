import { scoreItems } from '@/lib/domain/instruments/answers'
import type { Instrument } from '@/lib/domain/instruments/instrument'

/**
 * Visual analogue scale of pain: 0–100 mm, higher is worse. An import recodes a source in centimetres to mm
 * and keeps with the form that it did.
 * Whole millimetres, or decimals where `settings.vas.decimals` is true. Missing rule: missing is missing.
 * Source: minimal important change 15 mm or 30 %: Ostelo 2008.
 * Example: `vas.score({ VAS: { value: 40 } }, {})` → `{ VAS: { kind: 'score', value: 40 } }`.
 */
export const vas: Instrument = {
  code: 'vas',
  name: 'Visual analogue scale of pain (VAS)',
  version: null,
  ruleVersion: 'vas-1',
  source: 'Change: Ostelo RW et al., Spine 2008;33:90–94',
  licence: 'Free to use',
  notPrinted: null,
  reservedCodes: [],
  caption: () => null,
  items: settings => [
    {
      code: 'VAS',
      label: 'Pain',
      type: 'number',
      min: 0,
      max: 100,
      unit: 'mm',
      anchors: ['0 none', '100 worst'],
      decimals: settings.vas?.decimals === true,
    },
  ],
  total: () => null,
  parameters: () => [
    {
      code: 'VAS',
      label: 'Pain (VAS)',
      unit: 'mm',
      min: 0,
      max: 100,
      higherIs: 'worse',
      kind: 'continuous',
      zeroMeansNone: true,
      minimalImportantChange: { points: 15, percent: 30, source: 'Ostelo 2008' },
    },
  ],
  score: answers => scoreItems(answers, ['VAS']),
  scoring: () => 'Millimetres as measured, 0 to 100; a source in centimetres is recoded on import.',
  missingRule: () => 'Missing is missing.',
  settingsInForce: ({ vas: own }) => [
    {
      key: 'vas.decimals',
      label: 'Decimals',
      value: own?.decimals ? 'accepted' : 'refused',
      source: null,
      isDefault: own?.decimals === undefined,
    },
  ],
}
