import type { Protocol } from '@/lib/domain/protocol/protocol'
import { formatDate, formatInstant } from '@/lib/format/dates'
import { describeCondition, describeRescueRule } from '@/lib/format/protocol'
import type { LooksByArm } from '@/lib/schemas/releases'
import { type CohortView, nameVisit } from './cohort-view'

/** Paragraphs fit for the methods of a paper, written from the settings in force; each is one subject. */
export function describeMethods(view: CohortView, looks: LooksByArm | null): string[] {
  return [
    describeSet(view),
    describeMeasures(view),
    describeResponders(view),
    describeMissing(view),
    describeEvents(view),
    describeStatistics(view),
    describeInstruments(view.protocol),
    describeLooks(looks),
    describeSoftware(view),
  ].filter(text => text !== '')
}

const SETS = {
  randomised: 'randomised participants (an arm was allocated, treated or not)',
  treated: 'treated participants (at least one dose)',
  enrolled: 'enrolled participants',
} as const

function describeSet({ summary, inSet }: CohortView): string {
  const { subgroup, leftOut, inWindowOnly } = summary.view
  return [
    `Results are of the ${inSet} ${SETS[summary.analysisSet]}, with records dated up to ${formatDate(summary.dataCut)}.`,
    subgroup
      ? `They are of the subgroup ${subgroup.factorLabel.toLowerCase()}: ${subgroup.levelLabel}, formed at or before baseline; ${leftOut.bySubgroup} of the set are not in it.`
      : '',
    'A visit was expected of everyone in the set whose window for it had closed, whatever had become of them; undated visits count as expected. By-visit results take the nominal visit; unscheduled values enter time to event, values carried forward and safety only.',
    inWindowOnly
      ? 'Values outside their visit window, or of an unknown date, were left out and counted as missing.'
      : 'Values outside their visit window count.',
  ]
    .filter(Boolean)
    .join(' ')
}

function describeMeasures(view: CohortView): string {
  const { baseline } = view.protocol
  const visits = baseline.visits.map(code => nameVisit(view, code)).join(', ')
  const rule = baseline.rule === 'mean' ? `the mean of ${visits}` : `the last value of ${visits}`
  return `Baseline was ${rule}, dated on or before day zero. Change is visit minus baseline. Percent improvement is positive when better, and computed only where zero means none; with a baseline of 0 it is undefined and counted.`
}

function describeResponders({ protocol }: CohortView): string {
  const rules = protocol.responders.map(rule => {
    const kind = rule.isResponder ? 'responder' : 'not a responder definition'
    const rescue = rule.noIntervention ? ', with no rescue before' : ''
    return `${rule.label} (${kind}): ${describeCondition(protocol, rule.condition)}${rescue}`
  })
  return rules.length === 0 ? '' : `Rules on improvement: ${rules.join('; ')}.`
}

const IMPUTATIONS = {
  locf: 'the last value observed before, scheduled or not, and baseline where there was none after it',
  bocf: 'the value at baseline',
  worstCase: 'the worst value of the scale',
} as const

function describeMissing({ summary }: CohortView): string {
  const { missingData } = summary.view
  const standing =
    'Responder rates are given with non-responder imputation (k of all expected) and of observed cases.'
  if (missingData === 'observed' || missingData === 'nonResponder')
    return `Means and changes are of observed cases; nothing was imputed. ${standing}`
  return `Missing values of visits that were due were replaced by ${IMPUTATIONS[missingData]} before means, changes and rates were computed; who had no baseline, and scores for which the method has no value, stayed missing and are counted. ${standing}`
}

function describeEvents({ summary, protocol }: CohortView): string {
  const { strategy, timeAxis, membersWithEvent } = summary.view
  const strategies = {
    treatmentPolicy: 'Values after an intercurrent event count (treatment policy).',
    composite:
      'Who had an intercurrent event is a non-responder from then on (composite); means keep treatment policy.',
    whileOnFirstDose: 'Values after an intercurrent event were left out (while on first dose).',
  } as const
  const axis =
    timeAxis === 'sinceLastDose'
      ? ' Time is also counted from the last dose before each value, against the original baseline and against the last value before that dose.'
      : ''
  if (protocol.treatments.length === 0) return ''
  return `Intercurrent events are a second dose and rescue; ${membersWithEvent} participants had one. ${describeRescueRule(protocol)} ${strategies[strategy]}${axis}`
}

function describeStatistics({ summary }: CohortView): string {
  const changes = summary.parameters.flatMap(({ arms }) =>
    arms.flatMap(arm => arm.visits.flatMap(visit => visit.change?.wilcoxonSignedRank.method ?? [])),
  )
  const hasContrasts = summary.parameters.some(parameter => parameter.contrasts.length > 0)
  const signedRank = changes.includes('normal')
    ? 'the Wilcoxon signed-rank test, exact up to 50 non-zero changes, above that by the normal approximation with continuity correction'
    : 'the exact Wilcoxon signed-rank test'
  return [
    `All intervals are 95%. Means have t intervals; quartiles are of type 7, with intervals from order statistics; proportions have Clopper–Pearson and Wilson intervals. Changes were tested with the paired t test and ${signedRank} (zeros dropped, mid-ranks for ties). Effect sizes are d_z, Hedges g of paired change with small-sample correction, and Glass Δ on the SD at baseline.`,
    hasContrasts
      ? 'Arms were compared by the Welch t test, analysis of covariance of change on arm and baseline, the rank-sum test (exact with ties while each arm has at most 50 changes), Hedges g of change with the pooled SD, risk differences with Newcombe intervals and Fisher’s exact test.'
      : '',
    'Time to event is by Kaplan–Meier with log-log intervals; responses at scheduled visits stand at the planned time of the visit. p values are two-sided, exploratory and not adjusted.',
  ]
    .filter(Boolean)
    .join(' ')
}

function describeInstruments({ settings }: Protocol): string {
  const sets = [
    settings.eq5d3l?.valueSet && `EQ-5D-3L index by the value set ${settings.eq5d3l.valueSet}`,
    settings.eq5d5l?.valueSet && `EQ-5D-5L index by the value set ${settings.eq5d5l.valueSet}`,
    settings.odi &&
      `ODI with at most ${settings.odi.maxMissingSections ?? 1} missing section${(settings.odi.maxMissingSections ?? 1) === 1 ? '' : 's'}`,
    settings.analgesics?.morphineFactors &&
      `morphine equivalents by the factors ${settings.analgesics.morphineFactors}, mean a day over the 7 days to the assessment`,
  ].filter(text => text)
  return sets.length === 0 ? '' : `Scores: ${sets.join('; ')}.`
}

function describeLooks(looks: LooksByArm | null): string {
  if (looks === null) return ''
  if (looks.times === 0) return 'Nobody had seen results by arm before the study was locked.'
  const people = looks.people === 1 ? '1 person' : `${looks.people} people`
  const masked = looks.maskedTimes > 0 ? `, ${looks.maskedTimes} of them with the arms masked` : ''
  const when =
    looks.first && looks.last ? ` between ${formatInstant(looks.first)} and ${formatInstant(looks.last)}` : ''
  return `Before lock, results by arm were seen ${looks.times === 1 ? 'once' : `${looks.times} times`} by ${people}${masked}${when}.`
}

function describeSoftware({ summary }: CohortView): string {
  const synthetic = summary.synthetic ? ' All data are synthetic.' : ''
  return `Computed with Longitude ${summary.softwareVersion} from the audit trail of study ${summary.study} as of entry ${summary.asOf}, protocol version ${summary.version}.${synthetic}`
}
