import {
  ENTRY_MISSING_REASONS,
  readNumbers,
  scoreByRule,
  scoreItem,
  sumOf,
} from '@/lib/domain/instruments/answers'
import type { Answers, Instrument, Item, Parameter } from '@/lib/domain/instruments/instrument'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { Score } from '@/lib/domain/shared/missing'

const SECTION_TITLES = [
  'Pain intensity',
  'Personal care',
  'Lifting',
  'Walking',
  'Sitting',
  'Standing',
  'Sleeping',
  'Sex life',
  'Social life',
  'Travelling',
] as const

/** The section that the form marks *if applicable*. */
const OPTIONAL_SECTION = 'ODI_08'

const SECTIONS: readonly Item[] = SECTION_TITLES.map((label, index) => {
  const code = `ODI_${String(index + 1).padStart(2, '0')}`
  return {
    code,
    label,
    type: 'scale',
    min: 0,
    max: 5,
    anchors: ['0 best', '5 worst'],
    mayBeTwoMarked: true,
    ...(code === OPTIONAL_SECTION ? { missingCodes: [...ENTRY_MISSING_REASONS, 'notApplicable'] } : {}),
  }
})

const TOTAL: Item = {
  code: 'ODI',
  label: 'ODI total',
  type: 'number',
  min: 0,
  max: 100,
  decimals: true,
  unit: '%',
}

const BANDS_SOURCE = 'Fairbank JC, Pynsent PB, Spine 2000;25:2940–2952'

const BANDS = [
  { upTo: 20, label: 'minimal' },
  { upTo: 40, label: 'moderate' },
  { upTo: 60, label: 'severe' },
  { upTo: 80, label: 'crippled' },
  { upTo: 100, label: 'bed-bound' },
] as const

const PARAMETER: Parameter = {
  code: 'ODI',
  label: 'Disability (ODI)',
  unit: '%',
  min: 0,
  max: 100,
  higherIs: 'worse',
  kind: 'continuous',
  zeroMeansNone: true,
  minimalImportantChange: { points: 10, percent: 30, source: 'Ostelo 2008' },
  bands: { source: BANDS_SOURCE, list: BANDS },
  thresholds: [{ text: 'A change of 15 points is used in phase 3.', source: 'NCT02412735' }],
}

function total(settings: Settings): Item | null {
  return settings.odi?.allowTotalOnly ? TOTAL : null
}

const CODES = SECTIONS.map(({ code }) => code)

/** 100 × sum ÷ (5 × sections answered), rounded half up where the study asks for it. */
function scoreSections(answers: Answers, settings: Settings): Score | undefined {
  const maxMissing = settings.odi?.maxMissingSections ?? 1
  return scoreByRule(answers, CODES, values =>
    CODES.length - values.length <= maxMissing
      ? roundScore((100 * sumOf(values)) / (5 * values.length), settings.odi?.roundTo)
      : null,
  )
}

function roundScore(score: number, decimals: number | undefined): number {
  if (decimals === undefined) return score
  const unit = 10 ** decimals
  return Math.round(score * unit + 1e-9) / unit
}

/**
 * Oswestry Disability Index 2.1a: ten sections 0–5, score 0–100 %, higher is worse.
 * 100 × sum ÷ (5 × sections answered); at most `settings.odi.maxMissingSections` (default 1) sections
 * missing, else no score. Section 8 *not applicable* is a missing section like another. Two boxes ticked: the
 * higher is entered, with `twoMarked`. Rounded only where `settings.odi.roundTo` names decimals. A total
 * without sections (`settings.odi.allowTotalOnly`) is taken as it stands.
 * Source: Fairbank and Pynsent 2000. Checked against: 16 of 50 → 32; 16 with one section missing → 35.6.
 * Example: ten sections at 1 → `{ ODI: { kind: 'score', value: 20 } }`.
 */
export const odi: Instrument = {
  code: 'odi',
  name: 'Oswestry Disability Index (ODI)',
  version: '2.1a',
  ruleVersion: 'odi-1',
  source: 'Fairbank JC, Pynsent PB, Spine 2000;25:2940–2952; change: Ostelo RW et al., Spine 2008;33:90–94',
  licence: 'Licensed by Mapi Research Trust: enter what was marked on the licensed form',
  notPrinted: 'The wording of the statements; only the titles of the sections are shown',
  reservedCodes: [],
  caption: () => 'version 2.1a',
  items: () => SECTIONS,
  total,
  parameters: () => [PARAMETER],
  score: (answers, settings) => {
    const given =
      total(settings) && readNumbers(answers, CODES).length === 0 ? scoreItem(answers, TOTAL.code) : undefined
    const score = given ?? scoreSections(answers, settings)
    return score ? { ODI: score } : {}
  },
  scoring: settings =>
    `100 × the sum ÷ (5 × the sections answered), ${formatRounding(settings)}. Of two boxes marked the higher counts.`,
  missingRule: settings =>
    `At most ${settings.odi?.maxMissingSections ?? 1} of ten sections missing, “not applicable” included; more: no score.`,
  settingsInForce: settings => [
    {
      key: 'odi.maxMissingSections',
      label: 'Missing sections permitted',
      value: String(settings.odi?.maxMissingSections ?? 1),
      source: null,
      isDefault: settings.odi?.maxMissingSections === undefined,
    },
    {
      key: 'odi.roundTo',
      label: 'Rounding',
      value: formatRounding(settings),
      source: null,
      isDefault: settings.odi?.roundTo === undefined,
    },
    {
      key: 'odi.allowTotalOnly',
      label: 'Total without its sections',
      value: settings.odi?.allowTotalOnly ? 'accepted' : 'refused',
      source: null,
      isDefault: settings.odi?.allowTotalOnly === undefined,
    },
  ],
}

function formatRounding({ odi: own }: Settings): string {
  return own?.roundTo === undefined ? 'not rounded' : `rounded to ${own.roundTo} decimals`
}

export type OdiBand = (typeof BANDS)[number]['label']

/**
 * Names the disability band of an ODI score, 0–100 %: ≤ 20 minimal, ≤ 40 moderate, ≤ 60 severe, ≤ 80 crippled, else
 * bed-bound. Throws outside 0–100. Source: Fairbank and Pynsent 2000. Example: `deriveOdiBand(40)` → `'moderate'`.
 */
export function deriveOdiBand(score: number): OdiBand {
  const band = score >= 0 ? BANDS.find(({ upTo }) => score <= upTo) : undefined
  if (!band) throw new RangeError(`ODI ${score} is outside 0 to 100`)
  return band.label
}
