import type { RegisteredInstrument } from '@/lib/domain/instruments/instrument'

/** Roland–Morris: 24 ticks, 0–24 points, higher is worse. Not entered in this version. */
export const rmdq: RegisteredInstrument = {
  code: 'rmdq',
  name: 'Roland–Morris Disability Questionnaire (RMDQ-24)',
  version: null,
  entered: false,
  source: 'Roland M, Morris R, Spine 1983;8:141–144; change: Ostelo RW et al., Spine 2008;33:90–94',
  licence: 'Free to use',
  reservedCodes: Array.from({ length: 24 }, (_, i) => `RMDQ_${String(i + 1).padStart(2, '0')}`),
  parameters: () => [
    {
      code: 'RMDQ',
      label: 'Disability (RMDQ)',
      unit: 'points',
      min: 0,
      max: 24,
      higherIs: 'worse',
      kind: 'continuous',
      zeroMeansNone: true,
      minimalImportantChange: { points: 5, percent: 30, source: 'Ostelo 2008' },
    },
  ],
}
