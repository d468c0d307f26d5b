import { sql } from 'drizzle-orm'
import {
  type AnySQLiteColumn,
  check,
  index,
  integer,
  sqliteTable,
  text,
  uniqueIndex,
} from 'drizzle-orm/sqlite-core'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type {
  AllocationId,
  EligibilityOverrideId,
  ParticipantId,
  SiteId,
  StudyId,
  TreatmentId,
  UserId,
} from '@/lib/domain/shared/ids'
import { type Confirmation, IS_DATE, recordColumns } from './record-columns'
import { sites, studies } from './studies'
import { users } from './users'

/** Known by site and number, never by name. What an import does not carry stays null (`origin` says why). */
export const participants = sqliteTable(
  'participants',
  {
    id: integer('id').$type<ParticipantId>().primaryKey({ autoIncrement: true }),
    studyId: integer('study_id')
      .$type<StudyId>()
      .notNull()
      .references(() => studies.id),
    siteId: integer('site_id')
      .$type<SiteId>()
      .notNull()
      .references(() => sites.id),
    number: text('number').notNull(),
    origin: text('origin', { enum: ['entered', 'imported'] }).notNull(),
    outcome: text('outcome', { enum: ['enrolled', 'screenFailure', 'declined'] }).notNull(),
    /** Day on which eligibility was decided, whatever the decision. */
    screenedOn: text('screened_on').$type<CalendarDate>(),
    /** Earlier number of the same person, screened before; counted once in the flow. */
    rescreenOf: integer('rescreen_of')
      .$type<ParticipantId>()
      .references((): AnySQLiteColumn => participants.id),
    /** The number under which the same person is kept, where this one was voided as a duplicate. */
    duplicateOf: integer('duplicate_of')
      .$type<ParticipantId>()
      .references((): AnySQLiteColumn => participants.id),
    enrolledOn: text('enrolled_on').$type<CalendarDate>(),
    consentVersion: text('consent_version'),
    consentDate: text('consent_date').$type<CalendarDate>(),
    /** Completed years at consent. */
    ageAtConsent: integer('age_at_consent'),
    sex: text('sex', { enum: ['female', 'male', 'intersex', 'notStated'] }),
    diagnosis: text('diagnosis'),
    painType: text('pain_type', { enum: ['axial', 'radicular', 'both', 'unknown'] }),
    painDurationMonths: integer('pain_duration_months'),
    /** Disc level, joint or other place of the condition, as the study writes it, e.g. `L4/L5`. */
    level: text('level'),
    previousTreatment: text('previous_treatment'),
    /** JSON: criterion code → whether it is met (inclusion) or present (exclusion). */
    eligibility: text('eligibility', { mode: 'json' }).$type<Record<string, boolean>>().notNull(),
    plannedDayZero: text('planned_day_zero').$type<CalendarDate>(),
    /** JSON: question of a soft check → how it was answered. */
    confirmations: text('confirmations', { mode: 'json' })
      .$type<Record<string, Confirmation>>()
      .notNull()
      .default({}),
    ...recordColumns,
  },
  t => [
    uniqueIndex('participants_number').on(t.studyId, t.number),
    // Lists count and sort the living by number without reading the rows.
    index('participants_live').on(t.studyId, t.number, t.siteId).where(sql`voided_at IS NULL`),
    index('participants_site').on(t.siteId),
    index('participants_rescreen_of').on(t.rescreenOf),
    index('participants_duplicate_of').on(t.duplicateOf),
    check('participants_eligibility', sql`json_valid(eligibility)`),
    check('participants_confirmations', sql`json_valid(confirmations)`),
    check('participants_age', sql`age_at_consent BETWEEN 0 AND 130`),
    check('participants_duration', sql`pain_duration_months BETWEEN 0 AND 1200`),
    check('participants_consent_date', sql.raw(`consent_date ${IS_DATE}`)),
    check('participants_day_zero', sql.raw(`planned_day_zero ${IS_DATE}`)),
    check('participants_screened_on', sql.raw(`screened_on ${IS_DATE}`)),
    check('participants_enrolled_on', sql.raw(`enrolled_on ${IS_DATE}`)),
  ],
)

