import { type CohortView, nameSet } from './cohort-view'

/** Whose numbers a figure shows. Example: `n = 9 treated`. */
export function describeSet(view: CohortView): string {
  return `n = ${view.inSet} ${nameSet(view)}`
}

/** Why there is nothing to report of a set without anybody. */
export function describeEmptySet({ summary }: CohortView): string {
  return summary.view.subgroup === null
    ? `No participant is ${summary.analysisSet} by this data cut, so there is nothing to report yet.`
    : 'Nobody is in this subgroup. Choose another, or everybody.'
}

/** What the view's methods put in place of a missing value. */
const FILLED_IN = {
  locf: 'by the last value observed before them',
  bocf: 'by the value at baseline',
  worstCase: 'by the worst value of the scale',
} as const

/** What became of missing values, as a sentence. Example: `Observed cases, nothing imputed.` */
export function describeMissing({ summary }: CohortView): string {
  const { missingData } = summary.view
  return missingData === 'observed' || missingData === 'nonResponder'
    ? 'Observed cases, nothing imputed.'
    : `Missing values of due visits are filled in ${FILLED_IN[missingData]}, and n counts them.`
}

/** Abbreviations that titles, notes and captions use, in full. */
const ABBREVIATIONS = [
  ['CI', 'confidence interval'],
  ['DASS-21', 'Depression Anxiety Stress Scales, 21 items'],
  ['EQ-5D', 'EuroQol five dimensions'],
  ['HADS', 'Hospital Anxiety and Depression Scale'],
  ['MRI', 'magnetic resonance imaging'],
  ['NPRS', 'numeric pain rating scale'],
  ['ODI', 'Oswestry Disability Index'],
  ['PGIC', 'patient global impression of change'],
  ['PROMIS', 'Patient-Reported Outcomes Measurement Information System'],
  ['RMDQ', 'Roland–Morris Disability Questionnaire'],
  ['VAS', 'visual analogue scale'],
  ['WPAI', 'Work Productivity and Activity Impairment'],
] as const

/**
 * A caption with the abbreviations that occur in it written out. Set, n and data cut are not in it: the source that
 * follows says them once. Example: `… 95% CI.` → `… CI, confidence interval.`
 */
export function composeCaption(sentences: readonly string[]): string {
  const text = sentences
    .map(sentence => sentence.trim())
    .filter(Boolean)
    .join(' ')
  const used = ABBREVIATIONS.filter(([short]) => new RegExp(`\\b${short}\\b`).test(text))
  const list = used.map(([short, long]) => `${short}, ${long}`).join('; ')
  return list === '' ? text : `${text} ${list}.`
}

/** Names in a list. Example: `['sitting', 'standing', 'walking']` → `sitting, standing and walking`. */
export function joinNames(names: readonly string[]): string {
  return names.length < 2 ? names.join('') : `${names.slice(0, -1).join(', ')} and ${names.at(-1)}`
}
