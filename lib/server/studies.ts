import type { Db, Tx } from '@/db/client'
import { listReleasesInForce, type ReleaseInForce } from '@/db/queries/releases'
import {
  findCurrentProtocol,
  findStudyByCode,
  listStudies,
  readProtocolContent,
  type StudyRow,
} from '@/db/queries/studies'
import {
  deriveMostRestrictiveView,
  findOpeningRelease,
  type MaskingFacts,
  type MaskingView,
  mayNameArms,
} from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { AppError } from '@/lib/domain/shared/errors'
import type { SiteId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { authorise, type Grant, type Permission } from './policy'

/** A study opened for one purpose: what it is, what the person may see of it, and in which role they write. */
export interface OpenStudy extends Grant {
  readonly study: StudyRow
  readonly protocol: Protocol
  readonly protocolVersion: string
  /** Of the protocol's content; a write under it is refused once another is in force. */
  readonly protocolHash: string
  readonly view: MaskingView
  /** Results by named arms are open to this person by the lock alone: unlocked again, they would be closed. */
  readonly openedByLock: boolean
  /** The release by which results by arm stand open to this person; null: closed, or open without one. */
  readonly openedBy: ReleaseInForce | null
}

/** Finds the study, or not-found, and authorises; the first two beats of every use case within a study. */
export function openStudy(
  ctx: Ctx,
  code: string,
  permission: Permission,
  siteId?: SiteId,
): Result<OpenStudy, AppError> {
  const study = findStudyByCode(ctx.db, code)
  // In the words in which a foreign study is refused.
  if (!study) return err({ code: 'notFound', what: 'The page' })
  const may = authorise(
    ctx,
    permission,
    siteId === undefined ? { studyId: study.id } : { studyId: study.id, siteId },
  )
  if (!may.ok) return may
  const { protocol, number, hash } = loadProtocol(ctx.db, study)
  const releases = listReleasesInForce(ctx.db, study.id)
  const locked = study.lockedAt !== null
  const facts = { masking: protocol.masking, arms: protocol.arms.length, locked, releases }
  const { roles } = may.value
  const view = deriveMostRestrictiveView(facts, roles)
  return ok({
    study,
    protocol,
    protocolVersion: number,
    protocolHash: hash,
    view,
    openedByLock: isOpenedByLock(facts, roles),
    openedBy: findOpeningRelease(facts, roles),
    ...may.value,
  })
}

function isOpenedByLock(facts: MaskingFacts, roles: readonly string[]): boolean {
  const mayName = (locked: boolean) => mayNameArms(deriveMostRestrictiveView({ ...facts, locked }, roles))
  return facts.locked && mayName(true) && !mayName(false)
}

/** Studies that the person has a part in. */
export function listMyStudies(ctx: Ctx): StudyRow[] {
  return listStudies(ctx.db).filter(study => authorise(ctx, 'readStudy', { studyId: study.id }).ok)
}

const parsed = new Map<string, Protocol>()

/** The protocol in force. Content never changes under its hash, so that a parsed one is kept. */
export function loadProtocol(
  db: Db | Tx,
  study: StudyRow,
): { protocol: Protocol; number: string; hash: string } {
  const version = findCurrentProtocol(db, study.id)
  if (!version) throw new Error(`study ${study.code} has no published protocol`)
  let protocol = parsed.get(version.contentHash)
  if (!protocol) {
    protocol = JSON.parse(readProtocolContent(db, version.id) ?? '') as Protocol
    parsed.set(version.contentHash, protocol)
  }
  return { protocol, number: version.number, hash: version.contentHash }
}
