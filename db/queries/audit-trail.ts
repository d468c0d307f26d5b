import { and, asc, count, desc, eq, gte, inArray, isNull, lt, or, type SQL, sql } from 'drizzle-orm'
import type { Db } from '@/db/client'
import { auditEntries } from '@/db/schema/audit'
import { ENTRY_COLUMNS } from './history'

/** Which entries a reader may see at all. */
export interface TrailScope {
  readonly chain: string
  /** Codes of the sites whose entries may be read; those of no site always may. */
  readonly sites: 'all' | readonly string[]
  /** Only these acts about this study, which stand in the chain of the system; null: everything in the chain. */
  readonly about: { readonly study: string; readonly acts: readonly string[] } | null
}

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

/** One page of a chain, newest first, and how many entries the filter finds. A page beyond the last is the last. */
export function listTrail(
  db: Db,
  scope: TrailScope,
  filter: TrailFilter,
  wanted: { readonly size: number; readonly page: number },
) {
  const where = and(...within(scope), ...conditions(filter))
  const total = db.select({ total: count() }).from(auditEntries).where(where).get()?.total ?? 0
  const pages = Math.max(1, Math.ceil(total / wanted.size))
  const page = Math.min(wanted.page, pages)
  const rows = db
    .select({ ...ENTRY_COLUMNS, hash: auditEntries.hash })
    .from(auditEntries)
    .where(where)
    .orderBy(desc(auditEntries.seq))
    .limit(wanted.size)
    .offset((page - 1) * wanted.size)
    .all()
  return { total, page, pages, rows }
}

/** The names and acts that occur in what the reader may see, for its filters. */
export function listTrailChoices(db: Db, scope: TrailScope) {
  const distinct = (column: typeof auditEntries.actor | typeof auditEntries.act) =>
    db
      .selectDistinct({ value: sql<string>`${column}` })
      .from(auditEntries)
      .where(and(...within(scope)))
      .orderBy(asc(column))
      .all()
      .map(row => row.value)
  return { actors: distinct(auditEntries.actor), acts: distinct(auditEntries.act) }
}

function within({ chain, sites, about }: TrailScope): (SQL | undefined)[] {
  return [
    eq(auditEntries.chain, chain),
    sites === 'all' ? undefined : or(isNull(auditEntries.site), inArray(auditEntries.site, [...sites])),
    about ? inArray(auditEntries.act, [...about.acts]) : undefined,
    about ? sql`json_extract(${auditEntries.details}, '$.study') = ${about.study}` : undefined,
  ]
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
