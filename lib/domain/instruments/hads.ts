import type { RegisteredInstrument } from '@/lib/domain/instruments/instrument'

/** HADS: two sums of seven items, 0–21 points, higher is worse. Not entered in this version. */
export const hads: RegisteredInstrument = {
  code: 'hads',
  name: 'Hospital Anxiety and Depression Scale (HADS)',
  version: null,
  entered: false,
  source: 'Zigmond AS, Snaith RP, Acta Psychiatrica Scandinavica 1983;67:361–370',
  licence: 'Licensed by GL Assessment',
  reservedCodes: Array.from({ length: 14 }, (_, i) => `HADS_${String(i + 1).padStart(2, '0')}`),
  parameters: () => [
    {
      code: 'HADS_A',
      label: 'Anxiety (HADS)',
      unit: 'points',
      min: 0,
      max: 21,
      higherIs: 'worse',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
    {
      code: 'HADS_D',
      label: 'Depression (HADS)',
      unit: 'points',
      min: 0,
      max: 21,
      higherIs: 'worse',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
  ],
}
