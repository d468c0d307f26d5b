/** Value sets of EQ-5D: what each level takes from full health. */

/** The dimensions in the order of the profile. */
export const EQ5D_DIMENSIONS = ['MO', 'SC', 'UA', 'PD', 'AD'] as const

export type Eq5dDimension = (typeof EQ5D_DIMENSIONS)[number]

export interface ValueSet {
  /** As protocols name it. */
  readonly name: string
  readonly levelCount: 3 | 5
  readonly source: string
  /** What levels 2 and up take from 1, by dimension. */
  readonly decrements: Readonly<Record<Eq5dDimension, readonly number[]>>
  /** Taken once if any dimension is above level 1. */
  readonly anyAboveFirst: number
  /** Taken once if any dimension is at the last level. */
  readonly anyAtLast: number
}

/** The value sets that a study may name, each for one version of EQ-5D. Checked against: clinical.md §2, check values. */
export const EQ5D_VALUE_SETS: readonly ValueSet[] = [
  {
    name: 'UK-Dolan-1997',
    levelCount: 3,
    source: 'Dolan P, Medical Care 1997;35:1095–1108 (time trade-off, United Kingdom)',
    decrements: {
      MO: [0.069, 0.314],
      SC: [0.104, 0.214],
      UA: [0.036, 0.094],
      PD: [0.123, 0.386],
      AD: [0.071, 0.236],
    },
    anyAboveFirst: 0.081,
    anyAtLast: 0.269,
  },
  {
    name: 'England-Devlin-2018',
    levelCount: 5,
    source: 'Devlin NJ et al., Health Economics 2018;27:7–22 (England)',
    decrements: {
      MO: [0.058, 0.076, 0.207, 0.274],
      SC: [0.05, 0.08, 0.164, 0.203],
      UA: [0.05, 0.063, 0.162, 0.184],
      PD: [0.063, 0.084, 0.276, 0.335],
      AD: [0.078, 0.104, 0.285, 0.289],
    },
    anyAboveFirst: 0,
    anyAtLast: 0,
  },
  {
    name: 'Australia-2023',
    levelCount: 5,
    source: 'doi 10.1007/s40273-023-01243-0 (Australia)',
    decrements: {
      MO: [0.039, 0.067, 0.237, 0.242],
      SC: [0.03, 0.058, 0.213, 0.221],
      UA: [0, 0.055, 0.162, 0.162],
      PD: [0.044, 0.081, 0.276, 0.285],
      AD: [0.032, 0.066, 0.238, 0.238],
    },
    anyAboveFirst: 0,
    anyAtLast: 0.153,
  },
]

/**
 * The value set of that name for a version of EQ-5D; `undefined` if none has it.
 * Example: `findValueSet('UK-Dolan-1997', 3)?.anyAtLast` → 0.269; for 5 levels → `undefined`.
 */
export function findValueSet(name: unknown, levelCount: 3 | 5): ValueSet | undefined {
  return EQ5D_VALUE_SETS.find(set => set.name === name && set.levelCount === levelCount)
}

/**
 * EQ-5D index of a profile: 1 − the decrements of a value set, rounded to the three decimals in which value sets are
 * published; 1 is full health, below 0 valued as worse than death, higher is better.
 * Missing rule: all five levels are needed (the caller asks for them). Throws on levels that the version does not have.
 * Source: clinical.md §2. Checked against: UK 3L 12321 → .329, England 5L 12345 → .322, Australia 5L 55555 → −.301.
 * Example: `computeIndex(uk, [1, 1, 1, 1, 1])` → 1.
 */
export function computeIndex(set: ValueSet, levels: readonly number[]): number {
  const taken = EQ5D_DIMENSIONS.map((dimension, index) => {
    const level = levels[index]
    const decrement = level === 1 ? 0 : set.decrements[dimension][(level ?? 0) - 2]
    if (decrement === undefined) throw new RangeError(`EQ-5D level ${level} of ${dimension} does not exist`)
    return decrement
  })
  const once =
    (levels.some(level => level > 1) ? set.anyAboveFirst : 0) +
    (levels.some(level => level === set.levelCount) ? set.anyAtLast : 0)
  const index = 1 - once - taken.reduce((sum, decrement) => sum + decrement, 0)
  return Math.round(index * 1000) / 1000 + 0
}
