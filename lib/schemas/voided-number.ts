/** What is said of a number that was given and voided: made by lib/server, drawn by app. */
export interface VoidedNumber {
  readonly number: string
  /** The number that stays; null: it was no duplicate, or the one that stays is not the reader's to see. */
  readonly kept: string | null
}
