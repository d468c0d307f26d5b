/**
 * Health, tolerance and MRI of the nine of the demonstration cohort, in its order. Made up, and in agreement with what is
 * published of the documented study (Future Science OA 2022;8(5):FSO794): EQ-5D improved, no further degeneration on MRI.
 */

type Minutes = number | 'unlimited'

export interface DemoHealth {
  /** EQ-5D-3L profile and EQ VAS at BL, M3, M6, M12. */
  readonly profiles: readonly [string, string, string, string]
  readonly vas: readonly [number, number, number, number]
  /** Sitting, standing, walking at BL, M6, M12. */
  readonly tolerance: readonly (readonly [Minutes, Minutes, Minutes])[]
  readonly mri: DemoMri
}

/** Grade, type, height and T2 signal are the same at 12 months; fissure and protrusion as compared there. */
export interface DemoMri {
  readonly pfirrmann: number
  readonly modic: number
  readonly heightMm: number
  readonly t2: number
  readonly fissure: 1 | 2
  readonly protrusion: 1 | 2
}

export const DEMO_HEALTH: readonly DemoHealth[] = [
  {
    profiles: ['22232', '21222', '21222', '11221'],
    vas: [45, 55, 60, 70],
    tolerance: [
      [20, 15, 20],
      [30, 25, 40],
      [45, 40, 60],
    ],
    mri: { pfirrmann: 3, modic: 1, heightMm: 9.5, t2: 2, fissure: 2, protrusion: 2 },
  },
  {
    profiles: ['21231', '21221', '11221', '11121'],
    vas: [50, 60, 68, 80],
    tolerance: [
      [30, 20, 30],
      [60, 45, 60],
      [90, 60, 'unlimited'],
    ],
    mri: { pfirrmann: 3, modic: 0, heightMm: 10.2, t2: 2, fissure: 1, protrusion: 2 },
  },
  {
    profiles: ['21221', '21221', '21221', '21221'],
    vas: [55, 55, 54, 55],
    tolerance: [
      [30, 30, 40],
      [30, 30, 40],
      [30, 30, 40],
    ],
    mri: { pfirrmann: 4, modic: 1, heightMm: 8.1, t2: 3, fissure: 2, protrusion: 2 },
  },
  {
    profiles: ['22332', '22232', '22222', '21221'],
    vas: [30, 38, 45, 62],
    tolerance: [
      [10, 5, 10],
      [15, 10, 20],
      [30, 25, 45],
    ],
    mri: { pfirrmann: 4, modic: 2, heightMm: 7.6, t2: 3, fissure: 2, protrusion: 2 },
  },
  {
    profiles: ['21222', '11221', '11121', '11111'],
    vas: [52, 66, 75, 88],
    tolerance: [
      [25, 20, 30],
      [90, 60, 120],
      ['unlimited', 'unlimited', 'unlimited'],
    ],
    mri: { pfirrmann: 3, modic: 0, heightMm: 10.8, t2: 2, fissure: 1, protrusion: 1 },
  },
  {
    profiles: ['22232', '22222', '22222', '22232'],
    vas: [40, 44, 45, 40],
    tolerance: [
      [20, 15, 15],
      [20, 15, 20],
      [15, 15, 15],
    ],
    mri: { pfirrmann: 4, modic: 2, heightMm: 7.2, t2: 3, fissure: 2, protrusion: 2 },
  },
  {
    profiles: ['11221', '11221', '11121', '11111'],
    vas: [65, 68, 74, 82],
    tolerance: [
      [60, 45, 90],
      [90, 60, 120],
      ['unlimited', 90, 'unlimited'],
    ],
    mri: { pfirrmann: 3, modic: 0, heightMm: 10.1, t2: 2, fissure: 2, protrusion: 2 },
  },
  {
    profiles: ['21222', '21222', '21222', '21221'],
    vas: [50, 50, 52, 56],
    tolerance: [
      [25, 20, 30],
      [25, 20, 30],
      [30, 30, 40],
    ],
    mri: { pfirrmann: 3, modic: 1, heightMm: 9, t2: 2, fissure: 2, protrusion: 2 },
  },
  {
    profiles: ['22232', '21232', '21222', '21222'],
    vas: [42, 45, 48, 50],
    tolerance: [
      [15, 20, 25],
      [20, 20, 30],
      [20, 20, 30],
    ],
    mri: { pfirrmann: 4, modic: 1, heightMm: 8.4, t2: 3, fissure: 2, protrusion: 2 },
  },
]

/** Of the later registrations at baseline. */
export const DEMO_LATER_HEALTH: DemoHealth = {
  profiles: ['21222', '21222', '21222', '21222'],
  vas: [50, 50, 50, 50],
  tolerance: [[25, 20, 30]],
  mri: { pfirrmann: 3, modic: 1, heightMm: 9.3, t2: 2, fissure: 2, protrusion: 2 },
}
