import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { ReleaseAudience, ReleaseLevel } from '@/lib/domain/protocol/masking'
import type { ResultReleaseId, StudyId, UserId } from '@/lib/domain/shared/ids'
import { recordColumns } from './record-columns'
import { studies } from './studies'
import { users } from './users'

/** That results by arm were opened before the study's lock: how far, to whom, why. Voided: withdrawn. */
export const resultReleases = sqliteTable(
  'result_releases',
  {
    id: integer('id').$type<ResultReleaseId>().primaryKey({ autoIncrement: true }),
    studyId: integer('study_id')
      .$type<StudyId>()
      .notNull()
      .references(() => studies.id),
    level: text('level').$type<ReleaseLevel>().notNull(),
    audience: text('audience').$type<ReleaseAudience>().notNull(),
    reason: text('reason').notNull(),
    /** Null: by the operator. */
    releasedBy: integer('released_by')
      .$type<UserId>()
      .references(() => users.id),
    releasedAt: text('released_at').notNull(),
    ...recordColumns,
  },
  t => [
    index('result_releases_study').on(t.studyId),
    index('result_releases_released_by').on(t.releasedBy),
    check('result_releases_level', sql`level IN ('armsMasked','byArm')`),
    check('result_releases_audience', sql`audience IN ('statistician','all')`),
  ],
)

/**
 * A random key for each study whose results were ever released: from it follows which letter stands for which arm where
 * arms are masked. Never audited, shown or exported, since with it anybody could name the letters.
 */
export const maskingKeys = sqliteTable('masking_keys', {
  studyId: integer('study_id')
    .$type<StudyId>()
    .primaryKey()
    .references(() => studies.id),
  key: text('key').notNull(),
})
