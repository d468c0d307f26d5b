import { index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { UserId } from '@/lib/domain/shared/ids'
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
