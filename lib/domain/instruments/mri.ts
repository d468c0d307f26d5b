import { ENTRY_MISSING_REASONS, scoreItems } from '@/lib/domain/instruments/answers'
import type { Instrument, Item, Parameter } from '@/lib/domain/instruments/instrument'
import type { Settings } from '@/lib/domain/protocol/protocol'

const number = (label: string, index: number) => ({ value: index + 1, label })

const SCALES = {
  pfirrmann: {
    name: 'Pfirrmann, grades I to V',
    levels: ['I', 'II', 'III', 'IV', 'V'].map(number),
    source: 'Pfirrmann CW et al., Spine 2001;26:1873–1878',
  },
  modifiedPfirrmann: {
    name: 'modified Pfirrmann, grades 1 to 8',
    levels: ['1', '2', '3', '4', '5', '6', '7', '8'].map(number),
    source: 'Griffith JF et al., Spine 2007;32:E708–E712',
  },
} as const

const scaleOf = (settings: Settings) => SCALES[settings.mri?.scale ?? 'pfirrmann']

const MODIC_TYPES = ['None', 'Type 1', 'Type 2', 'Type 3'].map((label, value) => ({ value, label }))

const T2_LEVELS = ['Bright', 'Intermediate', 'Dark'].map(number)

const COMPARISON = ['Better', 'Unchanged', 'Worse'].map(number)

const COMPARED = [
  ['MRI_DEGENERATION', 'Degeneration against baseline'],
  ['MRI_FISSURE', 'Annular fissure against baseline'],
  ['MRI_PROTRUSION', 'Protrusion against baseline'],
] as const

const LONGEST_DISC_MM = 30

function levelled(
  code: string,
  label: string,
  unit: string,
  levels: readonly { readonly value: number; readonly label: string }[],
  higherIs: Parameter['higherIs'],
): Parameter {
  const values = levels.map(level => level.value)
  return {
    code,
    label,
    unit,
    min: Math.min(...values),
    max: Math.max(...values),
    higherIs,
    kind: 'ordered',
    levels,
    zeroMeansNone: false,
    minimalImportantChange: null,
  }
}

function parametersOf(settings: Settings): readonly Parameter[] {
  return [
    {
      ...levelled('PFIRRMANN', 'Disc degeneration (Pfirrmann)', 'grade', scaleOf(settings).levels, 'worse'),
      thresholds: [
        { text: 'A change of one grade counts as a change.', source: 'convention, no source confirmed' },
      ],
    },
    levelled('MODIC', 'End-plate change (Modic)', 'type', MODIC_TYPES, 'neither'),
    {
      code: 'DISC_HEIGHT',
      label: 'Disc height',
      unit: 'mm',
      min: 0,
      max: LONGEST_DISC_MM,
      maxIsLimit: true,
      higherIs: 'neither',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
    ...COMPARED.map(
      ([code, label]): Parameter => ({
        ...levelled(code, label, 'level', COMPARISON, 'worse'),
        comparesWithBaseline: true,
      }),
    ),
    levelled('MRI_T2', 'T2 signal of the nucleus', 'level', T2_LEVELS, 'worse'),
  ]
}

/** What is compared with baseline has nothing to be compared with on the baseline image. */
const AT_BASELINE: Pick<Item, 'missingCodes' | 'missingLabels'> = {
  missingCodes: ['notApplicable', ...ENTRY_MISSING_REASONS],
  missingLabels: { notApplicable: 'This is the baseline image' },
}

function itemOf({ code, label, min, max, unit, levels }: Parameter): Item {
  const isCompared = COMPARED.some(([compared]) => compared === code)
  return {
    code,
    label,
    min,
    max,
    ...(levels ? { type: 'choice', choices: levels } : { type: 'number', decimals: true, unit }),
    ...(isCompared ? AT_BASELINE : {}),
  }
}

/**
 * MRI of a disc, entered once for each disc: Pfirrmann I–V, or the modified scale 1–8 where `settings.mri.scale` says so
 * (higher is worse), Modic 0–3 (types, no order), disc height 0–30 mm, degeneration, annular fissure and protrusion
 * against baseline (1 better, 2 unchanged, 3 worse), T2 signal of the nucleus (1 bright, 2 intermediate, 3 dark).
 * Missing rule: missing is missing; a comparison on the baseline image is `notApplicable`.
 * Source: Pfirrmann 2001, Griffith 2007, Modic 1988. Example: `mri.score({ PFIRRMANN: { value: 3 } }, {})` →
 * `{ PFIRRMANN: { kind: 'score', value: 3 } }`.
 */
export const mri: Instrument = {
  code: 'mri',
  name: 'MRI findings',
  version: null,
  ruleVersion: 'mri-1',
  source: 'Pfirrmann CW et al., Spine 2001;26:1873–1878; Modic MT et al., Radiology 1988;166:193–199',
  licence: 'Free to use',
  notPrinted: null,
  reservedCodes: [],
  caption: settings => scaleOf(settings).name,
  items: settings => parametersOf(settings).map(itemOf),
  total: () => null,
  parameters: parametersOf,
  repeatedBy: 'location',
  score: (answers, settings) =>
    scoreItems(
      answers,
      parametersOf(settings).map(({ code }) => code),
    ),
  scoring: () => 'Each finding as read, for each disc.',
  missingRule: () => 'Missing is missing. Comparisons do not apply to the baseline image.',
  settingsInForce: settings => [
    {
      key: 'mri.scale',
      label: 'Scale of disc degeneration',
      value: scaleOf(settings).name,
      source: scaleOf(settings).source,
      isDefault: settings.mri?.scale === undefined,
    },
  ],
}
