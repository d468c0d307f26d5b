import { ENTRY_MISSING_REASONS, scoreItems } from '@/lib/domain/instruments/answers'
import type { Instrument, Item } from '@/lib/domain/instruments/instrument'

const LEVELS = [
  { value: 0, label: 'Unable' },
  { value: 1, label: 'Reduced duties or hours' },
  { value: 2, label: 'Full' },
] as const

/**
 * Not working for other reasons (retired, student, carer) says nothing about capacity: outside the
 * denominator.
 */
const OFF_WORK: Pick<Item, 'missingCodes' | 'missingLabels'> = {
  missingCodes: ['notApplicable', ...ENTRY_MISSING_REASONS],
  missingLabels: { notApplicable: 'Not working for other reasons' },
}

/**
 * Work capacity, ordered 0 unable / 1 reduced duties or hours / 2 full, and hours worked a week, 0–168;
 * higher is better.
 * Missing rule: missing is missing; `notApplicable` = not working for other reasons, outside the denominator.
 * No minimal important change is established.
 * Example: `work.score({ WORK_CAPACITY: { value: 1 } }, {})` →
 * `{ WORK_CAPACITY: { kind: 'score', value: 1 } }`.
 */
export const work: Instrument = {
  code: 'work',
  name: 'Work capacity',
  version: null,
  ruleVersion: 'work-1',
  source: 'Ordered categories as in Bates D et al., Future Science OA 2022;8(5):FSO794; hours as reported',
  licence: 'Free to use',
  notPrinted: null,
  reservedCodes: [],
  caption: () => null,
  items: () => [
    {
      code: 'WORK_CAPACITY',
      label: 'Work capacity',
      type: 'choice',
      min: 0,
      max: 2,
      choices: LEVELS,
      ...OFF_WORK,
    },
    {
      code: 'WORK_HOURS',
      label: 'Hours worked',
      type: 'number',
      min: 0,
      max: 168,
      decimals: true,
      unit: 'hours a week',
      ...OFF_WORK,
    },
  ],
  total: () => null,
  parameters: () => [
    {
      code: 'WORK_CAPACITY',
      label: 'Work capacity',
      unit: 'level',
      min: 0,
      max: 2,
      higherIs: 'better',
      kind: 'ordered',
      levels: LEVELS,
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
    {
      code: 'WORK_HOURS',
      label: 'Hours worked',
      unit: 'hours a week',
      min: 0,
      max: 168,
      maxIsLimit: true,
      higherIs: 'better',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
  ],
  score: answers => scoreItems(answers, ['WORK_CAPACITY', 'WORK_HOURS']),
  scoring: () => 'The level and the hours a week as reported.',
  missingRule: () =>
    'Missing is missing. Not working for other reasons says nothing about capacity: a code of its own, outside the ' +
    'denominator.',
  settingsInForce: () => [],
}
