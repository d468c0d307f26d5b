import type { Answer, Answers } from '@/lib/domain/instruments/instrument'

/** A form as one person entered it. */
export interface Entered {
  readonly answers: Answers
  /** Why the whole form was not done; then there are no answers. */
  readonly notDoneReason: string | null
}

/** Name under which two entries differ in whether the form was done at all. */
export const WHOLE_FORM = '~notDone'

/**
 * Codes of the items in which two entries of one form differ, in the order of their codes; `['~notDone']` alone where
 * they differ in whether, or why not, the form was done: then no item can be compared.
 * An answer against none, or against a reason, differs; so does the mark that two boxes were ticked. The order of several
 * choices does not count. Missing rule: no answer on either side is no difference. Errors: none.
 * Source: clinical.md §3 (items are compared as entered, never as scored).
 * Example: first `A 3, B 4`, second `A 3, B 5` → `['B']`.
 */
export function compareEntries(first: Entered, second: Entered): readonly string[] {
  if (first.notDoneReason !== second.notDoneReason) return [WHOLE_FORM]
  const codes = new Set([...Object.keys(first.answers), ...Object.keys(second.answers)])
  return [...codes].filter(code => !isSameAnswer(first.answers[code], second.answers[code])).toSorted()
}

function isSameAnswer(a: Answer | undefined, b: Answer | undefined): boolean {
  return writeAnswer(a) === writeAnswer(b)
}

function writeAnswer(answer: Answer | undefined): string {
  if (!answer) return ''
  if ('missing' in answer) return JSON.stringify(['missing', answer.missing])
  const { value, twoMarked } = answer
  return JSON.stringify([typeof value === 'object' ? value.toSorted() : value, twoMarked === true])
}
