import { dropDraft, keepDraft } from '@/db/commands/drafts'
import { countDrafts, type DraftKey, findDraft, listDrafts } from '@/db/queries/drafts'
import { findStudyByCode } from '@/db/queries/studies'
import { findVisit } from '@/db/queries/visits'
import { findLogByPath } from '@/lib/domain/logs/registry'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { AppError } from '@/lib/domain/shared/errors'
import type { ParticipantId, SiteId, UserId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import {
  type DraftName,
  type FormDraft,
  type KeepDraftInput,
  pathOfDraft,
  type UnfinishedEntry,
} from '@/lib/schemas/drafts'
import type { Ctx } from './context'
import { describeMovedVisit, WHAT_TO_DO_WITH_MOVED } from './moved-visit'
import { openParticipant } from './participants'
import { mayEver, type Permission } from './policy'
import { type OpenStudy, openStudy } from './studies'
import { inTransaction } from './transaction'

/** Who may do any of these has forms to fill in. */
const ENTERING: readonly Permission[] = [
  'enterVisit',
  'enterLog',
  'recordTreatment',
  'recordAllocation',
  'judgeEvent',
  'judgeExpectedness',
  'reportEvent',
  'overrideEligibility',
  'settleDoubleEntry',
  'mendRecord',
]

/** Forms that are about no participant, by their page, each with the permission that opens it. */
const STUDY_FORMS: ReadonlyMap<string, Permission> = new Map([
  ['register', 'registerParticipant'],
  ['setup', 'configureStudy'],
])

const permissionOfStudyForm = (place: string) => STUDY_FORMS.get(place.split(/[?#]/)[0] ?? '')

/** Nobody leaves so many forms unfinished; a program that posts for them would. */
const MAX_DRAFTS = 500

/**
 * Keeps what a person has typed into a form and not yet saved, or discards it. It belongs to that person alone, is no
 * record and enters no audit. Refused: who has nothing to enter there; a locked study; a page that was opened by
 * somebody else.
 */
export function saveDraft(ctx: Ctx, input: KeepDraftInput): Result<{ readonly keptAt: string }, AppError> {
  if (input.discard) return discardDraft(ctx, input)
  const opened = openPlace(ctx, input)
  if (!opened.ok) return opened
  const { study } = opened.value
  const key = keyOf(ctx, study.id, input)
  if (key === null || key.userId !== input.owner) return err(NOT_THEIRS)
  if (study.lockedAt !== null) {
    const reason = study.lockReason ?? ''
    return err({ code: 'locked', what: `Study ${study.code}`, since: study.lockedAt, reason })
  }
  return inTransaction(ctx, tx => {
    if (countDrafts(tx, key.userId) >= MAX_DRAFTS && !findDraft(tx, key)) return err(TOO_MANY)
    keepDraft(tx, key, { fields: input.fields, savedAt: ctx.now })
    return ok({ keptAt: ctx.now })
  })
}

/** One's own is discarded wherever it is of, and also where nothing may be entered any more. */
function discardDraft(ctx: Ctx, input: KeepDraftInput): Result<{ readonly keptAt: string }, AppError> {
  const study = findStudyByCode(ctx.db, input.study)
  const key = study && keyOf(ctx, study.id, input)
  if (!key) return err({ code: 'notFound', what: 'The draft' })
  if (key.userId !== input.owner) return err(NOT_THEIRS)
  return inTransaction(ctx, tx => {
    dropDraft(tx, key)
    return ok({ keptAt: ctx.now })
  })
}

const NOT_THEIRS: AppError = {
  code: 'notPossible',
  text: 'The page was opened by somebody else who was signed in here. Sign in as that person, or open the page again.',
}
const TOO_MANY: AppError = {
  code: 'notPossible',
  text: `You have ${MAX_DRAFTS} unfinished forms. Save or discard some of them from the worklist.`,
}

/** What a form needs to be kept as a draft, with what this very person typed there earlier. */
export function readFormDraft(ctx: Ctx, name: DraftName): FormDraft | null {
  if (ctx.actor.kind !== 'user') return null
  const study = findStudyByCode(ctx.db, name.study)
  const key = study && keyOf(ctx, study.id, name)
  if (!key) return null
  const kept = findDraft(ctx.db, key)
  const { study: code, subject, place } = name
  return {
    study: code,
    subject,
    place,
    owner: ctx.actor.userId,
    kept: kept ? { at: kept.savedAt, fields: kept.fields } : null,
  }
}

/** The person's unfinished forms in a study, the last one first; of participants whom the person may see. */
export function listUnfinished(
  ctx: Ctx,
  opened: Pick<OpenStudy, 'study' | 'protocol' | 'sites'>,
): readonly UnfinishedEntry[] {
  const { study, protocol, sites } = opened
  // Who enters nothing here any more has no page on which to go on.
  const may = (permission: Permission) => mayEver(ctx, permission, study.id)
  const mayEnter = ENTERING.some(may)
  if (ctx.actor.kind !== 'user') return []
  const owner = ctx.actor.userId
  return listDrafts(ctx.db, { userId: owner, studyId: study.id })
    .filter(({ subject, place, siteId }) => {
      if (subject !== '') return mayEnter && isSeen(siteId, sites)
      const permission = permissionOfStudyForm(place)
      return permission !== undefined && may(permission)
    })
    .map(({ subject, place, savedAt, participantId }) => ({
      number: subject,
      what: nameOfPlace(protocol, place),
      path: pathOfDraft({ study: study.code, subject, place }),
      keptAt: savedAt,
      moved: describeMoved(ctx, opened, { userId: owner, studyId: study.id, subject, place }, participantId),
      draft: { study: study.code, subject, place, owner },
    }))
}

/** Of a draft of a visit that was entered when its page was opened and stands there no more. */
function describeMoved(
  ctx: Ctx,
  opened: Pick<OpenStudy, 'study' | 'protocol' | 'sites'>,
  key: DraftKey,
  participantId: ParticipantId | null,
): string | null {
  const [, code] = /^visits\/([^/?#]+)/.exec(key.place) ?? []
  if (code === undefined || participantId === null) return null
  const visit = opened.protocol.visits.find(plan => encodeURIComponent(plan.code) === code)?.code ?? code
  if (findVisit(ctx.db, participantId, visit)) return null
  const typed = findDraft(ctx.db, key)?.fields
  const version = typed?.['~visit.version'] ?? typed?.version
  if (!version?.some(Boolean)) return null
  const moved = describeMovedVisit(ctx.db, opened, { number: key.subject, visit })
  return moved && `${moved} ${WHAT_TO_DO_WITH_MOVED}`
}

function isSeen(siteId: SiteId | null, sites: OpenStudy['sites']): boolean {
  if (siteId === null) return false
  return sites === 'all' || sites.some(one => one === siteId)
}

/** Example: `visits/M6` → `6 months`. */
function nameOfPlace(protocol: Protocol, place: string): string {
  const [address = '', form = ''] = place.split('#')
  const [page = ''] = address.split('?')
  const [kind, code = '', part, decision] = page.split('/')
  if (kind === 'register') return 'Registration'
  if (kind === 'setup') return 'Approval by site'
  if (kind === 'logs') return nameOfLogForm(code, form)
  if (kind === 'doses') return 'Dose'
  if (kind === 'unscheduled') return 'Unscheduled visit'
  if (kind === 'mend') return nameOfMending(protocol, code, part, form)
  if (kind !== 'visits') return form.endsWith('override') ? 'Eligibility' : 'Participant'
  const name = nameOfVisit(protocol, code)
  if (part === 'second') return decision === 'settle' ? `${name}, differences` : `${name}, second entry`
  return form === 'missed' ? `${name}, not done` : name
}

const nameOfVisit = (protocol: Protocol, code: string) =>
  protocol.visits.find(visit => encodeURIComponent(visit.code) === code)?.name ?? code

function nameOfLogForm(path: string, form: string): string {
  const name = findLogByPath(path)?.name ?? 'Log'
  if (form === '') return name
  return form === 'move' || form === 'void' ? `${name}, entered in error` : `${name}, report or note`
}

function nameOfMending(protocol: Protocol, what: string, visit: string | undefined, form: string): string {
  if (what === 'registration')
    return form === 'arm' ? 'Correction of the arm' : 'Correction of the registration'
  if (what === 'doses') return 'Dose, entered in error'
  if (what !== 'visits' || visit === undefined) return 'Number entered in error'
  return `${nameOfVisit(protocol, visit)}, entered in error`
}

/** The study that a form belongs to, open to somebody who enters there; a participant at the own sites only. */
function openPlace(ctx: Ctx, { study, subject, place }: DraftName): Result<OpenStudy, AppError> {
  if (subject === '') {
    const permission = permissionOfStudyForm(place)
    return permission ? openStudy(ctx, study, permission) : err({ code: 'notFound', what: 'The page' })
  }
  let refused: Result<OpenStudy, AppError> | null = null
  for (const permission of ENTERING) {
    const opened = openParticipant(ctx, study, subject, permission)
    if (opened.ok || opened.error.code !== 'notAllowed') return opened
    refused ??= opened
  }
  return refused ?? err({ code: 'notFound', what: 'The participant' })
}

function keyOf(ctx: Ctx, studyId: DraftKey['studyId'], { subject, place }: DraftName): DraftKey | null {
  if (ctx.actor.kind !== 'user') return null
  const userId: UserId = ctx.actor.userId
  return { userId, studyId, subject, place }
}
