import { and, count, desc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'

export interface TrailFilter {
  readonly subject?: string | undefined
  readonly visit?: string | undefined
  readonly form?: string | undefined
  readonly actor?: string | undefined
  readonly act?: string | undefined
  /** UTC days, both included. */
  readonly from?: string | undefined
  readonly to?: string | undefined
}

/**
 * One page of a chain, newest first, and how many entries the filter finds. `sites`: codes of the sites whose entries may
 * be read; those of the study itself always may.
 */
export function listTrail(
  db: Db,
  chain: string,
  sites: 'all' | readonly string[],
  filter: TrailFilter,
  page: { size: number; number: number },
) {
  const mine =
    sites === 'all' ? undefined : or(isNull(auditEntries.site), inArray(auditEntries.site, [...sites]))
  const where = and(eq(auditEntries.chain, chain), mine, ...conditions(filter))
  const total = db.select({ total: count() }).from(auditEntries).where(where).get()?.total ?? 0
  const rows = db
    .select({
      seq: auditEntries.seq,
      at: auditEntries.at,
      act: auditEntries.act,
      actor: auditEntries.actor,
      role: auditEntries.role,
      site: auditEntries.site,
      subject: auditEntries.subject,
      visit: auditEntries.visit,
      form: auditEntries.form,
      entity: auditEntries.entity,
      changes: auditEntries.changes,
      details: auditEntries.details,
      reason: auditEntries.reason,
      hash: auditEntries.hash,
    })
    .from(auditEntries)
    .where(where)
    .orderBy(desc(auditEntries.seq))
    .limit(page.size)
    .offset((page.number - 1) * page.size)
    .all()
  return { total, rows }
}

/** The names and acts that occur in a chain, for its filters. */
export function listTrailChoices(db: Db, chain: string) {
  const distinct = (column: typeof auditEntries.actor | typeof auditEntries.act) =>
    db
      .selectDistinct({ value: sql<string>`${column}` })
      .from(auditEntries)
      .where(eq(auditEntries.chain, chain))
      .orderBy(column)
      .all()
      .map(row => row.value)
  return { actors: distinct(auditEntries.actor), acts: distinct(auditEntries.act) }
}

function conditions(filter: TrailFilter): (SQL | undefined)[] {
  return [
    filter.subject ? eq(auditEntries.subject, filter.subject) : undefined,
    filter.visit ? eq(auditEntries.visit, filter.visit) : undefined,
    filter.form ? eq(auditEntries.form, filter.form) : undefined,
    filter.actor ? eq(auditEntries.actor, filter.actor) : undefined,
    filter.act ? eq(auditEntries.act, filter.act) : undefined,
    filter.from ? gte(auditEntries.at, filter.from) : undefined,
    filter.to ? lt(auditEntries.at, `${filter.to}T99`) : undefined,
  ]
}
