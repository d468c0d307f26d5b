import { sql } from 'drizzle-orm'
import { check, index, integer, real, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AssessmentId, ParticipantId, SecondEntryId, UserId, VisitId } from '@/lib/domain/shared/ids'
import type { MissingReason } from '@/lib/domain/shared/missing'
import { participants } from './participants'
import { type Confirmation, IS_DATE, recordColumns } from './record-columns'
import { users } from './users'

/** A visit that happened (date) or was declared missed (reason). It begins with the first thing entered. */
export const visits = sqliteTable(
  'visits',
  {
    id: integer('id').$type<VisitId>().primaryKey({ autoIncrement: true }),
    participantId: integer('participant_id')
      .$type<ParticipantId>()
      .notNull()
      .references(() => participants.id),
    /** Code of the protocol's visit, e.g. `M6`; of an unscheduled one `UNS-1`, `UNS-2` …, unique in the participant. */
    code: text('code').notNull(),
    /** Unscheduled visits only: codes of the forms that it takes, in order, parted by commas. */
    forms: text('forms'),
    /** Unscheduled visits only: why it took place. */
    cause: text('cause'),
    visitDate: text('visit_date').$type<CalendarDate>(),
    /** Why the visit was declared missed; null: it was not. */
    missedReason: text('missed_reason').$type<MissingReason>(),
    /** What there is to say about it beside the reason, which alone is counted and exported. */
    missedNote: text('missed_note'),
    /** JSON: question of a soft check → how it was answered. */
    confirmations: text('confirmations', { mode: 'json' })
      .$type<Record<string, Confirmation>>()
      .notNull()
      .default({}),
    ...recordColumns,
  },
  t => [
    uniqueIndex('visits_code').on(t.participantId, t.code).where(sql`voided_at IS NULL`),
    index('visits_participant').on(t.participantId),
    check('visits_date', sql.raw(`visit_date ${IS_DATE}`)),
    check(
      'visits_missed_reason',
      sql`missed_reason IN ('notDone','notAsked','declined','illegible','notApplicable','unknown','notInSource')`,
    ),
    check('visits_missed_note', sql`missed_note IS NULL OR missed_reason IS NOT NULL`),
    check('visits_confirmations', sql`json_valid(confirmations)`),
  ],
)

/** Derived: target, window and progress of every visit of a participant, by the protocol in force. */
export const scheduledVisits = sqliteTable(
  'scheduled_visits',
  {
    participantId: integer('participant_id')
      .$type<ParticipantId>()
      .notNull()
      .references(() => participants.id),
    visit: text('visit').notNull(),
    position: integer('position').notNull(),
    target: text('target').$type<CalendarDate>(),
    windowStart: text('window_start').$type<CalendarDate>(),
    windowEnd: text('window_end').$type<CalendarDate>(),
    /** Counted from the planned day zero. */
    provisional: integer('provisional', { mode: 'boolean' }).notNull(),
    /** First day on which the visit is open; null where no such day is known. */
    opensOn: text('opens_on').$type<CalendarDate>(),
    /** How far entry is, whatever the day: with `opensOn` and the window it gives the state. */
    progress: text('progress', {
      enum: ['nothingAsked', 'untouched', 'partly', 'missed', 'complete'],
    }).notNull(),
    protocolVersion: text('protocol_version').notNull(),
  },
  t => [
    uniqueIndex('scheduled_visits_visit').on(t.participantId, t.visit),
    index('scheduled_visits_progress').on(t.progress, t.opensOn, t.windowEnd, t.participantId),
    check(
      'scheduled_visits_progress',
      sql`progress IN ('nothingAsked','untouched','partly','missed','complete')`,
    ),
  ],
)

/** Derived: where each participant stands in the study. */
export const participantStatuses = sqliteTable(
  'participant_statuses',
  {
    participantId: integer('participant_id')
      .$type<ParticipantId>()
      .primaryKey()
      .references(() => participants.id),
    status: text('status', {
      enum: [
        'screening',
        'awaitingTreatment',
        'followUp',
        'complete',
        'screenFailure',
        'declined',
        'withdrawn',
        'lost',
        'died',
      ],
    }).notNull(),
    /** Last day of follow-up: withdrawal from it, loss or death; null: still in follow-up. */
    followUpEnd: text('follow_up_end').$type<CalendarDate>(),
    /** The participant asked for no further use: out of exports and figures. */
    restricted: integer('restricted', { mode: 'boolean' }).notNull().default(false),
  },
  t => [
    index('participant_statuses_status').on(t.status),
    check(
      'participant_statuses_status',
      sql`status IN ('screening','awaitingTreatment','followUp','complete','screenFailure','declined','withdrawn','lost','died')`,
    ),
  ],
)

