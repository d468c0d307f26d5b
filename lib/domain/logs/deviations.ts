import { formatDay } from '@/lib/domain/checks/day-text'
import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import { ask, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { boolOf, textOf } from '@/lib/domain/logs/answer-values'
import { checkNotFuture, checkOrder } from '@/lib/domain/logs/date-checks'
import type { Log, LogFacts } from '@/lib/domain/logs/log'
import { visitChoices, visitName } from '@/lib/domain/logs/visit-choices'

const DATE = { code: 'DATE', label: 'Date of the deviation' }
const REPORTED_ON = { code: 'REPORTED_ON', label: 'Reported on' }

/** What was departed from. Codes as stored and exported. */
export const DEVIATION_KINDS = [
  { code: 'visitOutOfWindow', label: 'Visit out of window' },
  { code: 'visitMissed', label: 'Visit missed' },
  { code: 'consent', label: 'Consent' },
  { code: 'eligibility', label: 'Eligibility' },
  { code: 'treatment', label: 'Treatment' },
  { code: 'procedure', label: 'Procedure' },
  { code: 'medication', label: 'Medication' },
  { code: 'other', label: 'Other' },
] as const

/** How grave: major where rights, safety or the trial's results may suffer. */
export const DEVIATION_CLASSES = [
  { code: 'minor', label: 'Minor' },
  { code: 'major', label: 'Major' },
] as const

/** Kinds that are about one visit. */
const OF_A_VISIT: readonly (string | null)[] = ['visitOutOfWindow', 'visitMissed']

/**
 * Departures from the protocol, with class, cause, action and the report to the ethics committee. Visits out
 * of window and missed visits are offered, never entered by themselves. Source: ICH E6(R3) 4.3.4, 3.11;
 * classes as ICH E3 names them.
 * Example: visit out of window, 6 months, minor.
 */
export const deviations: Log = {
  code: 'deviations',
  path: 'deviations',
  name: 'Deviations',
  one: 'deviation',
  note: null,
  orderedBy: 'DATE',
  fields: protocol => [
    {
      code: 'KIND',
      label: 'Kind',
      type: 'choice',
      required: true,
      choices: DEVIATION_KINDS,
      group: 'What happened',
    },
    { code: 'VISIT', label: 'Visit', type: 'choice', choices: visitChoices(protocol) },
    { ...DATE, type: 'date', required: true },
    { code: 'CLASS', label: 'Class', type: 'choice', required: true, choices: DEVIATION_CLASSES },
    { code: 'DESCRIPTION', label: 'Description', type: 'text', required: true, long: true },
    { code: 'CAUSE', label: 'Cause', type: 'text', long: true, group: 'What follows' },
    { code: 'ACTION', label: 'Action taken', type: 'text', long: true },
    { code: 'REPORTED', label: 'Reported to the ethics committee', type: 'boolean', required: true },
    { ...REPORTED_ON, type: 'date', required: true, showIf: { field: 'REPORTED', equals: true } },
  ],
  check: (answers, { today }) => [
    ...checkVisit(answers),
    ...checkNotFuture(answers, DATE, today),
    ...checkNotFuture(answers, REPORTED_ON, today),
    ...checkOrder(answers, DATE, REPORTED_ON),
  ],
  ask: (answers, facts) => [...askDate(answers, facts), ...askReport(answers), ...askTwice(answers, facts)],
  describe: (answers, protocol) => {
    const kind = DEVIATION_KINDS.find(one => one.code === textOf(answers, 'KIND'))?.label
    const grade = DEVIATION_CLASSES.find(one => one.code === textOf(answers, 'CLASS'))?.label.toLowerCase()
    return [kind, visitName(protocol, textOf(answers, 'VISIT')), grade].filter(Boolean).join(', ')
  },
}

function checkVisit(answers: Answers): FieldProblem[] {
  if (!OF_A_VISIT.includes(textOf(answers, 'KIND')) || textOf(answers, 'VISIT') !== null) return []
  const text = 'Visit is needed with this kind of deviation. Choose the visit.'
  return [{ field: 'VISIT', value: '', code: 'required', text }]
}

function askDate(answers: Answers, { consentDate }: LogFacts): SoftQuestion[] {
  const date = textOf(answers, 'DATE')
  if (date === null || consentDate === null || date >= consentDate) return []
  const text = `the deviation is dated before consent (${formatDay(consentDate)}).`
  return [ask('deviationDate', { DATE: date }, text)]
}

function askReport(answers: Answers): SoftQuestion[] {
  if (textOf(answers, 'CLASS') !== 'major' || boolOf(answers, 'REPORTED') !== false) return []
  const text = 'the deviation is major and not reported to the ethics committee. Confirm that this is so.'
  return [ask('majorNotReported', { CLASS: 'major', REPORTED: 'no' }, text)]
}

function askTwice(answers: Answers, { others }: LogFacts): SoftQuestion[] {
  const [kind, visit] = [textOf(answers, 'KIND'), textOf(answers, 'VISIT')]
  const isSame = (other: Answers) => textOf(other, 'KIND') === kind && textOf(other, 'VISIT') === visit
  if (kind === null || visit === null || !others.some(isSame)) return []
  const text =
    'a deviation of this kind is recorded for this visit already. Confirm that this is another one.'
  return [ask('deviationTwice', { KIND: kind, VISIT: visit }, text)]
}