/** The arm a participant was given elsewhere: recorded, not made. Read only with a masking view. */
export const allocations = sqliteTable(
  'allocations',
  {
    id: integer('id').$type<AllocationId>().primaryKey({ autoIncrement: true }),
    participantId: integer('participant_id')
      .$type<ParticipantId>()
      .notNull()
      .references(() => participants.id),
    arm: text('arm').notNull(),
    allocatedOn: text('allocated_on').$type<CalendarDate>(),
    /** Who recorded it; null: the operator's import. */
    recordedBy: integer('recorded_by')
      .$type<UserId>()
      .references(() => users.id),
    ...recordColumns,
  },
  t => [
    uniqueIndex('allocations_participant').on(t.participantId).where(sql`voided_at IS NULL`),
    index('allocations_participant_all').on(t.participantId),
    index('allocations_recorded_by').on(t.recordedBy),
    check('allocations_date', sql.raw(`allocated_on ${IS_DATE}`)),
  ],
)

/** A dose that was given. */
export const treatments = sqliteTable(
  'treatments',
  {
    id: integer('id').$type<TreatmentId>().primaryKey({ autoIncrement: true }),
    participantId: integer('participant_id')
      .$type<ParticipantId>()
      .notNull()
      .references(() => participants.id),
    /** Code of the protocol's treatment plan, e.g. `DOSE1`. */
    plan: text('plan').notNull(),
    givenOn: text('given_on').$type<CalendarDate>().notNull(),
    location: text('location'),
    /** Whether the condition that the protocol sets for this dose was met; null: it sets none, or it is not known. */
    conditionMet: integer('condition_met', { mode: 'boolean' }),
    /** JSON: field of the treatment form (cell product, dose, volume, lot, guidance …) → answer. */
    details: text('details', { mode: 'json' }).$type<Answers>().notNull().default({}),
    /** JSON: question of a soft check → how it was answered. */
    confirmations: text('confirmations', { mode: 'json' })
      .$type<Record<string, Confirmation>>()
      .notNull()
      .default({}),
    ...recordColumns,
  },
  t => [
    uniqueIndex('treatments_plan').on(t.participantId, t.plan).where(sql`voided_at IS NULL`),
    index('treatments_participant').on(t.participantId),
    check('treatments_confirmations', sql`json_valid(confirmations)`),
    check('treatments_date', sql.raw(`given_on ${IS_DATE}`)),
  ],
)

/** A criterion that was not met and does not keep the participant out: decided by an investigator, with the reason. */
export const eligibilityOverrides = sqliteTable(
  'eligibility_overrides',
  {
    id: integer('id').$type<EligibilityOverrideId>().primaryKey({ autoIncrement: true }),
    participantId: integer('participant_id')
      .$type<ParticipantId>()
      .notNull()
      .references(() => participants.id),
    /** Code of the protocol's criterion, e.g. `E2`. */
    criterion: text('criterion').notNull(),
    reason: text('reason').notNull(),
    decidedBy: integer('decided_by')
      .$type<UserId>()
      .notNull()
      .references(() => users.id),
    decidedOn: text('decided_on').$type<CalendarDate>().notNull(),
    ...recordColumns,
  },
  t => [
    uniqueIndex('eligibility_overrides_criterion')
      .on(t.participantId, t.criterion)
      .where(sql`voided_at IS NULL`),
    index('eligibility_overrides_participant').on(t.participantId),
    index('eligibility_overrides_decided_by').on(t.decidedBy),
    check('eligibility_overrides_decided_on', sql.raw(`decided_on ${IS_DATE}`)),
  ],
)
