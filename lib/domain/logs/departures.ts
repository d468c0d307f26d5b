import { formatDay } from '@/lib/domain/checks/day-text'
import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import { ask, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import { askAboutLater, formatLater, listLater } from '@/lib/domain/logs/dated-later'
import type { Log, LogFacts } from '@/lib/domain/logs/log'
import { type Departure, type DepartureKind, deriveFollowUpEnd } from '@/lib/domain/protocol/follow-up'
import { isWholeDay, parsePartialDate, spanOf } from '@/lib/domain/shared/partial-date'

const KINDS: readonly { readonly code: DepartureKind; readonly label: string }[] = [
  { code: 'treatment', label: 'Withdrawal from treatment' },
  { code: 'followUp', label: 'Withdrawal from follow-up' },
  { code: 'consent', label: 'Withdrawal of consent' },
  { code: 'noFurtherUse', label: 'No further use of data' },
  { code: 'lost', label: 'Lost to follow-up' },
  { code: 'death', label: 'Death' },
  { code: 'return', label: 'Return to follow-up' },
]

const CAUSES = [
  { code: 'adverseEvent', label: 'Adverse event' },
  { code: 'noBenefit', label: 'No benefit felt' },
  { code: 'recovered', label: 'Recovered' },
  { code: 'otherTreatment', label: 'Chose another treatment' },
  { code: 'burden', label: 'Time, travel or burden of visits' },
  { code: 'movedAway', label: 'Moved away' },
  { code: 'notReached', label: 'Not reached any more' },
  { code: 'investigator', label: 'Decision of the investigator' },
  { code: 'noReason', label: 'No reason given' },
  { code: 'other', label: 'Other' },
]

/** Leaving treatment, follow-up or the study, and coming back. Source: clinical.md §3, leaving. */
export const departures: Log = {
  code: 'departures',
  path: 'departures',
  name: 'Leaving and return',
  one: 'leaving or return',
  note: 'Withdrawal, loss, death and return. What was recorded up to that day stays and counts, unless no further use was asked for.',
  fields: () => [
    { code: 'KIND', label: 'What happened', type: 'choice', choices: KINDS, required: true },
    {
      code: 'DATE',
      label: 'Date',
      type: 'partialDate',
      required: true,
      hint: 'The whole day; of a loss, as much as is known, counted as its latest possible day',
    },
    { code: 'CAUSE', label: 'Cause', type: 'choice', choices: CAUSES },
    {
      code: 'CAUSE_TEXT',
      label: 'Cause in words',
      type: 'text',
      required: true,
      showIf: { field: 'CAUSE', equals: 'other' },
    },
    { code: 'NOTE', label: 'Note', type: 'text', long: true },
  ],
  check: checkDeparture,
  ask: askAboutDeparture,
  describe: answers => {
    const kind = KINDS.find(({ code }) => code === textOf(answers, 'KIND'))
    return kind?.label ?? 'Not said what happened'
  },
  orderedBy: 'DATE',
}

/**
 * The entries that say what happened and when, in the order recorded. Others are left out: nothing follows from them.
 * Example: `[{ KIND: { value: 'lost' }, DATE: { value: '2024-05' } }]` → `[{ kind: 'lost', date: '2024-05' }]`.
 */
export function readDepartures(entries: readonly Answers[]): readonly Departure[] {
  return entries.flatMap(answers => {
    const kind = KINDS.find(({ code }) => code === textOf(answers, 'KIND'))?.code
    const date = parsePartialDate(textOf(answers, 'DATE') ?? '')
    return kind && date ? [{ kind, date }] : []
  })
}

function checkDeparture(answers: Answers, facts: LogFacts): readonly FieldProblem[] {
  const [entry] = readDepartures([answers])
  if (!entry) return []
  const { kind, date } = entry
  const at = (code: FieldProblem['code'], text: string): FieldProblem => ({
    field: 'DATE',
    value: date,
    code,
    text,
  })
  const { first, last } = spanOf(date)
  const problems: FieldProblem[] = []
  if (!isWholeDay(date) && kind !== 'lost') {
    problems.push(
      at('notADate', `${date} is no whole day. Enter day, month and year, for example 16 Apr 2026.`),
    )
  }
  if (first > facts.today) {
    const text = `${isWholeDay(date) ? formatDay(first) : date} is after today at the site (${formatDay(facts.today)}). Record it once it happened.`
    problems.push(at('dateInFuture', text))
  }
  if (facts.consentDate !== null && last < facts.consentDate) {
    const text = `${isWholeDay(date) ? formatDay(last) : date} is before consent (${formatDay(facts.consentDate)}). Correct the date.`
    problems.push(at('outOfRange', text))
  }
  const earlier = readDepartures(facts.others)
  const death = earlier.find(other => other.kind === 'death')
  if (kind === 'death' && death) {
    const text = `A death is recorded already, on ${formatDay(spanOf(death.date).last)}. Correct that entry.`
    problems.push({ field: 'KIND', value: kind, code: 'outOfRange', text })
  } else if (death && first > spanOf(death.date).last) {
    const text = `This is after the recorded death (${formatDay(spanOf(death.date).last)}). Correct one of the two.`
    problems.push(at('outOfRange', text))
  }
  const after =
    kind === 'death' ? listLater(entry, earlier, facts.dated ?? []).filter(one => one.kind !== 'event') : []
  if (after.length > 0) {
    const text = `Recorded after this day: ${formatLater(after)}. Correct this date, or the date of what is wrong there.`
    problems.push(at('outOfRange', text))
  }
  return kind === 'return' && problems.length === 0 ? checkReturn(entry, earlier) : problems
}

function checkReturn(entry: Departure, earlier: readonly Departure[]): readonly FieldProblem[] {
  // Whether consent was given anew is asked; here every withdrawal stands.
  const end = deriveFollowUpEnd(earlier, [])
  if (end === null) {
    const text = 'The participant is in follow-up: there is nothing to return from.'
    return [{ field: 'KIND', value: 'return', code: 'outOfRange', text }]
  }
  const last = spanOf(entry.date).last
  const asked = earlier.find(({ kind, date }) => kind === 'noFurtherUse' && spanOf(date).last <= last)
  if (asked) {
    const text = `No further use of data was asked for on ${formatDay(spanOf(asked.date).last)}: there is no return from that. Void that entry if it was made in error.`
    return [{ field: 'KIND', value: 'return', code: 'outOfRange', text }]
  }
  if (end.reason === 'died' || last >= spanOfStart(earlier, end.date)) return []
  const text = `${formatDay(last)} is before the participant left (${formatDay(end.date)}). Correct the date.`
  return [{ field: 'DATE', value: entry.date, code: 'outOfRange', text }]
}

/** First possible day of the loss that ended follow-up: a return within a partly known month is possible. */
function spanOfStart(earlier: readonly Departure[], end: string): string {
  return earlier.map(({ date }) => spanOf(date)).find(({ last }) => last === end)?.first ?? end
}

function askAboutDeparture(answers: Answers, facts: LogFacts): readonly SoftQuestion[] {
  const [entry] = readDepartures([answers])
  if (!entry) return []
  if (entry.kind === 'noFurtherUse') {
    const text =
      'everything recorded of this participant leaves exports, results and figures, and no page shows it any more. Was this asked for?'
    return [ask('noFurtherUse', { KIND: entry.kind, DATE: entry.date }, text)]
  }
  const withdrawn = readDepartures(facts.others).some(({ kind }) => kind === 'consent')
  if (entry.kind === 'return' && withdrawn) {
    const text =
      'consent was withdrawn. Follow-up opens again only once a consent given after the withdrawal is recorded under Consents.'
    return [ask('returnNeedsConsent', { KIND: entry.kind, DATE: entry.date }, text)]
  }
  return askAboutLater(entry, readDepartures(facts.others), facts.dated ?? [])
}
