import { listTrail, listTrailChoices, type TrailFilter } from '@/db/queries/audit-trail'
import { listSites } from '@/db/queries/studies'
import { studyChain } from '@/db/table-kinds'
import type { Change } from '@/lib/domain/audit/diff'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { openStudy } from './studies'

const PAGE_SIZE = 50

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
  readonly changes: Readonly<Record<string, Change>>
  readonly details: Readonly<Record<string, unknown>>
  readonly reason: string | null
  readonly hash: string
  readonly withheld: boolean
}

export interface Trail {
  /** For the names of fields and values. */
  readonly protocol: Protocol
  readonly entries: readonly TrailEntry[]
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly actors: readonly string[]
  readonly acts: readonly string[]
}

/** One page of a study's audit trail, newest first. */
export function readTrail(
  ctx: Ctx,
  input: { study: string; filter: TrailFilter; page: number },
): Result<Trail, AppError> {
  const opened = openStudy(ctx, input.study, 'readAudit')
  if (!opened.ok) return opened
  const { study, sites, protocol } = opened.value
  const chain = studyChain(study.code)
  const mine = sites === 'all' ? sites : listSites(ctx.db, study.id, sites).map(site => site.code)
  const page = Math.max(1, input.page)
  const { total, rows } = listTrail(ctx.db, chain, mine, input.filter, { size: PAGE_SIZE, number: page })
  const mayKnowArms = opened.value.view.participantArms
  const entries = rows.map(row => {
    const withheld = row.entity === 'allocations' && !mayKnowArms
    return {
      ...row,
      changes: withheld ? {} : (JSON.parse(row.changes) as Record<string, Change>),
      details: withheld ? {} : (JSON.parse(row.details) as Record<string, unknown>),
      withheld,
    }
  })
  const pages = Math.max(1, Math.ceil(total / PAGE_SIZE))
  return ok({ protocol, entries, total, page, pages, ...listTrailChoices(ctx.db, chain) })
}
