import { listTrail, listTrailChoices, type TrailScope } from '@/db/queries/audit-trail'
import { listSites } from '@/db/queries/studies'
import { listAccountsAbout } from '@/db/queries/users'
import { studyChain } from '@/db/table-kinds'
import type { Change } from '@/lib/domain/audit/diff'
import { type MaskingView, mayReasonTellArm, mayTellArm } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import type { TrailQuery } from '@/lib/schemas/audit-trail'
import type { Ctx } from './context'
import { authorise, mayEver } from './policy'
import { openStudy } from './studies'

const PAGE_SIZE = 50

/** Acts about a study that move none of its records and so stand in the chain of the system. */
const ACTS_OF_USE = ['look', 'export', 'import', 'auditExported'] as const

/** One entry of the trail; `withheld` where its content would show an arm to somebody who may not know it. */
export interface TrailEntry {
  readonly seq: number
  readonly at: string
  readonly act: string
  readonly actor: string
  readonly role: string
  readonly site: string | null
  readonly subject: string | null
  readonly visit: string | null
  readonly form: string | null
  readonly entity: string | null
  /** In the chain of the system: the account or study that the entry is about. */
  readonly about: string | null
  readonly changes: Readonly<Record<string, Change>>
  readonly details: Readonly<Record<string, unknown>>
  readonly reason: string | null
  readonly hash: string
  readonly withheld: boolean
}

export interface TrailPage {
  readonly entries: readonly TrailEntry[]
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly actors: readonly string[]
  readonly acts: readonly string[]
}

export interface Trail extends TrailPage {
  /** For the names of fields and values. */
  readonly protocol: Protocol
  /** Whether this person may see who looked, exported and imported. */
  readonly mayReadUse: boolean
}

const OPEN: MaskingView = { participantArms: true, resultsByArm: true, armsNamed: true }

/** One page of a study's audit trail, newest first: what was done to its records, or who used them. */
export function readTrail(ctx: Ctx, query: TrailQuery & { readonly study: string }): Result<Trail, AppError> {
  const isUse = query.source === 'use'
  const opened = openStudy(ctx, query.study, isUse ? 'readUse' : 'readAudit')
  if (!opened.ok) return opened
  const { study, sites, protocol, view } = opened.value
  const mine = sites === 'all' ? sites : listSites(ctx.db, study.id, sites).map(site => site.code)
  const scope: TrailScope = isUse
    ? { chain: 'system', sites: mine, about: { study: study.code, acts: ACTS_OF_USE } }
    : { chain: studyChain(study.code), sites: mine, about: null }
  return ok({ ...readPage(ctx, scope, query, view), protocol, mayReadUse: mayEver(ctx, 'readUse', study.id) })
}

/** One page of the trail of the system: sign-ins, accounts and roles, looks, exports, imports, backups. */
export function readSystemTrail(ctx: Ctx, query: TrailQuery): Result<TrailPage, AppError> {
  const may = authorise(ctx, 'readSystemAudit', { studyId: null })
  if (!may.ok) return may
  const page = readPage(ctx, { chain: 'system', sites: 'all', about: null }, query, OPEN)
  return ok(page)
}

function readPage(ctx: Ctx, scope: TrailScope, query: TrailQuery, view: MaskingView): TrailPage {
  const { rows, ...found } = listTrail(ctx.db, scope, query, { size: PAGE_SIZE, page: query.page })
  const accounts = scope.chain === 'system' ? listAccountsAbout(ctx.db) : null
  const entries = rows.map(({ entityId, ...row }) => {
    const withheld = mayTellArm(view, row.entity, null)
    const details = JSON.parse(row.details) as Record<string, unknown>
    const changes = Object.entries(JSON.parse(row.changes) as Record<string, Change>).filter(
      ([field]) => !mayTellArm(view, row.entity, field) && !(accounts && KEYS.has(field)),
    )
    return {
      ...row,
      about: accounts && describeAbout(accounts, row.entity, entityId, details),
      changes: Object.fromEntries(changes),
      details: withheld ? {} : details,
      // What was typed as the reason of a change of arm or dose may name the arm too.
      reason: mayReasonTellArm(view, row.entity) ? null : row.reason,
      withheld,
    }
  })
  return { ...found, entries, ...listTrailChoices(ctx.db, scope) }
}

/** Columns of a role that `about` tells in words. */
const KEYS: ReadonlySet<string> = new Set(['userId', 'studyId', 'siteId'])

function describeAbout(
  accounts: ReturnType<typeof listAccountsAbout>,
  entity: string | null,
  entityId: number | null,
  details: Readonly<Record<string, unknown>>,
): string | null {
  if (entity === 'memberships') {
    const part = accounts.memberships.get(entityId ?? 0)
    return part ? [part.name, part.study, part.site].filter(Boolean).join(', ') : null
  }
  if (entity === 'users') return accounts.users.get(entityId ?? 0) ?? null
  if (typeof details.userId === 'number') return accounts.users.get(details.userId) ?? null
  return typeof details.study === 'string' ? details.study : null
}
