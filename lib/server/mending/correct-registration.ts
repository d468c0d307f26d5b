import type { Db, Tx } from '@/db/client'
import { changeParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import { findAllocation } from '@/db/queries/allocations'
import { listParticipantAssessments } from '@/db/queries/assessments'
import { listAllLogEntries } from '@/db/queries/logs'
import { findParticipant, type ParticipantRow } from '@/db/queries/participants'
import { listTreatments } from '@/db/queries/treatments'
import { listVisits } from '@/db/queries/visits'
import { formatDay } from '@/lib/domain/checks/day-text'
import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import { askAboutIdentifiers, askAboutReason } from '@/lib/domain/checks/identifiers'
import { checkRegistration } from '@/lib/domain/checks/registration'
import { findLog } from '@/lib/domain/logs/registry'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, compareDates } from '@/lib/domain/shared/calendar-date'
import type { AppError, FieldError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { CorrectRegistrationInput } from '@/lib/schemas/corrections'
import type { Ctx } from '../context'
import { readLogFacts } from '../log-facts'
import { confirmed, type OpenParticipant } from '../participants'
import { inStudyTransaction } from '../transaction'
import { openForMending } from './places'
import { withLabels } from './stale'

const LABELS = {
  consentVersion: 'Consent version',
  consentDate: 'Date of consent',
  screenedOn: 'Eligibility decided on',
  ageAtConsent: 'Age at consent',
  sex: 'Sex',
  diagnosis: 'Diagnosis',
  painType: 'Type of pain',
  painDurationMonths: 'Duration of pain, months',
  level: 'Level or joint',
  previousTreatment: 'Previous treatment',
} as const

/** What every registration here has; only a file may have left it out. */
const COMPULSORY = ['consentVersion', 'consentDate', 'screenedOn', 'ageAtConsent', 'sex'] as const

/**
 * Corrects what was registered, with a reason, by the checks of registration. Answers to criteria may change as long as
 * the outcome does not. A consent after what is entered already is refused. Schedules follow.
 */
export function correctRegistration(
  ctx: Ctx,
  input: CorrectRegistrationInput,
): Result<{ number: string }, AppError> {
  const opened = openForMending(ctx, input.study, input.number)
  if (!opened.ok) return opened
  const { study, participant, protocol, protocolVersion, write } = opened.value
  const done = inStudyTransaction(ctx, opened.value, tx => {
    const stored = findParticipant(tx, study.id, participant.number)
    if (!stored) return err({ code: 'notFound', what: 'The participant' })
    const problems = checkCorrection(tx, opened.value, stored, input)
    if (problems.length > 0) return err({ code: 'invalidInput', fields: problems })
    if (input.reason === null) return err({ code: 'reasonRequired', fields: [] })
    const questions = [
      ...askAboutIdentifiers('diagnosis', 'the diagnosis', input.diagnosis),
      ...askAboutIdentifiers('level', 'the level', input.level),
      ...askAboutIdentifiers('previousTreatment', 'the previous treatment', input.previousTreatment),
      ...askAboutReason(input.reason),
    ]
    const open = questions.filter(({ code }) => !input.confirm.includes(code))
    if (open.length > 0) return err({ code: 'unanswered', questions: open })
    const { screenedOn, eligibility } = input
    const follows = stored.enrolledOn !== null && stored.enrolledOn === stored.screenedOn
    const typed = Object.keys(LABELS).map(field => [field, input[field as keyof typeof LABELS]])
    const patch = {
      ...(Object.fromEntries(typed) as Pick<CorrectRegistrationInput, keyof typeof LABELS>),
      eligibility: { ...stored.eligibility, ...eligibility },
      // Enrolled on the day of the decision: the one moves with the other.
      ...(follows ? { enrolledOn: screenedOn } : {}),
      ...(questions.length > 0
        ? { confirmations: { ...stored.confirmations, ...confirmed(questions) } }
        : {}),
    }
    changeParticipant(tx, write, { id: stored.id, version: input.version, patch, reason: input.reason })
    writeSchedule(tx, { participantId: stored.id, protocol, protocolVersion })
    return ok({ number: stored.number })
  })
  return withLabels(done, LABELS)
}

function checkCorrection(
  tx: Tx,
  opened: OpenParticipant,
  stored: ParticipantRow,
  input: CorrectRegistrationInput,
): FieldError[] {
  const { protocol, today } = opened
  const emptied = COMPULSORY.filter(field => input[field] === null && stored[field] !== null).map(field => ({
    field,
    value: '',
    text: `${LABELS[field]} cannot be emptied. Enter what the source says.`,
  }))
  // What a file left out, and nobody fills in now, is not checked.
  const facts = {
    consentVersion: input.consentVersion ?? protocol.consents.at(-1)?.version ?? '',
    consentDate: input.consentDate ?? input.screenedOn ?? today,
    screenedOn: input.screenedOn ?? input.consentDate ?? today,
    eligibility: { ...stored.eligibility, ...input.eligibility },
    ageAtConsent: input.ageAtConsent ?? 0,
    painDurationMonths: input.painDurationMonths,
    plannedDayZero: stored.plannedDayZero,
  }
  const isTyped = (field: string) => (input[field as keyof CorrectRegistrationInput] ?? null) !== null
  const hasAnswers = Object.keys(facts.eligibility).length > 0
  const wrong = checkRegistration(protocol, facts, today)
    .map(problem => (problem.field === 'plannedDayZero' ? { ...problem, field: 'consentDate' } : problem))
    .filter(({ field }) => (field.startsWith('eligibility.') ? hasAnswers : isTyped(field)))
  return [
    ...emptied,
    ...wrong,
    ...checkOutcome(protocol, stored, facts.eligibility),
    ...checkConsentBefore(tx, stored, input.consentDate),
    ...checkLogsUnder(tx, opened, stored, input.consentDate),
  ]
}

/** Criteria that speak against the person: not met, or present. */
function listFailing(protocol: Protocol, answers: Readonly<Record<string, boolean>>): readonly string[] {
  const { inclusion, exclusion } = protocol.eligibility
  const notMet = inclusion.filter(({ code }) => answers[code] === false)
  return [...notMet, ...exclusion.filter(({ code }) => answers[code] === true)].map(({ code }) => code)
}

/** Who is in stays in, and who is out stays out: another outcome is not a correction of a typing error. */
function checkOutcome(
  protocol: Protocol,
  stored: ParticipantRow,
  answers: Readonly<Record<string, boolean>>,
): FieldError[] {
  const before = listFailing(protocol, stored.eligibility)
  const now = listFailing(protocol, answers)
  if (stored.outcome === 'screenFailure') {
    const [first] = before
    if (now.length > 0 || first === undefined) return []
    const text = `No criterion would speak against ${stored.number}, which is a screen failure. Register the person again under a new number instead.`
    return [{ field: `eligibility.${first}`, value: '', text }]
  }
  return now
    .filter(code => !before.includes(code))
    .map(code => ({
      field: `eligibility.${code}`,
      value: '',
      text: `With this answer ${stored.number} would be a screen failure. A corrected answer cannot change the outcome; record a deviation, or void the registration.`,
    }))
}

/** Nothing was entered of a person before consent. */
function checkConsentBefore(
  db: Db | Tx,
  { id, number }: ParticipantRow,
  consentDate: CalendarDate | null,
): FieldError[] {
  if (consentDate === null) return []
  const allocatedOn = findAllocation(db, id, {
    participantArms: false,
    resultsByArm: false,
    armsNamed: false,
  })?.allocatedOn
  const dates = [
    ...listVisits(db, id).map(visit => visit.visitDate),
    ...listParticipantAssessments(db, id).map(({ assessment }) => assessment.assessmentDate),
    ...listTreatments(db, [id]).map(dose => dose.givenOn),
    allocatedOn ?? null,
  ].filter(date => date !== null)
  const first = dates.toSorted(compareDates)[0]
  if (first === undefined || first >= consentDate) return []
  const text = `Consent on ${formatDay(consentDate)} is after entries of ${number} dated ${formatDay(first)}. Correct one of the dates.`
  return [{ field: 'consentDate', value: consentDate, text }]
}

/** Entries of logs that fit the stored day of consent and would not fit this one. The first is told. */
function checkLogsUnder(
  db: Db | Tx,
  opened: OpenParticipant,
  stored: ParticipantRow,
  consentDate: CalendarDate | null,
): FieldError[] {
  if (consentDate === null || consentDate === stored.consentDate) return []
  for (const { id, log: code, answers } of listAllLogEntries(db, stored.id)) {
    const log = findLog(code)
    if (!log) continue
    const facts = readLogFacts(db, opened, log, id)
    const known = new Set(log.check(answers, { ...facts, consentDate: stored.consentDate }).map(nameProblem))
    const problem = log.check(answers, { ...facts, consentDate }).find(one => !known.has(nameProblem(one)))
    if (!problem) continue
    const text = `Consent on ${formatDay(consentDate)} does not fit an entry under ${log.name}. ${problem.text}`
    return [{ field: 'consentDate', value: consentDate, text }]
  }
  return []
}

const nameProblem = ({ field, code }: FieldProblem) => `${field} ${code}`
