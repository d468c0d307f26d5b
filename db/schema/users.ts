import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { MembershipId, SiteId, StudyId, UserId } from '@/lib/domain/shared/ids'
import { recordColumns } from './record-columns'
import { sites, studies } from './studies'

/** Staff accounts. Deactivated, never deleted or reused. */
export const users = sqliteTable(
  'users',
  {
    id: integer('id').$type<UserId>().primaryKey({ autoIncrement: true }),
    /** Lower case. */
    email: text('email').notNull(),
    name: text('name').notNull(),
    active: integer('active', { mode: 'boolean' }).notNull().default(true),
    ...recordColumns,
  },
  t => [uniqueIndex('users_email').on(t.email)],
)

/** A role in a study, at one site or (site null) at all; study null: the whole installation (administrators). */
export const memberships = sqliteTable(
  'memberships',
  {
    id: integer('id').$type<MembershipId>().primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    studyId: integer('study_id')
      .$type<StudyId>()
      .references(() => studies.id),
    siteId: integer('site_id')
      .$type<SiteId>()
      .references(() => sites.id),
    role: text('role', {
      enum: ['administrator', 'dataManager', 'coordinator', 'investigator', 'monitor', 'statistician'],
    }).notNull(),
    ...recordColumns,
  },
  t => [
    index('memberships_user').on(t.userId),
    index('memberships_study').on(t.studyId),
    index('memberships_site').on(t.siteId),
    check(
      'memberships_role',
      sql`role IN ('administrator','dataManager','coordinator','investigator','monitor','statistician')`,
    ),
  ],
)
