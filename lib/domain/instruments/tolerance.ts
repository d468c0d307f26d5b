import type { RegisteredInstrument } from '@/lib/domain/instruments/instrument'

/**
 * Minutes of sitting, standing and walking, or *unlimited*, which ranks above every number; higher is
 * better. Not entered in this version.
 */
export const tolerance: RegisteredInstrument = {
  code: 'tolerance',
  name: 'Sitting, standing and walking tolerance',
  version: null,
  entered: false,
  source: 'Durations as reported',
  licence: 'Free to use',
  reservedCodes: [],
  parameters: () => [
    {
      code: 'TOL_SIT',
      label: 'Sitting tolerance',
      unit: 'minutes',
      min: 0,
      max: 1440,
      higherIs: 'better',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
    {
      code: 'TOL_STAND',
      label: 'Standing tolerance',
      unit: 'minutes',
      min: 0,
      max: 1440,
      higherIs: 'better',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
    {
      code: 'TOL_WALK',
      label: 'Walking tolerance',
      unit: 'minutes',
      min: 0,
      max: 1440,
      higherIs: 'better',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
  ],
}
