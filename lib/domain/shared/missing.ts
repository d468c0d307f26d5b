/**
 * Why a value is absent. Stored reasons are given by a person or by the source;
 * `overdue` is derived (nothing was entered and the window has closed) and never stored.
 * *Not yet due* is a visit state, not a reason.
 */
export const MISSING_REASONS = [
  'notDone',
  'notAsked',
  'declined',
  'illegible',
  'notApplicable',
  'unknown',
  'notInSource',
] as const

export type MissingReason = (typeof MISSING_REASONS)[number]

/** Reasons for a whole form, and for all of a visit that is still blank: `notInSource` belongs to imports. */
export const FORM_MISSING_REASONS = [
  'notDone',
  'notAsked',
  'declined',
  'illegible',
  'notApplicable',
  'unknown',
] as const satisfies readonly MissingReason[]

/**
 * Reasons for which a whole visit may be declared missed, in the order to offer them: each value due at it is missing for
 * that reason. `unknown`: the participant could not be reached, so that nobody knows why.
 */
export const MISSED_VISIT_REASONS = [
  'unknown',
  'declined',
  'notDone',
  'notAsked',
] as const satisfies readonly MissingReason[]

export type MissedVisitReason = (typeof MISSED_VISIT_REASONS)[number]

/**
 * Reasons that only a computation gives to a score. `tooFewItems`: the instrument's missing rule was not met. Of morphine
 * equivalents: `noFactor`, an opioid has no factor for its unit; `amountUnknown`, how much of one was taken is not known;
 * `datesUnknown`, the days on which one was taken are not; `opioidNotRecorded`, an opioid level without an opioid in the
 * medication record.
 */
export const COMPUTED_REASONS = [
  'tooFewItems',
  'noFactor',
  'amountUnknown',
  'datesUnknown',
  'opioidNotRecorded',
] as const

export type ScoreMissingReason = MissingReason | (typeof COMPUTED_REASONS)[number]

/** A score is a value or a reason, never 0, NaN or an empty text in place of one. */
export type Score =
  | { readonly kind: 'score'; readonly value: number }
  | { readonly kind: 'missing'; readonly reason: ScoreMissingReason }
