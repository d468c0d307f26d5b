import type { RegisteredInstrument } from '@/lib/domain/instruments/instrument'

const GRADES = ['I', 'II', 'III', 'IV', 'V'].map((label, index) => ({ value: index + 1, label }))

const MODIC_TYPES = ['None', 'Type 1', 'Type 2', 'Type 3'].map((label, value) => ({ value, label }))

const COMPARISON = [
  { value: 1, label: 'Better' },
  { value: 2, label: 'Unchanged' },
  { value: 3, label: 'Worse' },
] as const

/**
 * MRI of a disc: Pfirrmann I–V (higher is worse), Modic 0–3, disc height in mm, three findings against
 * baseline. Not entered in this version.
 */
export const mri: RegisteredInstrument = {
  code: 'mri',
  name: 'MRI findings',
  version: null,
  entered: false,
  source: 'Pfirrmann CW et al., Spine 2001;26:1873–1878; Modic MT et al., Radiology 1988;166:193–199',
  licence: 'Free to use',
  reservedCodes: [],
  parameters: () => [
    {
      code: 'PFIRRMANN',
      label: 'Disc degeneration (Pfirrmann)',
      unit: 'grade',
      min: 1,
      max: 5,
      higherIs: 'worse',
      kind: 'ordered',
      levels: GRADES,
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
    {
      code: 'MODIC',
      label: 'End-plate change (Modic)',
      unit: 'type',
      min: 0,
      max: 3,
      higherIs: 'neither',
      kind: 'ordered',
      levels: MODIC_TYPES,
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
    {
      code: 'DISC_HEIGHT',
      label: 'Disc height',
      unit: 'mm',
      min: 0,
      max: 30,
      higherIs: 'neither',
      kind: 'continuous',
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
    {
      code: 'MRI_DEGENERATION',
      label: 'Degeneration against baseline',
      unit: 'level',
      min: 1,
      max: 3,
      higherIs: 'worse',
      kind: 'ordered',
      levels: COMPARISON,
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
    {
      code: 'MRI_FISSURE',
      label: 'Annular fissure against baseline',
      unit: 'level',
      min: 1,
      max: 3,
      higherIs: 'worse',
      kind: 'ordered',
      levels: COMPARISON,
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
    {
      code: 'MRI_PROTRUSION',
      label: 'Protrusion against baseline',
      unit: 'level',
      min: 1,
      max: 3,
      higherIs: 'worse',
      kind: 'ordered',
      levels: COMPARISON,
      zeroMeansNone: false,
      minimalImportantChange: null,
    },
  ],
}
