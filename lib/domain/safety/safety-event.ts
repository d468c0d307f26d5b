import { isFatal, isSerious } from '@/lib/domain/events/event-facts'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { EVENT_CATEGORIES, RELATIONS } from '@/lib/domain/logs/adverse-event-fields'
import { boolOf, codesOf, textOf } from '@/lib/domain/logs/answer-values'

/** CTCAE severity, higher is worse; it says nothing of seriousness. */
export type Grade = 1 | 2 | 3 | 4 | 5

/** How likely the procedure or the product caused an event, by the investigator. */
export type Relation = (typeof RELATIONS)[number]['code']

/** One adverse event as the safety tables read it. Null: not known, or not yet judged. */
export interface SafetyEvent {
  /** Row number; never shown. */
  readonly participant: number
  readonly term: string
  /** Code of a category; `other` where none is known. */
  readonly category: string
  /** `YYYY`, `YYYY-MM` or `YYYY-MM-DD`. */
  readonly onset: string | null
  readonly end: string | null
  readonly isOngoing: boolean | null
  readonly grade: Grade | null
  readonly isSerious: boolean
  readonly isFatal: boolean
  /** Seriousness criteria met. */
  readonly criteria: readonly string[]
  readonly relationToProcedure: Relation | null
  readonly relationToProduct: Relation | null
  readonly outcome: string | null
}

const GRADES: readonly Grade[] = [1, 2, 3, 4, 5]

/**
 * An entry of the log of adverse events. Missing rule: what is not recorded is null; a category that is not known is
 * `other`. Example: `readSafetyEvent(3, { AETOXGR: { value: '2' } }).grade` → 2.
 */
export function readSafetyEvent(participant: number, answers: Answers): SafetyEvent {
  const category = EVENT_CATEGORIES.find(({ code }) => code === textOf(answers, 'AECAT'))
  return {
    participant,
    term: textOf(answers, 'AETERM') ?? '',
    category: category?.code ?? 'other',
    onset: textOf(answers, 'AESTDAT'),
    end: textOf(answers, 'AEENDAT'),
    isOngoing: boolOf(answers, 'AEONGO'),
    grade: GRADES.find(grade => String(grade) === textOf(answers, 'AETOXGR')) ?? null,
    isSerious: isSerious(answers),
    isFatal: isFatal(answers),
    criteria: codesOf(answers, 'AESERCRIT'),
    relationToProcedure: relationOf(answers, 'AERELPR'),
    relationToProduct: relationOf(answers, 'AERELPD'),
    outcome: textOf(answers, 'AEOUT'),
  }
}

function relationOf(answers: Answers, field: string): Relation | null {
  const code = textOf(answers, field)
  return RELATIONS.find(relation => relation.code === code)?.code ?? null
}

/**
 * The closer of two relations; null only where neither was judged. Order: unrelated, unlikely, possible, probable,
 * definite. Example: `closerRelation('unlikely', 'probable')` → `'probable'`.
 */
export function closerRelation(a: Relation | null, b: Relation | null): Relation | null {
  return rankOf(a) >= rankOf(b) ? a : b
}

/**
 * Whether an event counts as related: possible, probable or definite to the procedure or to the product. Not judged is
 * not related, and is counted for itself. Source: convention of safety tables (ICH E2A: a reasonable possibility).
 * Example: procedure unrelated, product possible → true.
 */
export function isRelated(event: Pick<SafetyEvent, 'relationToProcedure' | 'relationToProduct'>): boolean {
  return rankOf(closerRelation(event.relationToProcedure, event.relationToProduct)) >= rankOf('possible')
}

function rankOf(relation: Relation | null): number {
  return RELATIONS.findIndex(({ code }) => code === relation)
}
