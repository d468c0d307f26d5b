import { formatMissingReason } from '@/lib/domain/instruments/missing-label'
import type { SummaryReason } from '@/lib/domain/outcomes/leaf'
import { MISSING_REASONS, type MissedVisitReason, type MissingReason } from '@/lib/domain/shared/missing'

const UNDEFINED: Readonly<Record<SummaryReason, string>> = {
  noValues: 'no values',
  needsTwoValues: 'needs two values',
  zeroVariance: 'no spread',
  noNonZeroChange: 'nobody changed',
  tooFewValues: 'too few values',
  collinear: 'arms not separable from the covariates',
  noEventYet: 'no event yet',
  nobodyLeft: 'nobody left without the event',
  notReached: 'not reached',
  missing: 'missing',
  noBaseline: 'no baseline',
  baselineZero: 'baseline 0',
  zeroDoesNotMeanNone: 'no percent on this scale',
  noDirection: 'no direction set',
  notContinuous: 'counted by category',
  noMinimalImportantChange: 'none established',
  baselineVisit: 'baseline visit',
  notMeasuredAtBaseline: 'not measured at baseline',
  notMeasuredAtVisit: 'not measured at this visit',
  undated: 'not dated',
  unlimited: 'not averaged: unlimited',
  noNaturalEnd: 'no worst value on this scale',
  masked: 'not shown while arms are masked',
  smallGroup: 'not shown, small group',
}

/** Why a number is not there, in a cell. Example: `formatUndefined('needsTwoValues')` → `'needs two values'`. */
export function formatUndefined(reason: SummaryReason | undefined): string {
  return reason === undefined ? 'not computed' : UNDEFINED[reason]
}

/** The same of one participant's change, of which nothing is averaged. Example: `'unlimited'` → `'to or from unlimited'`. */
export function formatNoChange(reason: SummaryReason | undefined): string {
  return reason === 'unlimited' ? 'to or from unlimited' : formatUndefined(reason)
}

/** Reasons that are derived, beside those that are stored. */
const DERIVED: Readonly<Record<string, string>> = {
  overdue: 'overdue',
  outsideWindow: 'left out: outside the window',
  windowUnknown: 'left out: window or date not known',
  afterEvent: 'left out: after a second dose, rescue or crossover',
  eventUndated: 'left out: before or after an event not known',
  tooFewItems: 'too few items answered',
  noFactor: 'an opioid without a morphine factor',
  amountUnknown: 'amount of an opioid not known',
  datesUnknown: 'days of an opioid not known',
  opioidNotRecorded: 'opioid level, but no opioid in the medication record',
}

/** Why a whole visit was missed, as the list offers it. */
export const MISSED_VISIT_LABELS: Readonly<Record<MissedVisitReason, string>> = {
  unknown: 'Could not be reached',
  declined: 'Declined this visit',
  notDone: 'Did not attend',
  notAsked: 'Site did not hold the visit',
}

/**
 * Why a visit was declared missed, with what was noted. Example: `formatMissedVisit('notDone', 'flu')` →
 * `'Did not attend: flu'`.
 */
export function formatMissedVisit(reason: MissingReason, note: string | null): string {
  const label = isOffered(reason) ? MISSED_VISIT_LABELS[reason] : formatMissingReason(reason)
  return note === null ? label : `${label}: ${note}`
}

function isOffered(reason: MissingReason): reason is MissedVisitReason {
  return reason in MISSED_VISIT_LABELS
}

/**
 * Why a value is missing, in running text.
 * Example: `formatMissing('notInSource')` → `'not in source'`.
 */
export function formatMissing(reason: string): string {
  if (isStored(reason)) return formatMissingReason(reason).toLowerCase()
  return DERIVED[reason] ?? reason
}

function isStored(reason: string): reason is MissingReason {
  return (MISSING_REASONS as readonly string[]).includes(reason)
}
