import { EQ5D_VALUE_SETS } from '@/lib/domain/instruments/eq5d-value-sets'
import { INSTRUMENTS } from '@/lib/domain/instruments/registry'
import type { FormField, Protocol } from '@/lib/domain/protocol/protocol'
import { SMALL_PROTOCOL } from './small-protocol'

const CHOICES = [
  { code: 'NEG', label: 'Negative' },
  { code: 'POS', label: 'Positive' },
]

/** One field of each type, two that hang on others, one with reasons of its own. */
const FIELDS: readonly FormField[] = [
  { code: 'PULSE', label: 'Pulse', type: 'integer', unit: 'a minute', range: [20, 250], required: true },
  { code: 'TEMPERATURE', label: 'Temperature', type: 'decimal', unit: '°C', range: [30, 45] },
  { code: 'REMARKS', label: 'Remarks', type: 'text' },
  {
    code: 'REFLEX',
    label: 'Reflex',
    type: 'choice',
    choices: CHOICES,
    missingCodes: ['notDone', 'notApplicable'],
  },
  { code: 'SIGNS', label: 'Signs', type: 'multi', choices: CHOICES },
  { code: 'DRAWN_ON', label: 'Drawn on', type: 'date' },
  { code: 'SINCE', label: 'Since', type: 'partialDate' },
  { code: 'SMOKER', label: 'Smoker', type: 'boolean' },
  {
    code: 'PER_DAY',
    label: 'A day',
    type: 'integer',
    range: [0, 99],
    showIf: { field: 'SMOKER', equals: true },
  },
  { code: 'WHICH', label: 'Which sign', type: 'text', showIf: { field: 'SIGNS', equals: 'POS' } },
]

const [set3L, set5L] = [3, 5].map(levels => EQ5D_VALUE_SETS.find(set => set.levelCount === levels)?.name)

/** A study that asks everything that can be asked, at baseline and at month 3: every instrument and every type of field. */
export const EVERYTHING_PROTOCOL: Protocol = {
  ...SMALL_PROTOCOL,
  study: { ...SMALL_PROTOCOL.study, code: 'EVERY', title: 'A study that asks everything' },
  dayZero: 'enrolment',
  treatments: [],
  visits: [['BL', 'Baseline', 0] as const, ['M3', '3 months', 3] as const].map(([code, name, months]) => ({
    code,
    name,
    target: { value: months, unit: 'months' },
    window: { beforeDays: 21, afterDays: 21 },
    instruments: INSTRUMENTS.map(instrument => instrument.code).filter(
      one => one !== 'eq5d5l' || code === 'M3',
    ),
    forms: ['VITALS', 'LAB', 'JOINT'],
  })),
  settings: {
    nprs: { items: ['average', 'worst', 'least', 'now'] },
    odi: { maxMissingSections: 1, allowTotalOnly: true },
    eq5d3l: { valueSet: set3L },
    eq5d5l: { valueSet: set5L },
    mri: { locations: ['L3/L4', 'L4/L5', 'L5/S1'] },
  },
  forms: [
    { code: 'VITALS', label: 'Vital signs', repeating: false, fields: FIELDS },
    {
      code: 'LAB',
      label: 'Laboratory',
      repeating: true,
      fields: [{ code: 'CRP', label: 'CRP', type: 'decimal', unit: 'mg/l', range: [0, 500] }],
    },
    {
      code: 'JOINT',
      label: 'Joint',
      repeating: false,
      locations: ['knee', 'hip'],
      fields: [{ code: 'FLEXION', label: 'Flexion', type: 'integer', unit: '°', range: [0, 180] }],
    },
  ],
  checks: [
    { parameter: 'NPRS_AVG', changeFromLast: { atLeast: 4 } },
    {
      when: { item: 'WORK_CAPACITY', equals: 0 },
      and: { item: 'TOL_WALK', atLeast: 240 },
      text: 'unable to work, but walks for four hours or more.',
    },
  ],
}