/** One form filled in for a visit: an instrument's or one of the study's own. */
export const assessments = sqliteTable(
  'assessments',
  {
    id: integer('id').$type<AssessmentId>().primaryKey({ autoIncrement: true }),
    visitId: integer('visit_id')
      .$type<VisitId>()
      .notNull()
      .references(() => visits.id),
    /** Code of the instrument (`nprs`) or study-specific form (`EXAM`). */
    form: text('form').notNull(),
    /** Disc level, joint … ; empty when the form is about the whole person. */
    location: text('location').notNull().default(''),
    laterality: text('laterality', { enum: ['', 'left', 'right', 'both'] })
      .notNull()
      .default(''),
    repeat: integer('repeat').notNull().default(1),
    assessmentDate: text('assessment_date').$type<CalendarDate>(),
    /** Taken before (true) or after (false) the dose of its day; null: no dose of that day is known, or nobody said. */
    beforeTreatment: integer('before_treatment', { mode: 'boolean' }),
    mode: text('mode', { enum: ['clinic', 'phone', 'post', 'proxy'] }),
    source: text('source'),
    /** `total`: the score was given without its items. */
    entryKind: text('entry_kind', { enum: ['items', 'total'] })
      .notNull()
      .default('items'),
    /** Why the whole form was not done; then there are no answers. */
    notDoneReason: text('not_done_reason'),
    /** JSON: item code → answer. */
    answers: text('answers', { mode: 'json' }).$type<Answers>().notNull(),
    /** JSON: code of a soft check → how it was answered. */
    confirmations: text('confirmations', { mode: 'json' }).$type<Record<string, Confirmation>>().notNull(),
    ...recordColumns,
  },
  t => [
    uniqueIndex('assessments_form')
      .on(t.visitId, t.form, t.location, t.laterality, t.repeat)
      .where(sql`voided_at IS NULL`),
    index('assessments_visit').on(t.visitId),
    // Contacts at which an adverse event was told: few, and looked for by every worklist.
    index('assessments_event_told')
      .on(t.visitId)
      .where(
        sql`form = 'adverseEvents' AND voided_at IS NULL AND json_extract(answers, '$.AE_ANY.value') = 1`,
      ),
    check('assessments_answers', sql`json_valid(answers)`),
    check('assessments_confirmations', sql`json_valid(confirmations)`),
    check('assessments_date', sql.raw(`assessment_date ${IS_DATE}`)),
    check('assessments_repeat', sql`repeat >= 1`),
  ],
)

/** The same form entered a second time, blind, where the study asks for it. Settled: the differences were decided. */
export const secondEntries = sqliteTable(
  'second_entries',
  {
    id: integer('id').$type<SecondEntryId>().primaryKey({ autoIncrement: true }),
    visitId: integer('visit_id')
      .$type<VisitId>()
      .notNull()
      .references(() => visits.id),
    form: text('form').notNull(),
    location: text('location').notNull().default(''),
    laterality: text('laterality', { enum: ['', 'left', 'right', 'both'] })
      .notNull()
      .default(''),
    repeat: integer('repeat').notNull().default(1),
    /** Why the whole form was not done; then there are no answers. */
    notDoneReason: text('not_done_reason'),
    /** JSON: item code → answer. */
    answers: text('answers', { mode: 'json' }).$type<Answers>().notNull(),
    enteredBy: integer('entered_by')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    /** Version of the first entry with which it was compared and found equal, or settled; null: open. */
    settledVersion: integer('settled_version'),
    ...recordColumns,
  },
  t => [
    uniqueIndex('second_entries_form')
      .on(t.visitId, t.form, t.location, t.laterality, t.repeat)
      .where(sql`voided_at IS NULL`),
    index('second_entries_visit').on(t.visitId),
    index('second_entries_entered_by').on(t.enteredBy),
    check('second_entries_answers', sql`json_valid(answers)`),
  ],
)

/** Derived: one parameter of one assessment, by the instrument's scoring rule. A value or a reason, never both. */
export const scores = sqliteTable(
  'scores',
  {
    assessmentId: integer('assessment_id')
      .$type<AssessmentId>()
      .notNull()
      .references(() => assessments.id),
    participantId: integer('participant_id')
      .$type<ParticipantId>()
      .notNull()
      .references(() => participants.id),
    visit: text('visit').notNull(),
    parameter: text('parameter').notNull(),
    value: real('value'),
    missingReason: text('missing_reason'),
    ruleVersion: text('rule_version').notNull(),
  },
  t => [
    uniqueIndex('scores_parameter').on(t.assessmentId, t.parameter),
    index('scores_participant').on(t.participantId, t.parameter, t.visit),
    check('scores_value_or_reason', sql`(value IS NULL) <> (missing_reason IS NULL)`),
  ],
)
