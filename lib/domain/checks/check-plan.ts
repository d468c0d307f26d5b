/** Checks that a study sets itself, as data in its protocol: what they find is asked, never refused. */
type Maybe<T> = T | undefined

/** An answer within bounds, or equal to a value. Exactly one of the three limits is given. */
export interface CheckCondition {
  /** Code of an item of an instrument, or of a field of one of the study's forms. */
  readonly item: string
  /** The study's form whose field it is; needed where several forms have a field of that code. */
  readonly form?: Maybe<string>
  readonly equals?: Maybe<string | number | boolean>
  readonly atLeast?: Maybe<number>
  readonly atMost?: Maybe<number>
}

/** A score or an answer that differs from the last visit by at least so much, up or down. */
export interface ChangeCheck {
  /** Exactly one of `parameter` and `item`. */
  readonly parameter?: Maybe<string>
  readonly item?: Maybe<string>
  /** As at `CheckCondition`; only beside `item`. */
  readonly form?: Maybe<string>
  readonly changeFromLast: { readonly atLeast: number }
  /** What is asked; default: the two values and the limit. */
  readonly text?: Maybe<string>
}

/** Two answers that do not go together, of one form or of two forms of the same visit. */
export interface CrossCheck {
  readonly when: CheckCondition
  readonly and: CheckCondition
  readonly text: string
}

export type CheckPlan = ChangeCheck | CrossCheck

/** Whether a check is about a change since the last visit. Example: `{ parameter: 'ODI', changeFromLast: … }` → true. */
export function isChangeCheck(check: CheckPlan): check is ChangeCheck {
  return 'changeFromLast' in check
}
