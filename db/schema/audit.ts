import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'

/** The one row that names this installation; the genesis of every audit chain is bound to it. */
export const installations = sqliteTable('installations', {
  id: integer('id').primaryKey(),
  uuid: text('uuid').notNull(),
  createdAt: text('created_at').notNull(),
  /** Made by `npm run demo`: the only kind of database that holds demonstration accounts. */
  demo: integer('demo', { mode: 'boolean' }).notNull().default(false),
})

/** Append-only (triggers). Chain `system`, or `study/CODE`; `seq` counts from 1 without gaps. */
export const auditEntries = sqliteTable(
  'audit_entries',
  {
    id: integer('id').primaryKey({ autoIncrement: true }),
    chain: text('chain').notNull(),
    seq: integer('seq').notNull(),
    at: text('at').notNull(),
    /** `insert`, `update`, `void`, `move`, or an act: `signIn`, `export`, `look` … */
    act: text('act').notNull(),
    /** Null: the operator at the command line. */
    actorId: integer('actor_id'),
    actor: text('actor').notNull(),
    role: text('role').notNull(),
    site: text('site'),
    subject: text('subject'),
    visit: text('visit'),
    form: text('form'),
    entity: text('entity'),
    entityId: integer('entity_id'),
    /** JSON: field → [old, new]. */
    changes: text('changes').notNull(),
    /** JSON: what else is known of the act. */
    details: text('details').notNull(),
    reason: text('reason'),
    requestId: text('request_id').notNull(),
    prevHash: text('prev_hash').notNull(),
    hash: text('hash').notNull(),
  },
  t => [
    uniqueIndex('audit_entries_seq').on(t.chain, t.seq),
    index('audit_entries_entity').on(t.entity, t.entityId),
    index('audit_entries_subject').on(t.chain, t.subject),
    // The trail's choices of people and acts, for the sites that the reader has a part in, from the index alone.
    index('audit_entries_actor').on(t.chain, t.actor, t.site),
    index('audit_entries_act').on(t.chain, t.act, t.site),
    check('audit_entries_changes', sql`json_valid(changes)`),
    check('audit_entries_details', sql`json_valid(details)`),
  ],
)
