import { scoreByRule, scoreItems } from '@/lib/domain/instruments/answers'
import {
  computeIndex,
  EQ5D_DIMENSIONS,
  EQ5D_VALUE_SETS,
  findValueSet,
} from '@/lib/domain/instruments/eq5d-value-sets'
import type { Instrument, Item, Parameter } from '@/lib/domain/instruments/instrument'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { Score } from '@/lib/domain/shared/missing'

const TITLES = {
  MO: 'Mobility',
  SC: 'Self-care',
  UA: 'Usual activities',
  PD: 'Pain and discomfort',
  AD: 'Anxiety and depression',
} as const

const NO_CHANGE_RULE = { zeroMeansNone: false, minimalImportantChange: null } as const

/** What differs between the two versions. */
interface Version {
  readonly code: 'eq5d3l' | 'eq5d5l'
  readonly prefix: string
  readonly name: string
  readonly levelCount: 3 | 5
  readonly source: string
}

function valueSetOf({ code, levelCount }: Version, settings: Settings) {
  return findValueSet(settings[code]?.valueSet, levelCount)
}

function itemsOf({ prefix, levelCount }: Version): readonly Item[] {
  return [
    ...EQ5D_DIMENSIONS.map(
      (dimension): Item => ({
        code: `${prefix}_${dimension}`,
        label: TITLES[dimension],
        type: 'scale',
        min: 1,
        max: levelCount,
        anchors: ['1 best', `${levelCount} worst`],
      }),
    ),
    {
      code: `${prefix}_VAS`,
      label: 'EQ VAS, health today',
      type: 'number',
      min: 0,
      max: 100,
      anchors: ['0 worst', '100 best'],
    },
  ]
}

function indexParameter(version: Version, settings: Settings): Parameter[] {
  const set = valueSetOf(version, settings)
  if (!set) return []
  return [
    {
      code: `${version.prefix}_INDEX`,
      label: 'EQ-5D index',
      unit: 'index',
      min: computeIndex(set, Array(5).fill(set.levelCount)),
      max: 1,
      decimals: 3,
      higherIs: 'better',
      kind: 'continuous',
      ...NO_CHANGE_RULE,
      thresholds: [
        {
          text: 'A change of 0.08 corresponds to 2 points less on a 0–10 pain rating in low back pain.',
          source: 'PMC7053735',
        },
      ],
    },
  ]
}

function parametersOf(version: Version, settings: Settings): readonly Parameter[] {
  const { prefix, levelCount } = version
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
    ...indexParameter(version, settings),
    ...EQ5D_DIMENSIONS.map(
      (dimension): Parameter => ({
        code: `${prefix}_${dimension}`,
        label: TITLES[dimension],
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

function makeEq5d(version: Version): Instrument {
  const { code, prefix, levelCount } = version
  const dimensions = EQ5D_DIMENSIONS.map(dimension => `${prefix}_${dimension}`)
  const named = EQ5D_VALUE_SETS.filter(set => set.levelCount === levelCount).map(set => set.name)
  return {
    code,
    name: version.name,
    version: `${levelCount}L`,
    ruleVersion: 'eq5d-1',
    source: version.source,
    licence: 'Licensed by the EuroQol Research Foundation: enter what was marked on the licensed form',
    notPrinted: 'The wording of the dimensions, of their levels and of the EQ VAS',
    reservedCodes: [`${prefix}_INDEX`],
    caption: () => null,
    items: () => itemsOf(version),
    total: () => null,
    parameters: settings => parametersOf(version, settings),
    score: (answers, settings) => {
      const set = valueSetOf(version, settings)
      const whole = (rule: (levels: readonly number[]) => number) =>
        scoreByRule(answers, dimensions, levels => (levels.length === 5 ? rule(levels) : null))
      const profile = whole(levels => Number(levels.join('')))
      const index = set && whole(levels => computeIndex(set, levels))
      const scores: Record<string, Score> = {
        ...(profile ? { [`${prefix}_PROFILE`]: profile } : {}),
        ...(index ? { [`${prefix}_INDEX`]: index } : {}),
      }
      return { ...scores, ...scoreItems(answers, [...dimensions, `${prefix}_VAS`]) }
    },
    scoring: settings =>
      `Profile: the five levels in order, as 21232. ${
        valueSetOf(version, settings)
          ? 'Index: 1 minus the decrements of the value set that the study names, to three decimals.'
          : `No index: the study names no value set (known: ${named.join(', ')}).`
      }`,
    missingRule: () => 'Any dimension missing: no profile and no index. EQ VAS: missing is missing.',
    settingsInForce: settings => {
      const set = valueSetOf(version, settings)
      return [
        {
          key: `${code}.valueSet`,
          label: 'Value set',
          value: set?.name ?? 'none, profile only',
          source: set?.source ?? null,
          isDefault: !set,
        },
      ]
    },
  }
}

/**
 * EQ-5D-3L: five dimensions at 1–3 (higher is worse), EQ VAS 0–100 (higher is better), the profile (21232), and the index
 * (higher is better) where the study names a value set of three levels. Missing rule: any dimension missing → no profile
 * and no index, with the reason. Source: EuroQol Group 1990. Checked against: 33333 → −.594 (UK, Dolan 1997).
 * Example: MO 2, the others 1 → profile 21111, index .850 (UK-Dolan-1997).
 */
export const eq5d3l: Instrument = makeEq5d({
  code: 'eq5d3l',
  prefix: 'EQ5D3L',
  name: 'EQ-5D-3L',
  levelCount: 3,
  source: 'EuroQol Group, Health Policy 1990;16:199–208',
})

/**
 * EQ-5D-5L: five dimensions at 1–5 (higher is worse), EQ VAS 0–100 (higher is better), the profile, and the index (higher
 * is better) where the study names a value set of five levels. Missing rule: any dimension missing → no profile and no
 * index, with the reason. Source: Herdman 2011. Checked against: 55555 → −.285 (England), −.301 (Australia).
 * Example: MO 2, the others 1 → profile 21111, index .942 (England-Devlin-2018).
 */
export const eq5d5l: Instrument = makeEq5d({
  code: 'eq5d5l',
  prefix: 'EQ5D5L',
  name: 'EQ-5D-5L',
  levelCount: 5,
  source: 'Herdman M et al., Quality of Life Research 2011;20:1727–1736',
})
