import { addAllocation } from '@/db/commands/allocations'
import { addParticipant, changeParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import {
  findParticipant,
  findParticipantEver,
  nextFreeNumber,
  type ParticipantRow,
} from '@/db/queries/participants'
import { readScheduleFacts } from '@/db/queries/schedule'
import { findSiteByCode, listSites, type SiteRow } from '@/db/queries/studies'
import { formatDay } from '@/lib/domain/checks/day-text'
import { askAboutIdentifiers, askAboutReason } from '@/lib/domain/checks/identifiers'
import {
  checkPlannedDayZero,
  checkRegistration,
  deriveScreeningOutcome,
  type ScreeningOutcome,
} from '@/lib/domain/checks/registration'
import { deriveDayZero } from '@/lib/domain/protocol/schedule'
import { type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { AppError, FieldError, Question } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { ChangePlannedDayZeroInput, RegisterParticipantInput } from '@/lib/schemas/participants'
import type { Ctx } from './context'
import type { Permission } from './policy'
import { type OpenStudy, openStudy } from './studies'
import { inStudyTransaction } from './transaction'

/** A participant opened for one purpose, with the study, the person's view of it and the role in which they write. */
export interface OpenParticipant extends OpenStudy {
  readonly participant: ParticipantRow
  /** The calendar date at the participant's site. */
  readonly today: CalendarDate
}

const ABSENT = { code: 'notFound', what: 'The participant' } as const

/**
 * Finds the participant, or not-found, and authorises at the participant's site. An absent study, an absent number and a
 * participant of a foreign study or site are the same answer. Who asked for no further use is opened only where the caller
 * says that it shows none of what was recorded.
 */
export function openParticipant(
  ctx: Ctx,
  code: string,
  number: string,
  permission: Permission,
  options: { readonly alsoRestricted?: boolean; readonly alsoVoided?: boolean } = {},
): Result<OpenParticipant, AppError> {
  const study = openStudy(ctx, code, permission)
  if (!study.ok) return study.error.code === 'notFound' ? err(ABSENT) : study
  const find = options.alsoVoided ? findParticipantEver : findParticipant
  const participant = find(ctx.db, study.value.study.id, number)
  if (!participant) return err(ABSENT)
  const here = openStudy(ctx, code, permission, participant.siteId)
  if (!here.ok) return here.error.code === 'notFound' ? err(ABSENT) : here
  if (participant.restricted && !options.alsoRestricted) {
    const text = `${participant.number} asked for no further use of data: nothing recorded is shown or changed.`
    return err({ code: 'notPossible', text })
  }
  return ok({ ...here.value, participant, today: calendarDateIn(participant.timeZone, ctx.now) })
}

export interface RegistrationForm {
  readonly study: OpenStudy['study']
  readonly protocol: OpenStudy['protocol']
  readonly sites: readonly SiteRow[]
}

/** What the registration form offers: the sites at which this person may register. */
export function readRegistrationForm(ctx: Ctx, code: string): Result<RegistrationForm, AppError> {
  const opened = openStudy(ctx, code, 'registerParticipant')
  if (!opened.ok) return opened
  const { study, protocol, sites } = opened.value
  return ok({ study, protocol, sites: listSites(ctx.db, study.id, sites) })
}

export interface Registered {
  readonly number: string
  readonly outcome: ScreeningOutcome
}

/**
 * Registers a screened person under the next free number of the site. Who is not eligible or does not take part keeps
 * number, consent, sex, age and answers, and is counted; who is enrolled gets a schedule and, in a study with one arm,
 * that arm. Refused field by field; free text that seems to identify the person is asked about.
 */
export function registerParticipant(ctx: Ctx, input: RegisterParticipantInput): Result<Registered, AppError> {
  const found = openSite(ctx, input.study, input.site)
  if (!found.ok) return found
  const { study, protocol, protocolVersion, write, site } = found.value

  const facts = { ...input, screenedOn: input.screenedOn ?? input.consentDate }
  const problems = [...checkRegistration(protocol, facts, calendarDateIn(site.timeZone, ctx.now))]
  const earlier = input.rescreenOf === null ? undefined : findParticipant(ctx.db, study.id, input.rescreenOf)
  if (input.rescreenOf !== null) problems.push(...checkRescreening(input.rescreenOf, earlier, site))
  if (problems.length > 0) return err({ code: 'invalidInput', fields: problems })
  const questions = askAboutText(input)
  const open = questions.filter(question => !input.confirm.includes(question.code))
  if (open.length > 0) return err({ code: 'unanswered', questions: open })

  const outcome = deriveScreeningOutcome(protocol, input.eligibility, input.takesPart)
  const isEnrolled = outcome === 'enrolled'
  return inStudyTransaction(ctx, found.value, tx => {
    const { id, number } = addParticipant(tx, write, {
      studyId: study.id,
      siteId: site.id,
      number: nextFreeNumber(tx, site),
      origin: 'entered',
      outcome,
      screenedOn: facts.screenedOn,
      rescreenOf: earlier?.id ?? null,
      enrolledOn: isEnrolled ? facts.screenedOn : null,
      consentVersion: input.consentVersion,
      consentDate: input.consentDate,
      ageAtConsent: input.ageAtConsent,
      sex: input.sex,
      diagnosis: input.diagnosis,
      painType: input.painType,
      painDurationMonths: input.painDurationMonths,
      level: input.level,
      previousTreatment: input.previousTreatment,
      eligibility: input.eligibility,
      // A screen failure may be enrolled in spite of criteria; the plan then stands in that form.
      plannedDayZero: outcome === 'declined' ? null : input.plannedDayZero,
      confirmations: confirmed(questions),
    })
    const [onlyArm, ...others] = protocol.arms
    if (isEnrolled && onlyArm && others.length === 0) {
      const allocation = { arm: onlyArm.code, allocatedOn: facts.screenedOn, recordedBy: write.userId }
      addAllocation(tx, write, { participantId: id, ...allocation })
    }
    writeSchedule(tx, { participantId: id, protocol, protocolVersion })
    return ok({ number, outcome })
  })
}

/** Sets or moves the day from which visits count until treatment; windows follow, entered visits do not move. */
export function changePlannedDayZero(
  ctx: Ctx,
  input: ChangePlannedDayZeroInput,
): Result<{ number: string }, AppError> {
  const opened = openParticipant(ctx, input.study, input.number, 'recordTreatment')
  if (!opened.ok) return opened
  const { participant, protocol, protocolVersion, write } = opened.value
  if (participant.outcome !== 'enrolled') return err(notEnrolled(participant))
  const facts = readScheduleFacts(ctx.db, participant.id, protocol.baseline.visits)
  const dayZero = facts ? deriveDayZero(protocol, facts) : null
  if (dayZero !== null) {
    const text = `Day zero of ${participant.number} is known, ${formatDay(dayZero)}: a planned one no longer counts.`
    return err({ code: 'notPossible', text })
  }
  const problems = checkPlannedDayZero(input.plannedDayZero, participant.consentDate)
  if (problems.length > 0) return err({ code: 'invalidInput', fields: problems })
  const questions = askAboutReason(input.reason)
  const open = questions.filter(question => !input.confirm.includes(question.code))
  if (open.length > 0) return err({ code: 'unanswered', questions: open })
  return inStudyTransaction(ctx, opened.value, tx => {
    const confirmations = { ...participant.confirmations, ...confirmed(questions) }
    const patch = { plannedDayZero: input.plannedDayZero, confirmations }
    changeParticipant(tx, write, { id: participant.id, version: input.version, patch, reason: input.reason })
    writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
    return ok({ number: participant.number })
  })
}

/** Why nothing more is recorded for a person who was screened only. */
export function notEnrolled(participant: ParticipantRow): AppError {
  const why = participant.outcome === 'declined' ? 'did not take part' : 'is a screen failure'
  return {
    code: 'notPossible',
    text: `${participant.number} ${why}: no treatment, arm or visit is recorded.`,
  }
}

/** Questions that were asked, each marked as confirmed. */
export function confirmed(questions: readonly Question[]): Record<string, 'asMarked'> {
  return Object.fromEntries(
    questions.map(question => [question.code.split('=')[0] ?? question.code, 'asMarked' as const]),
  )
}

/** A site of the study at which the person may register; absent and foreign are the same answer. */
function openSite(
  ctx: Ctx,
  code: string,
  siteCode: string,
): Result<OpenStudy & { readonly site: SiteRow }, AppError> {
  const opened = openStudy(ctx, code, 'registerParticipant')
  if (!opened.ok) return opened
  const site = findSiteByCode(ctx.db, opened.value.study.id, siteCode)
  const here = site && openStudy(ctx, code, 'registerParticipant', site.id)
  if (!site || !here?.ok) return err({ code: 'notFound', what: 'The site' })
  return ok({ ...here.value, site })
}

function checkRescreening(
  number: string,
  earlier: ParticipantRow | undefined,
  site: SiteRow,
): readonly FieldError[] {
  const at = (text: string) => [{ field: 'rescreenOf', value: number, text }]
  if (!earlier || earlier.siteId !== site.id)
    return at(`${number} is not a participant of site ${site.code}. Enter the earlier number, or nothing.`)
  if (earlier.outcome === 'enrolled')
    return at(`${number} is enrolled and cannot be screened again. Enter the earlier number, or nothing.`)
  return []
}

function askAboutText(input: RegisterParticipantInput): readonly Question[] {
  return [
    ...askAboutIdentifiers('diagnosis', 'the diagnosis', input.diagnosis),
    ...askAboutIdentifiers('level', 'the level', input.level),
    ...askAboutIdentifiers('previousTreatment', 'the previous treatment', input.previousTreatment),
  ]
}
