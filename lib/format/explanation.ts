/** An explained number in words, for the page and the command line. */
import type {
  ExplainedArm,
  ExplainedBaselineRow,
  ExplainedGroup,
  ExplainedPart,
  ExplainedValue,
} from '@/lib/domain/explain/explanation'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import { UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import type { ImputationMethod } from '@/lib/domain/outcomes/imputation'
import type { SummaryReason } from '@/lib/domain/outcomes/leaf'
import type { ResponderMethod, ResponderRate } from '@/lib/domain/outcomes/summary-types'
import { formatDate } from './dates'
import { formatBounds, formatCount, formatMean, formatPercent, formatPercentBounds } from './numbers'
import { formatMissing, formatUndefined } from './reasons'
import { formatScore } from './scores'

const FILLED_IN: Readonly<Record<ImputationMethod, string>> = {
  locf: 'last value carried forward',
  bocf: 'baseline carried forward',
  worstCase: 'worst case',
}

const METHODS: Readonly<Record<ResponderMethod, string>> = {
  nonResponderImputation: 'of all expected, missing as not met',
  observedCases: 'of observed cases',
  ...{ locf: 'of all expected, last value carried forward' },
  ...{ bocf: 'of all expected, baseline carried forward', worstCase: 'of all expected, worst case' },
}

/** Reasons of the explanation, beside those for which a value is missing. */
const REASONS: Readonly<Record<string, string>> = {
  counted: 'value counts',
  early: 'value counts, window still open',
  filledIn: 'value filled in',
  met: 'met',
  notMet: 'does not reach the threshold',
  intervention: 'rescue before the visit',
  interventionUndated: 'not known whether a rescue came before',
  intercurrentEvent: 'after a second dose, rescue or crossover',
  intercurrentEventUndated: 'before or after a second dose, rescue or crossover not known',
  noBaseline: 'no baseline',
  baselineZero: 'baseline 0, so no percent',
  notYetDue: 'not yet due',
  notScheduled: 'visit not planned for this participant',
  missing: 'missing',
  noValue: 'no value',
  superseded: 'a later value counts',
  afterDayZero: 'after day zero',
  afterFirstDose: 'after the first dose',
  onDosingDay: 'on the day of the dose, not recorded as before it',
}

/** Why somebody is in or out. Example: `formatReason('baselineZero')` → `'baseline 0, so no percent'`. */
export function formatReason(reason: string): string {
  return REASONS[reason] ?? formatMissing(reason)
}

/** What heads a group. Example: in, `met` → `'Met'`; not met, `overdue` → `'Not met: overdue'`. */
export function formatGroup({ place, reason }: Pick<ExplainedGroup, 'place' | 'reason'>): string {
  if (reason === 'met') return 'Met'
  if (reason === 'counted') return 'Counted'
  if (place === 'in') return `Counted: ${formatReason(reason)}`
  return `${place === 'notMet' ? 'Not met' : 'Not counted'}: ${formatReason(reason)}`
}

/** Expected by reason, and what is out of it. Example: `'9 expected = 7 met + 1 overdue + 1 baseline 0, so no percent'`. */
export function formatRuleSum(arm: ExplainedArm, code: string): string {
  const groups = arm.ruleGroups.find(each => each.code === code)?.groups ?? []
  const told = groups.filter(({ place }) => place !== 'out')
  const out = groups.filter(({ place }) => place === 'out')
  const parts = told.map(({ n, reason }) => `${n} ${reason === 'notMet' ? 'not met' : formatReason(reason)}`)
  const rest = out.map(({ n, reason }) => `${n} ${formatReason(reason)}`)
  const sum = parts.length === 0 ? '0 expected' : `${arm.numbers.expected} expected = ${parts.join(' + ')}`
  return rest.length === 0 ? sum : `${sum}; not expected: ${rest.join(', ')}`
}

/** Example: `'9 expected = 7 with a value + 1 declined + 1 overdue'`. */
export function formatValueSum({ numbers }: ExplainedArm): string {
  const { expected, n, nEarly, nImputed, missing } = numbers
  const reasons = Object.entries(missing).map(([reason, count]) => `${count} ${formatReason(reason)}`)
  const sum =
    expected === 0
      ? '0 expected'
      : [`${expected} expected = ${n - nEarly} with a value`, ...reasons].join(' + ')
  const more = [
    ...(nEarly > 0 ? [`${nEarly} early, window still open`] : []),
    ...(nImputed > 0 ? [`${nImputed} filled in`] : []),
  ]
  return more.length === 0 ? sum : `${sum}; also counted: ${more.join(', ')}`
}

/** How many are at each level, of a score that is counted by level; null: it is averaged. Example: `'n 9: 4 at Level 1, 5 at Level 2'`. */
export function formatCategories({ numbers }: ExplainedArm): string | null {
  if (numbers.meanReason !== 'notContinuous') return null
  const there = numbers.categories.filter(({ k }) => k > 0)
  const n = numbers.n + numbers.nImputed
  return `n ${n}${there.length > 0 ? `: ${there.map(({ k, label }) => `${k} at ${label}`).join(', ')}` : ''}`
}

/** Example: `'n 9, mean 3.9 (95% CI 2.4 to 5.4)'`; of categories the n alone. */
export function formatMeanOf({ numbers }: ExplainedArm, { decimals }: Pick<Parameter, 'decimals'>): string {
  const { n, nImputed, mean, meanReason, ciLower, ciUpper } = numbers
  const of = `n ${n + nImputed}`
  return `${of}, mean ${tellMean(mean, meanReason, ciLower, ciUpper, decimals)}`
}

/** Example: `'n 9, mean change −2.3 (95% CI −3.9 to −0.8)'`; null at a visit without change. */
export function formatChangeOf(
  { numbers: { change } }: ExplainedArm,
  { decimals }: Pick<Parameter, 'decimals'>,
): string | null {
  if (!change || change.n === null) return null
  const { n, mean, meanReason, ciLower, ciUpper } = change
  return `n ${n}, mean change ${tellMean(mean, meanReason, ciLower, ciUpper, decimals)}`
}

function tellMean(
  mean: number | null,
  reason: SummaryReason | undefined,
  lower: number | null,
  upper: number | null,
  decimals: number | undefined,
): string {
  if (mean === null) return `not computed: ${formatUndefined(reason)}`
  const interval =
    lower === null || upper === null ? '' : ` (95% CI ${formatBounds(lower, upper, decimals ?? 1)})`
  return `${formatMean(mean, decimals)}${interval}`
}

/** Example: `'7/9, 78% (95% CI 45.3 to 93.7 Wilson, 40.0 to 97.2 Clopper–Pearson), of all expected, missing as not met'`. */
export function formatRate(rate: ResponderRate): string {
  const { k, n, proportion, wilson, clopperPearson, method, kReason } = rate
  const of = METHODS[method]
  if (k === null || n === null) return `not computed: ${formatUndefined(kReason)}, ${of}`
  const percent = proportion === null ? '' : `, ${formatPercent(proportion)}`
  const intervals =
    wilson === null || clopperPearson === null
      ? ''
      : ` (95% CI ${formatPercentBounds(wilson)} Wilson, ${formatPercentBounds(clopperPearson)} Clopper–Pearson)`
  return `${formatCount(k, n)}${percent}${intervals}, ${of}`
}

/** A score, of an ordered one the name of its level. Example: `'3'`; Pfirrmann 3 → `'III'`. */
export function formatLevel(parameter: Parameter, score: number): string {
  const label = parameter.levels?.find(({ value }) => value === score)?.label
  return label ?? formatScore(parameter, score)
}

/** What a score at a visit was and whether it counts. Example: `'4 received, left out: outside the window'`. */
export function formatExplainedValue(value: ExplainedValue, parameter: Parameter): string {
  const show = (score: number) => formatLevel(parameter, score)
  const { received, missingReason, filledIn, due } = value
  if (received !== null && missingReason !== null) {
    const instead = filledIn && value.value !== null ? `; ${show(value.value)}, ${FILLED_IN[filledIn]}` : ''
    return `${show(received)} ${formatReason(missingReason)}${instead}`
  }
  if (filledIn && value.value !== null)
    return `${show(value.value)}, ${FILLED_IN[filledIn]}; ${formatReason(missingReason ?? 'missing')}`
  if (value.value !== null) return show(value.value)
  return due === 'due'
    ? formatReason(missingReason ?? 'missing')
    : formatReason(due === 'early' ? 'notYetDue' : 'notScheduled')
}

/** When it was taken, and whether in its window. Example: `'1 Mar 2024, in window'`; empty where nothing came. */
export function formatTaken({ received, date, window, due }: ExplainedValue): string {
  if (received === null || window === null) return ''
  const where = { inside: 'in window', outside: 'outside the window', unknown: 'window or date not known' }
  const day = date === null ? [] : [formatDate(date)]
  return [...day, where[window], ...(due === 'early' ? ['early'] : [])].join(', ')
}

/** A row of a baseline visit. Example: `'BL, 12 Jan 2024: 7, counts'`; `'BL: 5, after the first dose'`. */
export function formatBaselineRow(row: ExplainedBaselineRow, parameter: Parameter): string {
  const day = row.date === null ? '' : `, ${formatDate(row.date)}`
  const repeat = row.repeat > 1 ? `, repeat ${row.repeat}` : ''
  const value = row.value === null ? '' : `${formatLevel(parameter, row.value)}, `
  const reason = row.counts ? 'counts' : formatReason(row.reason ?? 'noValue')
  return `${row.visit}${day}${repeat}: ${value}${reason}`
}

/** One condition of a rule for one participant. Example: `'NPRS_AVG at M12: 7 → 4, 42.9 %, met'`. */
export function formatPart(part: ExplainedPart, parameter: Parameter | undefined): string {
  const { condition, baseline, value, met, improvement } = part
  const show = (score: number | null) =>
    score === null ? 'none' : parameter ? formatLevel(parameter, score) : String(score)
  const of = `${condition.parameter} at ${value?.visit ?? 'a visit at which it is not asked'}`
  const unit = condition.improvement.unit === 'percent' ? '%' : 'points'
  const better =
    improvement.asked === null
      ? formatUndefined(improvement.askedReason)
      : parameter?.kind === 'duration' && Math.abs(improvement.asked) === UNLIMITED_RANK
        ? 'to or from unlimited'
        : `${formatMean(improvement.asked)} ${unit}`
  return `${of}: ${show(baseline)} → ${show(value?.value ?? null)}, ${better}, ${met ? 'met' : 'not met'}`
}
