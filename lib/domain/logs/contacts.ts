import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import { ask } from '@/lib/domain/checks/soft-rule'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import { checkNotBeforeConsent, checkNotFuture } from '@/lib/domain/logs/date-checks'
import type { Log } from '@/lib/domain/logs/log'
import { visitChoices, visitName } from '@/lib/domain/logs/visit-choices'

const DATE = { code: 'DATE', label: 'Date' }

const WAYS = [
  { code: 'phone', label: 'Phone' },
  { code: 'email', label: 'E-mail' },
  { code: 'textMessage', label: 'Text message' },
  { code: 'letter', label: 'Letter' },
  { code: 'inPerson', label: 'In person' },
]

const RESULTS = [
  { code: 'reached', label: 'Reached' },
  { code: 'messageLeft', label: 'Message left' },
  { code: 'noAnswer', label: 'No answer' },
  { code: 'wrongDetails', label: 'Wrong details' },
  { code: 'doNotContact', label: 'Asked not to be contacted' },
]

/**
 * Attempts to reach the participant, each with its result, so that a visit declared missed or a participant lost can be
 * shown to have been sought. Dates from consent to today; time of day as `HH:MM`, 24 hours, at the site.
 * Example: phone, 16 Apr 2026 14:30, no answer, about the visit at 6 months.
 */
export const contacts: Log = {
  code: 'contacts',
  path: 'contacts',
  name: 'Contact attempts',
  one: 'contact attempt',
  note: null,
  orderedBy: 'DATE',
  fields: protocol => [
    { ...DATE, type: 'date', required: true },
    { code: 'TIME', label: 'Time', type: 'text', hint: '24 hours, for example 14:30' },
    { code: 'VISIT', label: 'Visit that it is about', type: 'choice', choices: visitChoices(protocol) },
    { code: 'HOW', label: 'How', type: 'choice', required: true, choices: WAYS },
    {
      code: 'RESULT',
      label: 'Result',
      type: 'choice',
      required: true,
      choices: RESULTS,
      hint: 'Who asks not to be contacted may also withdraw from follow-up; that is recorded on its own',
    },
    { code: 'NOTE', label: 'Note', type: 'text', long: true, hint: 'No names, addresses or numbers' },
  ],
  check: (answers, { today, consentDate }) => [
    ...checkNotFuture(answers, DATE, today),
    ...checkNotBeforeConsent(answers, DATE, consentDate),
    ...checkTime(answers),
  ],
  ask: (answers, { others }) => {
    const same = (other: Answers) =>
      ['DATE', 'TIME', 'HOW'].every(code => textOf(other, code) === textOf(answers, code))
    if (!others.some(same)) return []
    const values = { DATE: textOf(answers, 'DATE') ?? '', HOW: textOf(answers, 'HOW') ?? '' }
    return [
      ask('contactTwice', values, 'the same attempt is recorded already. Confirm that this is another one.'),
    ]
  },
  describe: (answers, protocol) => {
    const label = (list: typeof WAYS, code: string | null) => list.find(one => one.code === code)?.label
    const visit = visitName(protocol, textOf(answers, 'VISIT'))
    const how = label(WAYS, textOf(answers, 'HOW'))
    const result = label(RESULTS, textOf(answers, 'RESULT'))?.toLowerCase()
    return [how, result, visit && `about ${visit}`].filter(Boolean).join(', ')
  },
}

function checkTime(answers: Answers): FieldProblem[] {
  const time = textOf(answers, 'TIME')
  if (time === null || /^([01]\d|2[0-3]):[0-5]\d$/.test(time)) return []
  const text = `Time is “${time}”, but must be a time of day from 00:00 to 23:59, written as 14:30.`
  return [{ field: 'TIME', value: time, code: 'notATime', text }]
}
