import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ProtocolVersionId, SiteApprovalId, SiteId, StudyId } from '@/lib/domain/shared/ids'
import { IS_DATE, recordColumns } from './record-columns'

/** One study. Its content is in the protocol versions; the last published one is in force. */
export const studies = sqliteTable(
  'studies',
  {
    id: integer('id').$type<StudyId>().primaryKey({ autoIncrement: true }),
    code: text('code').notNull(),
    title: text('title').notNull(),
    timeZone: text('time_zone').notNull(),
    /** Made-up participants: every page, print and export says so. */
    synthetic: integer('synthetic', { mode: 'boolean' }).notNull().default(false),
    lockedAt: text('locked_at'),
    lockReason: text('lock_reason'),
    ...recordColumns,
  },
  t => [uniqueIndex('studies_code').on(t.code)],
)

/** A published protocol version. Its content never changes (trigger). */
export const protocolVersions = sqliteTable(
  'protocol_versions',
  {
    id: integer('id').$type<ProtocolVersionId>().primaryKey({ autoIncrement: true }),
    studyId: integer('study_id')
      .$type<StudyId>()
      .notNull()
      .references(() => studies.id),
    number: text('number').notNull(),
    position: integer('position').notNull(),
    effectiveFrom: text('effective_from').notNull(),
    /** Canonical JSON of the parsed protocol as it stood at this version. */
    content: text('content').notNull(),
    contentHash: text('content_hash').notNull(),
    publishedAt: text('published_at').notNull(),
    ...recordColumns,
  },
  t => [
    uniqueIndex('protocol_versions_number').on(t.studyId, t.number),
    uniqueIndex('protocol_versions_position').on(t.studyId, t.position),
    check('protocol_versions_content', sql`json_valid(content)`),
  ],
)

export const sites = sqliteTable(
  'sites',
  {
    id: integer('id').$type<SiteId>().primaryKey({ autoIncrement: true }),
    studyId: integer('study_id')
      .$type<StudyId>()
      .notNull()
      .references(() => studies.id),
    code: text('code').notNull(),
    name: text('name').notNull(),
    timeZone: text('time_zone').notNull(),
    ...recordColumns,
  },
  t => [uniqueIndex('sites_code').on(t.studyId, t.code)],
)

/** When a protocol version was approved at a site: from that day it is in effect there. */
export const siteApprovals = sqliteTable(
  'site_approvals',
  {
    id: integer('id').$type<SiteApprovalId>().primaryKey({ autoIncrement: true }),
    siteId: integer('site_id')
      .$type<SiteId>()
      .notNull()
      .references(() => sites.id),
    /** Number of the protocol version, e.g. `1.1`. */
    version: text('version').notNull(),
    approvedOn: text('approved_on').$type<CalendarDate>().notNull(),
    ...recordColumns,
  },
  t => [
    uniqueIndex('site_approvals_version').on(t.siteId, t.version).where(sql`voided_at IS NULL`),
    index('site_approvals_site').on(t.siteId),
    check('site_approvals_approved_on', sql.raw(`approved_on ${IS_DATE}`)),
  ],
)
