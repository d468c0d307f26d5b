import type { Answers } from '@/lib/domain/instruments/instrument'
import { findInstrument } from '@/lib/domain/instruments/registry'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { MissingReason, Score } from '@/lib/domain/shared/missing'

/** One parameter of one assessment, scored, with the version of the rule that did it. */
export interface DerivedScore {
  readonly parameter: string
  readonly score: Score
  readonly ruleVersion: string
}

/**
 * The scores that follow from one form: each parameter of which something was recorded, as a value or a
 * reason. Range, unit and direction are the parameter's. Missing rule: the instrument's; a form recorded as
 * not done gives every parameter that reason; nothing recorded gives no score. A study's own form gives none.
 * Errors: throws as the scorer does, on answers that the hard checks refuse.
 * Source: clinical.md §2. Example: `deriveScores('nprs', { NPRS_AVG: { value: 4 } }, null, {})` →
 * `[{ parameter: 'NPRS_AVG', score: { kind: 'score', value: 4 }, ruleVersion: 'nprs-1' }]`.
 */
export function deriveScores(
  form: string,
  answers: Answers,
  notDoneReason: MissingReason | null,
  settings: Settings,
): readonly DerivedScore[] {
  const instrument = findInstrument(form)
  if (!instrument) return []
  const { ruleVersion } = instrument
  if (notDoneReason !== null) {
    const score: Score = { kind: 'missing', reason: notDoneReason }
    return instrument.parameters(settings).map(({ code }) => ({ parameter: code, score, ruleVersion }))
  }
  return Object.entries(instrument.score(answers, settings)).map(([parameter, score]) => ({
    parameter,
    score,
    ruleVersion,
  }))
}
