/** The fields of an adverse event, under the variable names of CDISC CDASH where it has one. */
import type { LogField } from '@/lib/domain/logs/log'

/** Offered as terms and as categories alike. Source: the study's pick list of expected events. */
export const EVENT_CATEGORIES = [
  { code: 'infection', label: 'Infection' },
  { code: 'bleeding', label: 'Bleeding' },
  { code: 'nerveInjury', label: 'Nerve injury' },
  { code: 'allergicReaction', label: 'Allergic reaction' },
  { code: 'injectionSite', label: 'Injection-site pain or swelling' },
  { code: 'painFlare', label: 'Pain flare' },
  { code: 'fever', label: 'Fever' },
  { code: 'newGrowth', label: 'New growth' },
  { code: 'other', label: 'Other' },
] as const

/** CTCAE severity, 1 to 5, higher is worse; it says nothing of seriousness. Source: CTCAE. */
export const GRADES = [
  { code: '1', label: '1 mild' },
  { code: '2', label: '2 moderate' },
  { code: '3', label: '3 severe, not immediately life-threatening' },
  { code: '4', label: '4 life-threatening' },
  { code: '5', label: '5 death' },
] as const

const CRITERIA = [
  { code: 'death', label: 'Death' },
  { code: 'lifeThreatening', label: 'Life-threatening' },
  { code: 'hospitalisation', label: 'Hospitalisation, or prolonged' },
  { code: 'disability', label: 'Disability' },
  { code: 'congenitalAnomaly', label: 'Congenital anomaly' },
  { code: 'otherImportant', label: 'Other medically important' },
] as const

/** How likely the procedure or the product caused an event, least first; each is judged by itself. */
export const RELATIONS = [
  { code: 'unrelated', label: 'Unrelated' },
  { code: 'unlikely', label: 'Unlikely' },
  { code: 'possible', label: 'Possible' },
  { code: 'probable', label: 'Probable' },
  { code: 'definite', label: 'Definite' },
] as const

const ACTIONS = [
  { code: 'none', label: 'None' },
  { code: 'treated', label: 'Treatment given' },
  { code: 'delayed', label: 'Study treatment delayed' },
  { code: 'withheld', label: 'Study treatment withheld' },
  { code: 'hospitalised', label: 'Hospitalised' },
  { code: 'other', label: 'Other' },
] as const

const OUTCOMES = [
  { code: 'recovered', label: 'Recovered' },
  { code: 'recovering', label: 'Recovering' },
  { code: 'notRecovered', label: 'Not recovered' },
  { code: 'sequelae', label: 'Recovered with sequelae' },
  { code: 'fatal', label: 'Fatal' },
  { code: 'unknown', label: 'Unknown' },
] as const

const JUDGED = { group: 'Judgement of the investigator', judgedBy: 'investigator' } as const

/**
 * Every field of an adverse event, in the order of the form. A judgement may stay blank until it is given; of
 * other fields only those that name `missingCodes` may be missing. Source: clinical.md §3, adverse events.
 * Example: the first is `AETERM`.
 */
export const ADVERSE_EVENT_FIELDS: readonly LogField[] = [
  {
    code: 'AETERM',
    label: 'Event',
    type: 'text',
    required: true,
    group: 'What happened',
    hint: 'In the words of the source. No names or record numbers',
    suggestions: EVENT_CATEGORIES.filter(({ code }) => code !== 'other').map(({ label }) => label),
  },
  { code: 'AECAT', label: 'Category', type: 'choice', choices: EVENT_CATEGORIES, required: true },
  { code: 'AEDESC', label: 'Description', type: 'text', long: true },
  { code: 'AECODE', label: 'Dictionary code', type: 'text', hint: 'If coded' },
  { code: 'AEDICT', label: 'Dictionary and version', type: 'text', hint: 'For example MedDRA 27.0' },
  {
    code: 'AESTDAT',
    label: 'Began',
    type: 'partialDate',
    required: true,
    missingCodes: ['unknown'],
    group: 'Course',
    hint: 'What is known: 2026, Apr 2026 or 16 Apr 2026',
  },
  { code: 'AEONGO', label: 'Still going on', type: 'boolean', required: true },
  {
    code: 'AEENDAT',
    label: 'Ended',
    type: 'partialDate',
    required: true,
    missingCodes: ['unknown'],
    showIf: { field: 'AEONGO', equals: false },
  },
  {
    code: 'AETOXGR',
    label: 'Grade',
    type: 'choice',
    choices: GRADES,
    required: true,
    hint: 'CTCAE severity. Severity is not seriousness',
  },
  { code: 'AEACN', label: 'Action taken', type: 'multi', choices: ACTIONS, required: true },
  {
    code: 'AEACNOTH',
    label: 'Other action',
    type: 'text',
    required: true,
    showIf: { field: 'AEACN', equals: 'other' },
  },
  { code: 'AEOUT', label: 'Outcome', type: 'choice', choices: OUTCOMES, required: true },
  {
    code: 'DTHDAT',
    label: 'Date of death',
    type: 'partialDate',
    required: true,
    missingCodes: ['unknown'],
    showIf: { field: 'AEOUT', equals: 'fatal' },
  },
  {
    code: 'TOLD_SEEK_CARE',
    label: 'Participant was told to seek care at once',
    type: 'boolean',
    hint: 'Needed after a procedure with severe pain, bleeding, swelling, fever, nausea, dizziness or vomiting',
  },
  {
    code: 'AESER',
    label: 'Meets a seriousness criterion',
    type: 'boolean',
    required: true,
    group: 'Seriousness, as site staff know it',
    hint: 'A yes starts the 24 hours within which the sponsor is told',
  },
  {
    code: 'AESERCRIT',
    label: 'Criteria met',
    type: 'multi',
    choices: CRITERIA,
    required: true,
    showIf: { field: 'AESER', equals: true },
  },
  {
    code: 'AWARE_ON',
    label: 'Date of awareness',
    type: 'date',
    required: true,
    showIf: { field: 'AESER', equals: true },
    hint: 'When site staff first knew of the event and of a criterion',
  },
  {
    code: 'AWARE_AT',
    label: 'Time of awareness',
    type: 'text',
    required: true,
    showIf: { field: 'AESER', equals: true },
    hint: 'At the site, 24 hours: 14:05',
  },
  { ...JUDGED, code: 'AESERINV', label: 'Judged serious', type: 'boolean' },
  { ...JUDGED, code: 'AERELPR', label: 'Relation to the procedure', type: 'choice', choices: RELATIONS },
  { ...JUDGED, code: 'AERELPD', label: 'Relation to the product', type: 'choice', choices: RELATIONS },
  {
    code: 'AEEXP',
    label: 'Expectedness',
    type: 'choice',
    choices: [
      { code: 'expected', label: 'Expected' },
      { code: 'unexpected', label: 'Unexpected' },
    ],
    group: 'Assessment of the sponsor',
    judgedBy: 'dataManager',
    hint: 'The sponsor assesses it; the data manager records the assessment',
  },
]
