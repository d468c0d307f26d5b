import { formatDay } from '@/lib/domain/checks/day-text'
import { ask, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import { boolOf, numberOf, textOf } from '@/lib/domain/logs/answer-values'
import { checkNotBeforeConsent, checkNotFuture } from '@/lib/domain/logs/date-checks'
import type { Log } from '@/lib/domain/logs/log'

const DATE = { code: 'HARVEST_DATE', label: 'Date of the harvest' }

const SOURCES = [
  { code: 'adipose', label: 'Adipose tissue' },
  { code: 'boneMarrow', label: 'Bone marrow' },
  { code: 'umbilicalCord', label: 'Umbilical cord' },
  { code: 'inducedPluripotent', label: 'Cells for induced pluripotent stem cells' },
  { code: 'other', label: 'Other' },
]

/**
 * Taking of tissue from which the cell product is grown. The earliest is the first study procedure if no dose came
 * before. Amount in millilitres of what was taken. A harm is also recorded as an adverse event.
 * Source: clinical.md §3, *Day zero* and *Adverse events*. Example: adipose tissue, 120 mL, 2 Mar 2026, no harm.
 */
export const harvests: Log = {
  code: 'harvests',
  path: 'harvests',
  name: 'Harvests',
  one: 'harvest',
  note: 'Tissue taken from the participant for the cell product. It counts as a study procedure.',
  orderedBy: 'HARVEST_DATE',
  fields: () => [
    { ...DATE, type: 'date', required: true },
    { code: 'SOURCE', label: 'Source', type: 'choice', required: true, choices: SOURCES },
    {
      code: 'METHOD',
      label: 'Method',
      type: 'text',
      suggestions: ['Liposuction', 'Excision', 'Aspiration from the iliac crest', 'Collection of cord blood'],
    },
    { code: 'AMOUNT', label: 'Amount', type: 'decimal', unit: 'mL', range: [0.1, 2000] },
    { code: 'LOT', label: 'Lot', type: 'text', hint: 'The lot into which it went' },
    {
      code: 'HARM',
      label: 'Any harm from the harvest',
      type: 'boolean',
      required: true,
      hint: 'A harm is also recorded as an adverse event',
    },
    {
      code: 'HARM_TEXT',
      label: 'Which harm',
      type: 'text',
      required: true,
      long: true,
      showIf: { field: 'HARM', equals: true },
    },
  ],
  check: (answers, { today, consentDate }) => [
    ...checkNotFuture(answers, DATE, today),
    ...checkNotBeforeConsent(answers, DATE, consentDate),
  ],
  ask: (answers, { firstDose, others }) => {
    const date = textOf(answers, 'HARVEST_DATE')
    const questions: SoftQuestion[] = []
    if (date !== null && firstDose !== null && date > firstDose) {
      const text = `the harvest is dated after the first dose (${formatDay(firstDose)}).`
      questions.push(ask('harvestAfterDose', { HARVEST_DATE: date }, text))
    }
    if (date !== null && others.some(other => textOf(other, 'HARVEST_DATE') === date)) {
      const text = 'a harvest of that day is recorded already. Confirm that this is another one.'
      questions.push(ask('harvestTwice', { HARVEST_DATE: date }, text))
    }
    return questions
  },
  describe: answers => {
    const source = SOURCES.find(({ code }) => code === textOf(answers, 'SOURCE'))?.label
    const amount = numberOf(answers, 'AMOUNT')
    const harm = boolOf(answers, 'HARM') ? 'with harm' : null
    return [source, amount === null ? null : `${amount} mL`, harm].filter(Boolean).join(', ')
  },
}
