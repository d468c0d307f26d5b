import { readNumber } from '@/lib/domain/instruments/answers'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { deriveOdiBand, type OdiBand, odi } from '@/lib/domain/instruments/odi'
import type { Settings } from '@/lib/domain/protocol/protocol'

/** An ODI with what it is made of. */
export interface OdiFigures {
  /** 0–100 %; null: no score. */
  readonly score: number | null
  readonly band: OdiBand | null
  /** Points of the answered sections, and the most that these could give. */
  readonly points: number
  readonly possiblePoints: number
  readonly answeredSections: number
  readonly missingSections: number
  /** More missing sections than this give no score. */
  readonly maxMissingSections: number
  /** The total that was given without its sections; null: none. */
  readonly givenTotal: number | null
}

/**
 * The score of an ODI, its band, and the points that it comes from; a section without a number counts as missing.
 * Source: Fairbank and Pynsent 2000. Checked against: 16 points of nine sections → 16 of 45, score 35.6.
 * Example: ten sections at 1 → score 20, minimal, 10 of 50 points.
 */
export function deriveOdiFigures(answers: Answers, settings: Settings): OdiFigures {
  const result = odi.score(answers, settings).ODI
  const score = result?.kind === 'score' ? result.value : null
  const sections = odi.items(settings)
  const values = sections.flatMap(({ code }) => readNumber(answers, code) ?? [])
  const most = sections.filter(({ code }) => readNumber(answers, code) !== undefined).map(({ max }) => max)
  const sum = (numbers: readonly number[]) => numbers.reduce((total, number) => total + number, 0)
  return {
    score,
    band: score === null ? null : deriveOdiBand(score),
    points: sum(values),
    possiblePoints: sum(most),
    answeredSections: values.length,
    missingSections: sections.length - values.length,
    maxMissingSections: settings.odi?.maxMissingSections ?? 1,
    givenTotal: values.length === 0 ? (readNumber(answers, 'ODI') ?? null) : null,
  }
}
