/** Reading single answers of a log entry. A missing reason and a blank read alike: there is no value. */
import type { Answers } from '@/lib/domain/instruments/instrument'

function readValue(answers: Answers, code: string) {
  const answer = answers[code]
  return answer && 'value' in answer ? answer.value : null
}

/** The text, choice or date answered to a field; null without one. Example: `textOf({ A: { value: 'x' } }, 'A')` → `'x'`. */
export function textOf(answers: Answers, code: string): string | null {
  const value = readValue(answers, code)
  return typeof value === 'string' ? value : null
}

/** The number answered to a field; null without one. Example: `numberOf({ A: { value: 4 } }, 'A')` → `4`. */
export function numberOf(answers: Answers, code: string): number | null {
  const value = readValue(answers, code)
  return typeof value === 'number' ? value : null
}

/** Yes or no; null without an answer. Example: `boolOf({ A: { value: false } }, 'A')` → `false`. */
export function boolOf(answers: Answers, code: string): boolean | null {
  const value = readValue(answers, code)
  return typeof value === 'boolean' ? value : null
}

/** The codes chosen in a field that takes several; empty without any. Example: `codesOf({}, 'A')` → `[]`. */
export function codesOf(answers: Answers, code: string): readonly string[] {
  const value = readValue(answers, code)
  return typeof value === 'object' && value !== null ? value : []
}
