import { formatDay } from '@/lib/domain/checks/day-text'
import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import { ask, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import { formatPartial } from '@/lib/domain/logs/date-checks'
import type { Log, LogFacts, LogField } from '@/lib/domain/logs/log'
import { INTERVENTION_LABELS, INTERVENTIONS } from '@/lib/domain/outcomes/rescue'
import { parsePartialDate, spanOf } from '@/lib/domain/shared/partial-date'

const FIELDS: readonly LogField[] = [
  {
    code: 'PRCAT',
    label: 'Kind',
    type: 'choice',
    required: true,
    choices: INTERVENTIONS.map(code => ({ code, label: INTERVENTION_LABELS[code] })),
  },
  {
    code: 'PRSTDAT',
    label: 'Date',
    type: 'partialDate',
    required: true,
    missingCodes: ['unknown', 'illegible'],
    hint: 'Of a course of treatment its first day.',
  },
  { code: 'PRLOC', label: 'Level or joint', type: 'text', hint: 'For example L4/L5.' },
  { code: 'PRTRT', label: 'Description', type: 'text', required: true, long: true },
]

/**
 * What was done to a participant beside the study's own treatment. Whether it is a rescue follows from the protocol's
 * rule (`deriveRescue`) and is never typed. Missing rule: an unknown date stays unknown.
 * Source: clinical.md §3, intercurrent events. Example: `interventions.describe(…)` → `Surgery: discectomy, L4/L5`.
 */
export const interventions: Log = {
  code: 'interventions',
  path: 'interventions',
  name: 'Interventions',
  one: 'intervention',
  note: 'Treatments beside the study’s own: surgery, injections, ablation, physiotherapy. Whether one is a rescue follows from the protocol.',
  fields: () => FIELDS,
  check: (answers, facts) => checkDay(answers, facts),
  ask: askAboutDuplicate,
  describe: answers => {
    const kind = INTERVENTIONS.find(code => code === textOf(answers, 'PRCAT'))
    const what = [kind && INTERVENTION_LABELS[kind], textOf(answers, 'PRTRT')].filter(Boolean).join(': ')
    return [what, textOf(answers, 'PRLOC')].filter(Boolean).join(', ')
  },
  orderedBy: 'PRSTDAT',
}

function checkDay(answers: Answers, { today }: LogFacts): readonly FieldProblem[] {
  const text = textOf(answers, 'PRSTDAT') ?? ''
  const date = parsePartialDate(text)
  if (date === null || spanOf(date).first <= today) return []
  return [
    {
      field: 'PRSTDAT',
      value: text,
      code: 'dateInFuture',
      text: `The date (${formatPartial(text)}) is after today at the site (${formatDay(today)}). Record what was done, when it was done.`,
    },
  ]
}

function askAboutDuplicate(answers: Answers, { others }: LogFacts): readonly SoftQuestion[] {
  const kind = textOf(answers, 'PRCAT')
  const date = textOf(answers, 'PRSTDAT')
  const isSame = (other: Answers) => textOf(other, 'PRCAT') === kind && textOf(other, 'PRSTDAT') === date
  if (kind === null || date === null || !others.some(isSame)) return []
  const label = INTERVENTIONS.find(code => code === kind)
  const text = `${label ? INTERVENTION_LABELS[label].toLowerCase() : kind} of ${formatPartial(date)} is recorded already.`
  return [ask('sameIntervention', { PRCAT: kind, PRSTDAT: date }, text)]
}
