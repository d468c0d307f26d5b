import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { StudyId, UserId } from '@/lib/domain/shared/ids'
import { studies } from './studies'
import { users } from './users'

/**
 * When a person last looked at a study's results, and how far its audit had come then: what *since you last looked* is
 * counted from. Operational: a look by arm stands in the audit for itself.
 */
export const cohortLooks = sqliteTable(
  'cohort_looks',
  {
    userId: integer('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    studyId: integer('study_id')
      .$type<StudyId>()
      .notNull()
      .references(() => studies.id),
    /** Last entry of the study's chain at the last look. */
    seenSeq: integer('seen_seq').notNull(),
    seenAt: text('seen_at').notNull(),
    /** The look before this sitting; null: there was none. */
    previousSeq: integer('previous_seq'),
    previousAt: text('previous_at'),
  },
  t => [primaryKey({ columns: [t.userId, t.studyId] }), index('cohort_looks_study').on(t.studyId)],
)
