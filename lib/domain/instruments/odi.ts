import { ENTRY_MISSING_REASONS, readNumber, scoreItem } from '@/lib/domain/instruments/answers'
import type { Answers, EnteredInstrument, Item, Parameter } from '@/lib/domain/instruments/instrument'
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
}

function total(settings: Settings): Item | null {
  return settings.odi?.allowTotalOnly ? TOTAL : null
}

function hasSectionValue(answers: Answers): boolean {
  return SECTIONS.some(({ code }) => readNumber(answers, code) !== undefined)
}

/**
 * 100 × sum ÷ (5 × sections answered), with at most `settings.odi.maxMissingSections` (default 1) missing.
 * Too many missing → `tooFewItems`, or the reason itself when nothing was answered and all reasons given
 * agree.
 */
function scoreSections(answers: Answers, maxMissing: number): Score | undefined {
  const recorded = SECTIONS.flatMap(({ code }) => answers[code] ?? [])
  if (recorded.length === 0) return undefined
  const values = SECTIONS.flatMap(({ code }) => readNumber(answers, code) ?? [])
  const missing = SECTIONS.length - values.length
  if (values.length > 0 && missing <= maxMissing) {
    const sum = values.reduce((a, b) => a + b, 0)
    return { kind: 'score', value: (100 * sum) / (5 * values.length) }
  }
  const reasons = new Set(recorded.map(answer => ('missing' in answer ? answer.missing : null)))
  const [only] = reasons
  return { kind: 'missing', reason: reasons.size === 1 && only ? only : 'tooFewItems' }
}

/**
 * Oswestry Disability Index 2.1a: ten sections 0–5, score 0–100 %, higher is worse.
 * 100 × sum ÷ (5 × sections answered); at most `settings.odi.maxMissingSections` (default 1) sections
 * missing, else no
 * score. Section 8 *not applicable* is a missing section like another. Two boxes ticked: the higher is
 * entered,
 * with `twoMarked`. No rounding. A total without sections (`settings.odi.allowTotalOnly`) is taken as it
 * stands.
 * Source: Fairbank and Pynsent 2000. Checked against: 16 of 50 → 32; 16 with one section missing → 35.6.
 * Example: ten sections at 1 → `{ ODI: { kind: 'score', value: 20 } }`.
 */
export const odi: EnteredInstrument = {
  code: 'odi',
  name: 'Oswestry Disability Index (ODI)',
  version: '2.1a',
  entered: true,
  ruleVersion: 'odi-1',
  source: 'Fairbank JC, Pynsent PB, Spine 2000;25:2940–2952; change: Ostelo RW et al., Spine 2008;33:90–94',
  licence: 'Licensed by Mapi Research Trust: enter what was marked on the licensed form',
  reservedCodes: [],
  caption: () => 'version 2.1a',
  items: () => SECTIONS,
  total,
  parameters: () => [PARAMETER],
  score: (answers, settings) => {
    const given = total(settings) && !hasSectionValue(answers) ? scoreItem(answers, TOTAL.code) : undefined
    const score = given ?? scoreSections(answers, settings.odi?.maxMissingSections ?? 1)
    return score ? { ODI: score } : {}
  },
}

export type OdiBand = 'minimal' | 'moderate' | 'severe' | 'crippled' | 'bed-bound'

/**
 * Names the disability band of an ODI score, 0–100 %: ≤ 20 minimal, ≤ 40 moderate, ≤ 60 severe, ≤ 80
 * crippled,
 * else bed-bound. Throws outside 0–100. Source: Fairbank and Pynsent 2000. Example: `deriveOdiBand(40)` →
 * `'moderate'`.
 */
export function deriveOdiBand(score: number): OdiBand {
  if (!(score >= 0 && score <= 100)) throw new RangeError(`ODI ${score} is outside 0 to 100`)
  if (score <= 20) return 'minimal'
  if (score <= 40) return 'moderate'
  if (score <= 60) return 'severe'
  return score <= 80 ? 'crippled' : 'bed-bound'
}
