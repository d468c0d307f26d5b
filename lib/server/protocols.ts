import { sha256, type WriteContext } from '@/db/audit-entry'
import type { Tx } from '@/db/client'
import { insertProtocolVersion, insertStudy, updateStudy } from '@/db/commands/studies'
import { findStudyByCode, listProtocolVersions, type StudyRow } from '@/db/queries/studies'
import { studyChain } from '@/db/table-kinds'
import { recordAct } from '@/db/write'
import { formatCanonicalJson, type JsonValue } from '@/lib/domain/audit/canonical-json'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { derivePublication } from '@/lib/domain/protocol/versions'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { parseProtocol } from '@/lib/schemas/protocol'
import type { Ctx } from './context'
import { rewriteSchedules, rewriteScores } from './derived-rows'
import { authorise } from './policy'
import { inTransaction } from './transaction'

export interface AppliedProtocol {
  readonly study: string
  /** Numbers of the versions that were published now; empty when the study stands as the file says already. */
  readonly published: readonly string[]
  readonly inForce: string
  readonly isNewStudy: boolean
  /** Forms whose scores changed with the settings. */
  readonly rescored: number
}

/**
 * Makes a study stand as a protocol file says: publishes what is not published yet, brings schedules and, where a setting
 * changed, scores up to it. The same content twice changes nothing; what is published never changes.
 */
export function applyProtocol(
  ctx: Ctx,
  file: unknown,
  options: { readonly synthetic: boolean } = { synthetic: false },
): Result<AppliedProtocol, AppError> {
  const parsed = parseProtocol(file)
  if (!parsed.ok) return err({ code: 'protocolRefused', problems: parsed.error })
  const protocol = parsed.value
  const found = findStudyByCode(ctx.db, protocol.study.code)
  const may = authorise(ctx, 'configureStudy', { studyId: found?.id ?? null })
  if (!may.ok) return may
  return inTransaction(ctx, tx => publish(tx, may.value.write, protocol, options.synthetic))
}

function publish(
  tx: Tx,
  w: WriteContext,
  protocol: Protocol,
  synthetic: boolean,
): Result<AppliedProtocol, AppError> {
  const { code, title, timeZone } = protocol.study
  const known = findStudyByCode(tx, code)
  const stored = known
    ? listProtocolVersions(tx, known.id).map(({ content }) => JSON.parse(content) as Protocol)
    : []
  const publication = derivePublication(stored, protocol)
  if (!publication.ok) return err({ code: 'protocolRefused', problems: publication.error })
  const inForce = protocol.versions.at(-1)?.number ?? ''
  const answer = { study: code, inForce, isNewStudy: !known }
  if (publication.value.length === 0) return ok({ ...answer, published: [], rescored: 0 })
  const study = known ?? insertStudy(tx, w, { code, title, timeZone, synthetic })
  for (const [index, content] of publication.value.entries()) {
    publishVersion(tx, w, study, stored.length + index, content)
  }
  updateStudy(tx, w, study, { title, timeZone }, `Protocol version ${inForce}`)
  rewriteSchedules(tx, study, { protocol, protocolVersion: inForce })
  const rescored = rescore(tx, w, study, stored.at(-1), protocol)
  return ok({ ...answer, published: publication.value.map(numberOf), rescored })
}

function numberOf(content: Protocol): string {
  return content.versions.at(-1)?.number ?? ''
}

function publishVersion(
  tx: Tx,
  w: WriteContext,
  study: StudyRow,
  position: number,
  protocol: Protocol,
): void {
  const version = protocol.versions.at(-1)
  if (!version) throw new Error('a protocol has at least one version')
  const content = asCanonical(protocol)
  insertProtocolVersion(tx, w, {
    studyId: study.id,
    number: version.number,
    position,
    effectiveFrom: version.effectiveFrom,
    content,
    contentHash: sha256(content),
  })
}

/** A changed setting scores every form again, in one act of the study's chain. Returns how many forms changed. */
function rescore(
  tx: Tx,
  w: WriteContext,
  study: StudyRow,
  before: Protocol | undefined,
  after: Protocol,
): number {
  if (!before || asCanonical(before.settings) === asCanonical(after.settings)) return 0
  const forms = rewriteScores(tx, study, after.settings)
  recordAct(tx, w, { chain: studyChain(study.code) }, 'rescored', { version: numberOf(after), forms })
  return forms
}

/** Through JSON, since keys without a value have no canonical form. */
function asCanonical(content: object): string {
  return formatCanonicalJson(JSON.parse(JSON.stringify(content)) as JsonValue)
}
