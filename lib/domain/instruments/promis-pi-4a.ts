import type { RegisteredInstrument } from '@/lib/domain/instruments/instrument'

/**
 * PROMIS Pain Interference 4a: T score 41.6–75.6, population mean 50, higher is worse. Not entered in this
 * version.
 */
export const promisPi4a: RegisteredInstrument = {
  code: 'promisPi4a',
  name: 'PROMIS Pain Interference 4a',
  version: '4a',
  entered: false,
  source: 'Amtmann D et al., Pain 2010;150:173–182',
  licence: 'Licensed by the PROMIS Health Organization',
  reservedCodes: Array.from({ length: 4 }, (_, i) => `PROMIS_PI_${i + 1}`),
  parameters: () => [
    {
      code: 'PROMIS_PI_T',
      label: 'Pain interference (PROMIS)',
      unit: 'T score',
      min: 41.6,
      max: 75.6,
      higherIs: 'worse',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
  ],
}
