import { formatDay } from '@/lib/domain/checks/day-text'
import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import { ask } from '@/lib/domain/checks/soft-rule'
import { textOf } from '@/lib/domain/logs/answer-values'
import { checkNotFuture, checkOrder, formatPartial } from '@/lib/domain/logs/date-checks'
import type { Log } from '@/lib/domain/logs/log'
import { readSpan } from '@/lib/domain/logs/partial-days'

const SINCE = { code: 'SINCE', label: 'Since' }
const ENDED = { code: 'ENDED', label: 'Ended' }

/**
 * Medical history: conditions that began before consent, present or past. What began later is an adverse event and is
 * refused here. A date known in part is taken as long as some day of it is before consent, and asked about where not all
 * are. Missing rule: a start or end that nobody knows says so. Source: clinical.md §3, *Adverse events*.
 * Example: `Hypertension` since 2019, still present.
 */
export const conditions: Log = {
  code: 'conditions',
  path: 'conditions',
  name: 'Medical history',
  one: 'condition',
  note: 'Conditions that began before consent. What began later is recorded as an adverse event.',
  orderedBy: 'SINCE',
  fields: () => [
    { code: 'TERM', label: 'Condition', type: 'text', required: true, hint: 'As in the source; no names' },
    {
      ...SINCE,
      type: 'partialDate',
      required: true,
      missingCodes: ['unknown'],
      hint: 'As much as is known: 2019, Apr 2019 or 16 Apr 2019',
    },
    { code: 'ONGOING', label: 'Still present', type: 'boolean', required: true },
    {
      ...ENDED,
      type: 'partialDate',
      required: true,
      missingCodes: ['unknown'],
      showIf: { field: 'ONGOING', equals: false },
      hint: 'As much as is known',
    },
    { code: 'NOTE', label: 'Note', type: 'text', long: true },
  ],
  check: (answers, { today, consentDate }) => {
    const since = textOf(answers, 'SINCE')
    const first = readSpan(since)?.first
    const late: FieldProblem[] =
      since !== null && first && consentDate !== null && first >= consentDate
        ? [
            {
              field: 'SINCE',
              value: since,
              code: 'dateAfterConsent',
              text: `Since: ${formatPartial(since)} is not before consent (${formatDay(consentDate)}). Record it as an adverse event, or correct the date.`,
            },
          ]
        : []
    return [...late, ...checkNotFuture(answers, ENDED, today), ...checkOrder(answers, SINCE, ENDED)]
  },
  ask: (answers, { consentDate, others }) => {
    const since = textOf(answers, 'SINCE')
    const term = textOf(answers, 'TERM') ?? ''
    const span = readSpan(since)
    const isOpen = since !== null && span && consentDate !== null && span.last >= consentDate
    const isTwice = others.some(other => textOf(other, 'TERM')?.toLowerCase() === term.toLowerCase())
    return [
      ...(isOpen
        ? [
            ask(
              'conditionSince',
              { SINCE: since },
              `${formatPartial(since)} may be after consent (${formatDay(consentDate)}). Confirm that the condition began before it.`,
            ),
          ]
        : []),
      ...(isTwice
        ? [
            ask(
              'conditionTwice',
              { TERM: term },
              `${term} is recorded already. Confirm that this is another one.`,
            ),
          ]
        : []),
    ]
  },
  describe: answers => {
    const since = textOf(answers, 'SINCE')
    const ended = textOf(answers, 'ENDED')
    const span = [since && `since ${formatPartial(since)}`, ended && `ended ${formatPartial(ended)}`]
    return [textOf(answers, 'TERM'), ...span].filter(Boolean).join(', ')
  },
}
