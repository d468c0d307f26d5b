import type { Parameter, RegisteredInstrument } from '@/lib/domain/instruments/instrument'

const DIMENSIONS = [
  ['MO', 'Mobility'],
  ['SC', 'Self-care'],
  ['UA', 'Usual activities'],
  ['PD', 'Pain and discomfort'],
  ['AD', 'Anxiety and depression'],
] as const

const NO_CHANGE_RULE = { zeroMeansNone: false, minimalImportantChange: null } as const

/** Parameters of an EQ-5D version; an index below 0 is a state valued as worse than death. */
function eq5dParameters(prefix: string, levelCount: 3 | 5): readonly Parameter[] {
  const levels = Array.from({ length: levelCount }, (_, i) => ({ value: i + 1, label: `Level ${i + 1}` }))
  return [
    {
      code: `${prefix}_PROFILE`,
      label: 'EQ-5D profile',
      unit: 'profile',
      min: 11111,
      max: 11111 * levelCount,
      higherIs: 'neither',
      kind: 'profile',
      ...NO_CHANGE_RULE,
    },
    {
      code: `${prefix}_INDEX`,
      label: 'EQ-5D index',
      unit: 'index',
      min: -1,
      max: 1,
      higherIs: 'better',
      kind: 'continuous',
      ...NO_CHANGE_RULE,
    },
    ...DIMENSIONS.map(
      ([code, label]): Parameter => ({
        code: `${prefix}_${code}`,
        label,
        unit: 'level',
        min: 1,
        max: levelCount,
        higherIs: 'worse',
        kind: 'ordered',
        levels,
        ...NO_CHANGE_RULE,
      }),
    ),
    {
      code: `${prefix}_VAS`,
      label: 'EQ VAS, health today',
      unit: 'points',
      min: 0,
      max: 100,
      higherIs: 'better',
      kind: 'continuous',
      ...NO_CHANGE_RULE,
    },
  ]
}

const EUROQOL = {
  entered: false,
  licence: 'Licensed by the EuroQol Research Foundation',
  reservedCodes: [],
} as const

/**
 * EQ-5D-3L: five dimensions at 1–3 (higher is worse), EQ VAS 0–100 (higher is better). Not entered in this
 * version.
 */
export const eq5d3l: RegisteredInstrument = {
  ...EUROQOL,
  code: 'eq5d3l',
  name: 'EQ-5D-3L',
  version: '3L',
  source: 'EuroQol Group, Health Policy 1990;16:199–208',
  parameters: () => eq5dParameters('EQ5D3L', 3),
}

/**
 * EQ-5D-5L: five dimensions at 1–5 (higher is worse), EQ VAS 0–100 (higher is better). Not entered in this
 * version.
 */
export const eq5d5l: RegisteredInstrument = {
  ...EUROQOL,
  code: 'eq5d5l',
  name: 'EQ-5D-5L',
  version: '5L',
  source: 'Herdman M et al., Quality of Life Research 2011;20:1727–1736',
  parameters: () => eq5dParameters('EQ5D5L', 5),
}
