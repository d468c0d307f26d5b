import { sql } from 'drizzle-orm'
import { check, index, integer, sqliteTable, text } from 'drizzle-orm/sqlite-core'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { EventReportId, LogEntryId, ParticipantId } from '@/lib/domain/shared/ids'
import { participants } from './participants'
import { type Confirmation, recordColumns } from './record-columns'

/**
 * One line of a participant's log: an adverse event, a medication, an intervention … What the fields are is data
 * (`lib/domain/logs`), as with a form; `answers` holds them by code.
 */
export const logEntries = sqliteTable(
  'log_entries',
  {
    id: integer('id').$type<LogEntryId>().primaryKey({ autoIncrement: true }),
    participantId: integer('participant_id')
      .$type<ParticipantId>()
      .notNull()
      .references(() => participants.id),
    /** Code of the log, e.g. `adverseEvents`. */
    log: text('log').notNull(),
    /** JSON: field code → answer. */
    answers: text('answers', { mode: 'json' }).$type<Answers>().notNull(),
    /** JSON: code of a soft check → how it was answered. */
    confirmations: text('confirmations', { mode: 'json' }).$type<Record<string, Confirmation>>().notNull(),
    ...recordColumns,
  },
  t => [
    index('log_entries_participant').on(t.participantId, t.log),
    index('log_entries_log').on(t.log, t.participantId),
    check('log_entries_answers', sql`json_valid(answers)`),
    check('log_entries_confirmations', sql`json_valid(confirmations)`),
  ],
)

/**
 * What is told of an adverse event after it was recorded. `initial` and `followUp` are reports to the sponsor, each with a
 * clock of 24 hours from awareness that stops when it was reported; `note` has none.
 */
export const eventReports = sqliteTable(
  'event_reports',
  {
    id: integer('id').$type<EventReportId>().primaryKey({ autoIncrement: true }),
    entryId: integer('entry_id')
      .$type<LogEntryId>()
      .notNull()
      .references(() => logEntries.id),
    kind: text('kind', { enum: ['initial', 'followUp', 'note'] }).notNull(),
    /** UTC instant at which site staff first knew of the event and of a seriousness criterion, or of what is new. */
    awareAt: text('aware_at').notNull(),
    note: text('note'),
    /** UTC instant; null: the clock runs. */
    reportedAt: text('reported_at'),
    /** Who reported it: a name of staff, never of a participant. */
    reportedBy: text('reported_by'),
    reference: text('reference'),
    /** JSON: question about a text → how it was answered. */
    confirmations: text('confirmations', { mode: 'json' })
      .$type<Record<string, Confirmation>>()
      .notNull()
      .default({}),
    ...recordColumns,
  },
  t => [
    index('event_reports_entry').on(t.entryId),
    // Reports still to be made: few, and looked for by every worklist.
    index('event_reports_due')
      .on(t.entryId, t.awareAt)
      .where(sql`kind <> 'note' AND reported_at IS NULL AND voided_at IS NULL`),
    check('event_reports_kind', sql`kind IN ('initial','followUp','note')`),
  ],
)
