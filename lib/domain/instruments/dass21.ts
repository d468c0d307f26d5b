import type { RegisteredInstrument } from '@/lib/domain/instruments/instrument'

/**
 * DASS-21: three sums of seven items, shown × 2, 0–42 points, higher is worse. Not entered in this version.
 */
export const dass21: RegisteredInstrument = {
  code: 'dass21',
  name: 'Depression Anxiety Stress Scales (DASS-21)',
  version: null,
  entered: false,
  source: 'Lovibond SH, Lovibond PF, Manual for the Depression Anxiety Stress Scales, 1995',
  licence: 'Public domain',
  reservedCodes: Array.from({ length: 21 }, (_, i) => `DASS21_${String(i + 1).padStart(2, '0')}`),
  parameters: () => [
    {
      code: 'DASS_D',
      label: 'Depression (DASS-21)',
      unit: 'points',
      min: 0,
      max: 42,
      higherIs: 'worse',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
    {
      code: 'DASS_A',
      label: 'Anxiety (DASS-21)',
      unit: 'points',
      min: 0,
      max: 42,
      higherIs: 'worse',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
    {
      code: 'DASS_S',
      label: 'Stress (DASS-21)',
      unit: 'points',
      min: 0,
      max: 42,
      higherIs: 'worse',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
  ],
}
