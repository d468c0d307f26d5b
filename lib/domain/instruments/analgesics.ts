import { scoreItems } from '@/lib/domain/instruments/answers'
import type { Instrument, Parameter } from '@/lib/domain/instruments/instrument'
import { findMorphineTable } from '@/lib/domain/instruments/morphine-equivalents'

const LEVELS = [
  { value: 0, label: 'None' },
  { value: 1, label: 'Non-opioid' },
  { value: 2, label: 'Weak opioid' },
  { value: 3, label: 'Strong opioid' },
] as const

/** The day's morphine equivalents: a score of this form that follows from the medication log (`scoreMorphineDay`). */
export const MME_DAY: Parameter = {
  code: 'MME_DAY',
  label: 'Morphine equivalents',
  unit: 'mg/day',
  min: 0,
  max: 1_000_000,
  maxIsLimit: true,
  higherIs: 'worse',
  kind: 'continuous',
  zeroMeansNone: false,
  minimalImportantChange: null,
}

/**
 * Analgesic use as the strongest level taken, ordered 0 none / 1 non-opioid / 2 weak opioid / 3 strong opioid; higher is
 * worse. Where the study names a table of morphine factors, `MME_DAY` stands beside it: not scored here, since it follows
 * from the drugs of the medication log. Missing rule: missing is missing. No minimal important change is established.
 * Example: `analgesics.score({ ANALGESIC_LEVEL: { value: 2 } }, {})` →
 * `{ ANALGESIC_LEVEL: { kind: 'score', value: 2 } }`.
 */
export const analgesics: Instrument = {
  code: 'analgesics',
  name: 'Analgesic use',
  version: null,
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
  parameters: settings => [
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
    ...(findMorphineTable(settings.analgesics?.morphineFactors) ? [MME_DAY] : []),
  ],
  score: answers => scoreItems(answers, ['ANALGESIC_LEVEL']),
  scoring: settings =>
    `The strongest level as recorded. Morphine equivalents ${
      findMorphineTable(settings.analgesics?.morphineFactors)
        ? 'in mg a day are the mean taken over the 7 days up to the assessment, from the medication log by the factor table that the study names; not for dose conversion.'
        : 'are not computed: the study names no factor table.'
    }`,
  missingRule: () =>
    'Missing is missing. An opioid without a factor, or of unknown amount or days, and an opioid level without an opioid in the medication log give no morphine equivalents, never 0.',
  settingsInForce: settings => {
    const table = findMorphineTable(settings.analgesics?.morphineFactors)
    const levels = Object.entries(settings.analgesics?.levels ?? {}).map(
      ([drug, level]) => `${drug} ${level}`,
    )
    return [
      {
        key: 'analgesics.levels',
        label: 'Levels of drugs',
        value: levels.length > 0 ? levels.join(', ') : 'as commonly graded',
        source: null,
        isDefault: levels.length === 0,
      },
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
