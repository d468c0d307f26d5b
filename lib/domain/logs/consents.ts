import { formatDay } from '@/lib/domain/checks/day-text'
import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import { ask, type SoftQuestion } from '@/lib/domain/checks/soft-rule'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { Log, LogFacts } from '@/lib/domain/logs/log'
import type { GivenConsent } from '@/lib/domain/protocol/consent'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { parseCalendarDate } from '@/lib/domain/shared/calendar-date'

const FORMS = [
  { code: 'signed', label: 'Signed on paper' },
  { code: 'electronic', label: 'Signed electronically' },
  { code: 'verbal', label: 'Verbal, documented' },
]

/** Consents given after the first, which belongs to registration. */
export const consents: Log = {
  code: 'consents',
  path: 'consents',
  name: 'Consents',
  one: 'consent',
  note: 'Consents given after the first, which stands with the registration: to a later version, or anew.',
  fields: protocol => [
    versionField(protocol),
    { code: 'DATE', label: 'Date of consent', type: 'date', required: true },
    { code: 'FORM', label: 'How it was given', type: 'choice', choices: FORMS, required: true },
    { code: 'NOTE', label: 'Note', type: 'text', long: true },
  ],
  check: checkConsent,
  ask: askAboutConsent,
  describe: answers => `Consent version ${textOf(answers, 'VERSION') ?? 'not said'}`,
  orderedBy: 'DATE',
}

/** A study that lists no consent versions takes any text. */
function versionField(protocol: Protocol) {
  const common = { code: 'VERSION', label: 'Version', required: true }
  if (protocol.consents.length === 0) return { ...common, type: 'text' as const }
  const choices = protocol.consents.map(({ version }) => ({ code: version, label: `Version ${version}` }))
  return { ...common, type: 'choice' as const, choices }
}

/**
 * The consents of the log, in the order recorded; an entry without version or date is left out.
 * Example: `[{ VERSION: { value: '2.0' }, DATE: { value: '2024-06-03' } }]` → `[{ version: '2.0', date: '2024-06-03' }]`.
 */
export function readConsents(entries: readonly Answers[]): readonly GivenConsent[] {
  return entries.flatMap(answers => {
    const version = textOf(answers, 'VERSION') ?? ''
    const date = parseCalendarDate(textOf(answers, 'DATE') ?? '')
    return version && date ? [{ version, date }] : []
  })
}

function checkConsent(answers: Answers, facts: LogFacts): readonly FieldProblem[] {
  const [given] = readConsents([answers])
  if (!given) return []
  const { version, date } = given
  const at = (code: FieldProblem['code'], text: string): FieldProblem => ({
    field: 'DATE',
    value: date,
    code,
    text,
  })
  const day = formatDay(date)
  const problems: FieldProblem[] = []
  if (date > facts.today) {
    const text = `${day} is after today at the site (${formatDay(facts.today)}). Record a consent once it was given.`
    problems.push(at('dateInFuture', text))
  }
  if (facts.consentDate !== null && date < facts.consentDate) {
    const text = `${day} is before the first consent (${formatDay(facts.consentDate)}). Correct the date, or the registration.`
    problems.push(at('outOfRange', text))
  }
  const plan = facts.protocol.consents.find(consent => consent.version === version)
  if (plan && date < plan.approvedOn) {
    const text = `Version ${version} was approved on ${formatDay(plan.approvedOn)}, after ${day}. Correct the date or the version.`
    problems.push(at('outOfRange', text))
  }
  if (readConsents(facts.others).some(other => other.version === version && other.date === date)) {
    problems.push(at('outOfRange', `Consent to version ${version} on ${day} is recorded already.`))
  }
  return problems
}

function askAboutConsent(answers: Answers, facts: LogFacts): readonly SoftQuestion[] {
  const [given] = readConsents([answers])
  if (!given) return []
  const order = (version: string) => facts.protocol.consents.findIndex(consent => consent.version === version)
  const later = readConsents(facts.others).find(
    other => other.date <= given.date && order(other.version) > order(given.version),
  )
  if (!later) return []
  const text = `version ${given.version} is older than version ${later.version}, consented to on ${formatDay(later.date)}.`
  return [ask('olderConsent', { VERSION: given.version, DATE: given.date }, text)]
}
