import { scoreItems } from '@/lib/domain/instruments/answers'
import type { EnteredInstrument } from '@/lib/domain/instruments/instrument'
import { findMorphineTable } from '@/lib/domain/instruments/morphine-equivalents'

const LEVELS = [
  { value: 0, label: 'None' },
  { value: 1, label: 'Non-opioid' },
  { value: 2, label: 'Weak opioid' },
  { value: 3, label: 'Strong opioid' },
] as const

/**
 * Analgesic use as the strongest level taken, ordered 0 none / 1 non-opioid / 2 weak opioid / 3 strong
 * opioid;
 * higher is worse. Entered as a level in this version; `MME_DAY` needs the drugs and doses and is not entered
 * yet, so it
 * is not among the parameters. Missing rule: missing is missing. No minimal important change is established.
 * Example: `analgesics.score({ ANALGESIC_LEVEL: { value: 2 } }, {})` → `{ ANALGESIC_LEVEL: { kind: 'score',
 * value: 2 } }`.
 */
export const analgesics: EnteredInstrument = {
  code: 'analgesics',
  name: 'Analgesic use',
  version: null,
  entered: true,
  ruleVersion: 'analgesics-1',
  source: 'Levels after the WHO analgesic ladder',
  licence: 'Free to use',
  notPrinted: null,
  reservedCodes: ['MME_DAY'],
  caption: () => null,
  items: () => [
    {
      code: 'ANALGESIC_LEVEL',
      label: 'Strongest analgesic taken',
      type: 'choice',
      min: 0,
      max: 3,
      choices: LEVELS,
    },
  ],
  total: () => null,
  parameters: () => [
    {
      code: 'ANALGESIC_LEVEL',
      label: 'Analgesic use',
      unit: 'level',
      min: 0,
      max: 3,
      higherIs: 'worse',
      kind: 'ordered',
      levels: LEVELS,
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
  ],
  score: answers => scoreItems(answers, ['ANALGESIC_LEVEL']),
  scoring: settings =>
    `The strongest level as recorded. Morphine equivalents ${
      findMorphineTable(settings.analgesics?.morphineFactors)
        ? 'follow from the medication record by the factor table that the study names; not for dose conversion.'
        : 'are not computed: the study names no factor table.'
    }`,
  missingRule: () => 'Missing is missing; a drug without a factor gives no morphine equivalents, never 0.',
  settingsInForce: settings => {
    const table = findMorphineTable(settings.analgesics?.morphineFactors)
    return [
      {
        key: 'analgesics.morphineFactors',
        label: 'Morphine factors',
        value: table?.name ?? 'none',
        source: table?.source ?? null,
        isDefault: !table,
      },
    ]
  },
}
