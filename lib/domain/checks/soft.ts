/**
 * Soft checks: what they find is asked, not refused. The person confirms, and the confirmation is recorded.
 */
import { checkAnalgesicLevel } from '@/lib/domain/checks/soft-analgesics'
import { checkChange } from '@/lib/domain/checks/soft-change'
import { checkCross } from '@/lib/domain/checks/soft-cross'
import { checkDose } from '@/lib/domain/checks/soft-dose'
import { checkFreeText } from '@/lib/domain/checks/soft-free-text'
import { checkFutureDates } from '@/lib/domain/checks/soft-future'
import { checkPainOrder } from '@/lib/domain/checks/soft-pain-order'
import type { SoftCheckInput, SoftQuestion, SoftRule } from '@/lib/domain/checks/soft-rule'
import { checkTolerance } from '@/lib/domain/checks/soft-tolerance'
import { checkTwoMarked } from '@/lib/domain/checks/soft-two-marked'
import { checkUndosed } from '@/lib/domain/checks/soft-undosed'
import { checkVisitOrder } from '@/lib/domain/checks/soft-visit-order'
import { checkVisitWindow } from '@/lib/domain/checks/soft-window'
import { checkWorkHours } from '@/lib/domain/checks/soft-work'

/** Every soft rule, in the order in which it is asked. A rule across forms reads `input.others`. */
export const SOFT_RULES: readonly SoftRule[] = [
  checkPainOrder,
  checkTwoMarked,
  checkWorkHours,
  checkAnalgesicLevel,
  checkTolerance,
  checkCross,
  checkChange,
  checkVisitWindow,
  checkVisitOrder,
  checkDose,
  checkUndosed,
  checkFutureDates,
  checkFreeText,
]

/**
 * All that wants a person's confirmation about one form of one visit, on answers that passed the hard checks.
 * Missing and unanswered items, and dates that are not known, give no question. Empty = nothing to ask.
 * Example: NPRS average 5 and worst 4 → “Check: worst pain (4) is below average pain (5).”
 */
export function checkSoft(input: SoftCheckInput): readonly SoftQuestion[] {
  return SOFT_RULES.flatMap(rule => rule(input))
}

/**
 * The questions that no confirmation given so far answers. A confirmation holds for the values it was given
 * about: when one of them changes the question's key changes and it is asked again.
 * Example: `listUnconfirmed(checkSoft(input), [])` → all of them.
 */
export function listUnconfirmed(
  questions: readonly SoftQuestion[],
  confirmedKeys: readonly string[],
): readonly SoftQuestion[] {
  return questions.filter(question => !confirmedKeys.includes(question.key))
}
