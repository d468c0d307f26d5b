import { formatMissingReason } from '@/lib/domain/instruments/missing-label'
import type { SummaryReason } from '@/lib/domain/outcomes/leaf'
import { MISSING_REASONS, type MissingReason } from '@/lib/domain/shared/missing'

const UNDEFINED: Readonly<Record<SummaryReason, string>> = {
  noValues: 'no values',
  needsTwoValues: 'needs two values',
  zeroVariance: 'no spread',
  noNonZeroChange: 'nobody changed',
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
  parameterNotEntered: 'not entered in this version',
  interventionsNotRecorded: 'rescue is not recorded in this version',
  undated: 'not dated',
}

/** Why a number is not there, in a cell. Example: `formatUndefined('needsTwoValues')` → `'needs two values'`. */
export function formatUndefined(reason: SummaryReason | undefined): string {
  return reason === undefined ? 'not computed' : UNDEFINED[reason]
}

/** Reasons that are derived, beside those that are stored. */
const DERIVED: Readonly<Record<string, string>> = {
  overdue: 'overdue',
  tooFewItems: 'too few items answered',
}

/**
 * Why a value is missing, in running text; the reason of a visit declared missed is shown as it was given, in running text.
 * Example: `formatMissing('notInSource')` → `'not in source'`.
 */
export function formatMissing(reason: string): string {
  if (isStored(reason)) return formatMissingReason(reason).toLowerCase()
  return DERIVED[reason] ?? reason.replace(/^[A-Z](?=[a-z])/, first => first.toLowerCase())
}

function isStored(reason: string): reason is MissingReason {
  return (MISSING_REASONS as readonly string[]).includes(reason)
}
