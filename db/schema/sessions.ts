import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { StudyId, UserId } from '@/lib/domain/shared/ids'
import { studies } from './studies'
import { users } from './users'

/** Operational: never in the audit by value; the acts are. */
export const credentials = sqliteTable('credentials', {
  userId: integer('user_id')
    .$type<UserId>()
    .primaryKey()
    .references(() => users.id),
  /** argon2id, encoded with its parameters. */
  passwordHash: text('password_hash').notNull(),
  changedAt: text('changed_at').notNull(),
})

export const sessions = sqliteTable(
  'sessions',
  {
    /** SHA-256 of the random session id that the browser's token holds. */
    idHash: text('id_hash').primaryKey(),
    userId: integer('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    createdAt: text('created_at').notNull(),
    lastSeenAt: text('last_seen_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    revokedAt: text('revoked_at'),
  },
  t => [index('sessions_user').on(t.userId)],
)

export const oneTimeLinks = sqliteTable(
  'one_time_links',
  {
    tokenHash: text('token_hash').primaryKey(),
    purpose: text('purpose', { enum: ['firstAdministrator', 'setPassword'] }).notNull(),
    userId: integer('user_id')
      .$type<UserId>()
      .references(() => users.id),
    createdAt: text('created_at').notNull(),
    expiresAt: text('expires_at').notNull(),
    usedAt: text('used_at'),
  },
  t => [index('one_time_links_user').on(t.userId)],
)

/** Failed sign-ins counted per account and per address, e.g. `account:a@b.org`, `address:127.0.0.1`. */
export const signInCounters = sqliteTable('sign_in_counters', {
  key: text('key').primaryKey(),
  failures: integer('failures').notNull(),
  firstFailureAt: text('first_failure_at').notNull(),
  lockedUntil: text('locked_until'),
})

/** A form's submission key and where its first save led: sent twice, stored once. */
export const submissionKeys = sqliteTable(
  'submission_keys',
  {
    key: text('key').primaryKey(),
    userId: integer('user_id')
      .$type<UserId>()
      .references(() => users.id),
    result: text('result').notNull(),
    createdAt: text('created_at').notNull(),
  },
  t => [index('submission_keys_user').on(t.userId)],
)

/** What a person has typed into a page and not yet saved. Belongs to that person alone. */
export const drafts = sqliteTable(
  'drafts',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    userId: integer('user_id')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    studyId: integer('study_id')
      .$type<StudyId>()
      .notNull()
      .references(() => studies.id),
    /** Number of the participant; empty where the page is about none yet (registration). */
    subject: text('subject').notNull(),
    /** The page within the participant, e.g. `visits/M6`, `logs/adverse-events/new`. */
    place: text('place').notNull(),
    /** JSON: name of a control → texts, as the form posts them. */
    fields: text('fields', { mode: 'json' }).$type<Record<string, readonly string[]>>().notNull(),
    savedAt: text('saved_at').notNull(),
  },
  t => [
    uniqueIndex('drafts_place').on(t.userId, t.studyId, t.subject, t.place),
    index('drafts_study').on(t.studyId),
    check('drafts_fields', sql`json_valid(fields)`),
  ],
)
