CREATE TABLE `audit_entries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`chain` text NOT NULL,
	`seq` integer NOT NULL,
	`at` text NOT NULL,
	`act` text NOT NULL,
	`actor_id` integer,
	`actor` text NOT NULL,
	`role` text NOT NULL,
	`site` text,
	`subject` text,
	`visit` text,
	`form` text,
	`entity` text,
	`entity_id` integer,
	`changes` text NOT NULL,
	`details` text NOT NULL,
	`reason` text,
	`request_id` text NOT NULL,
	`prev_hash` text NOT NULL,
	`hash` text NOT NULL,
	CONSTRAINT "audit_entries_changes" CHECK(json_valid(changes)),
	CONSTRAINT "audit_entries_details" CHECK(json_valid(details))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `audit_entries_seq` ON `audit_entries` (`chain`,`seq`);--> statement-breakpoint
CREATE INDEX `audit_entries_entity` ON `audit_entries` (`entity`,`entity_id`);--> statement-breakpoint
CREATE INDEX `audit_entries_subject` ON `audit_entries` (`chain`,`subject`);--> statement-breakpoint
CREATE INDEX `audit_entries_actor` ON `audit_entries` (`chain`,`actor`,`site`);--> statement-breakpoint
CREATE INDEX `audit_entries_act` ON `audit_entries` (`chain`,`act`,`site`);--> statement-breakpoint
CREATE TABLE `installations` (
	`id` integer PRIMARY KEY NOT NULL,
	`uuid` text NOT NULL,
	`created_at` text NOT NULL,
	`demo` integer DEFAULT false NOT NULL
) STRICT;
--> statement-breakpoint
CREATE TABLE `allocations` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`participant_id` integer NOT NULL,
	`arm` text NOT NULL,
	`allocated_on` text,
	`recorded_by` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`recorded_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "allocations_date" CHECK(allocated_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `allocations_participant` ON `allocations` (`participant_id`) WHERE voided_at IS NULL;--> statement-breakpoint
CREATE INDEX `allocations_participant_all` ON `allocations` (`participant_id`);--> statement-breakpoint
CREATE INDEX `allocations_recorded_by` ON `allocations` (`recorded_by`);--> statement-breakpoint
CREATE TABLE `participants` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`study_id` integer NOT NULL,
	`site_id` integer NOT NULL,
	`number` text NOT NULL,
	`origin` text NOT NULL,
	`outcome` text NOT NULL,
	`screened_on` text,
	`rescreen_of` integer,
	`enrolled_on` text,
	`consent_version` text,
	`consent_date` text,
	`age_at_consent` integer,
	`sex` text,
	`diagnosis` text,
	`pain_type` text,
	`pain_duration_months` integer,
	`level` text,
	`previous_treatment` text,
	`eligibility` text NOT NULL,
	`planned_day_zero` text,
	`confirmations` text DEFAULT '{}' NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`site_id`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`rescreen_of`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "participants_eligibility" CHECK(json_valid(eligibility)),
	CONSTRAINT "participants_confirmations" CHECK(json_valid(confirmations)),
	CONSTRAINT "participants_age" CHECK(age_at_consent BETWEEN 0 AND 130),
	CONSTRAINT "participants_duration" CHECK(pain_duration_months BETWEEN 0 AND 1200),
	CONSTRAINT "participants_consent_date" CHECK(consent_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "participants_day_zero" CHECK(planned_day_zero GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "participants_screened_on" CHECK(screened_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "participants_enrolled_on" CHECK(enrolled_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `participants_number` ON `participants` (`study_id`,`number`);--> statement-breakpoint
CREATE INDEX `participants_live` ON `participants` (`study_id`,`number`,`site_id`) WHERE voided_at IS NULL;--> statement-breakpoint
CREATE INDEX `participants_site` ON `participants` (`site_id`);--> statement-breakpoint
CREATE INDEX `participants_rescreen_of` ON `participants` (`rescreen_of`);--> statement-breakpoint
CREATE TABLE `treatments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`participant_id` integer NOT NULL,
	`plan` text NOT NULL,
	`given_on` text NOT NULL,
	`location` text,
	`condition_met` integer,
	`confirmations` text DEFAULT '{}' NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "treatments_confirmations" CHECK(json_valid(confirmations)),
	CONSTRAINT "treatments_date" CHECK(given_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `treatments_plan` ON `treatments` (`participant_id`,`plan`) WHERE voided_at IS NULL;--> statement-breakpoint
CREATE INDEX `treatments_participant` ON `treatments` (`participant_id`);--> statement-breakpoint
CREATE TABLE `credentials` (
	`user_id` integer PRIMARY KEY NOT NULL,
	`password_hash` text NOT NULL,
	`changed_at` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `one_time_links` (
	`token_hash` text PRIMARY KEY NOT NULL,
	`purpose` text NOT NULL,
	`user_id` integer,
	`created_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`used_at` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `one_time_links_user` ON `one_time_links` (`user_id`);--> statement-breakpoint
CREATE TABLE `sessions` (
	`id_hash` text PRIMARY KEY NOT NULL,
	`user_id` integer NOT NULL,
	`created_at` text NOT NULL,
	`last_seen_at` text NOT NULL,
	`expires_at` text NOT NULL,
	`revoked_at` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `sessions_user` ON `sessions` (`user_id`);--> statement-breakpoint
CREATE TABLE `sign_in_counters` (
	`key` text PRIMARY KEY NOT NULL,
	`failures` integer NOT NULL,
	`first_failure_at` text NOT NULL,
	`locked_until` text
) STRICT;
--> statement-breakpoint
CREATE TABLE `submission_keys` (
	`key` text PRIMARY KEY NOT NULL,
	`user_id` integer,
	`result` text NOT NULL,
	`created_at` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `submission_keys_user` ON `submission_keys` (`user_id`);--> statement-breakpoint
CREATE TABLE `protocol_versions` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`study_id` integer NOT NULL,
	`number` text NOT NULL,
	`position` integer NOT NULL,
	`effective_from` text NOT NULL,
	`content` text NOT NULL,
	`content_hash` text NOT NULL,
	`published_at` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "protocol_versions_content" CHECK(json_valid(content))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `protocol_versions_number` ON `protocol_versions` (`study_id`,`number`);--> statement-breakpoint
CREATE UNIQUE INDEX `protocol_versions_position` ON `protocol_versions` (`study_id`,`position`);--> statement-breakpoint
CREATE TABLE `sites` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`study_id` integer NOT NULL,
	`code` text NOT NULL,
	`name` text NOT NULL,
	`time_zone` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `sites_code` ON `sites` (`study_id`,`code`);--> statement-breakpoint
CREATE TABLE `studies` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`code` text NOT NULL,
	`title` text NOT NULL,
	`time_zone` text NOT NULL,
	`synthetic` integer DEFAULT false NOT NULL,
	`locked_at` text,
	`lock_reason` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `studies_code` ON `studies` (`code`);--> statement-breakpoint
CREATE TABLE `memberships` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`study_id` integer,
	`site_id` integer,
	`role` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`site_id`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "memberships_role" CHECK(role IN ('administrator','dataManager','coordinator','investigator','monitor','statistician'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `memberships_user` ON `memberships` (`user_id`);--> statement-breakpoint
CREATE INDEX `memberships_study` ON `memberships` (`study_id`);--> statement-breakpoint
CREATE INDEX `memberships_site` ON `memberships` (`site_id`);--> statement-breakpoint
CREATE TABLE `users` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`email` text NOT NULL,
	`name` text NOT NULL,
	`active` integer DEFAULT true NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `users_email` ON `users` (`email`);--> statement-breakpoint
CREATE TABLE `assessments` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`visit_id` integer NOT NULL,
	`form` text NOT NULL,
	`location` text DEFAULT '' NOT NULL,
	`laterality` text DEFAULT '' NOT NULL,
	`repeat` integer DEFAULT 1 NOT NULL,
	`assessment_date` text,
	`before_treatment` integer,
	`mode` text,
	`source` text,
	`entry_kind` text DEFAULT 'items' NOT NULL,
	`not_done_reason` text,
	`answers` text NOT NULL,
	`confirmations` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "assessments_answers" CHECK(json_valid(answers)),
	CONSTRAINT "assessments_confirmations" CHECK(json_valid(confirmations)),
	CONSTRAINT "assessments_date" CHECK(assessment_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "assessments_repeat" CHECK(repeat >= 1)
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `assessments_form` ON `assessments` (`visit_id`,`form`,`location`,`laterality`,`repeat`) WHERE voided_at IS NULL;--> statement-breakpoint
CREATE INDEX `assessments_visit` ON `assessments` (`visit_id`);--> statement-breakpoint
CREATE TABLE `participant_statuses` (
	`participant_id` integer PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "participant_statuses_status" CHECK(status IN ('screening','awaitingTreatment','followUp','complete','screenFailure','declined'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `participant_statuses_status` ON `participant_statuses` (`status`);--> statement-breakpoint
CREATE TABLE `scheduled_visits` (
	`participant_id` integer NOT NULL,
	`visit` text NOT NULL,
	`position` integer NOT NULL,
	`target` text,
	`window_start` text,
	`window_end` text,
	`provisional` integer NOT NULL,
	`opens_on` text,
	`progress` text NOT NULL,
	`protocol_version` text NOT NULL,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "scheduled_visits_progress" CHECK(progress IN ('nothingAsked','untouched','partly','missed','complete'))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `scheduled_visits_visit` ON `scheduled_visits` (`participant_id`,`visit`);--> statement-breakpoint
CREATE INDEX `scheduled_visits_progress` ON `scheduled_visits` (`progress`,`opens_on`,`window_end`,`participant_id`);--> statement-breakpoint
CREATE TABLE `scores` (
	`assessment_id` integer NOT NULL,
	`participant_id` integer NOT NULL,
	`visit` text NOT NULL,
	`parameter` text NOT NULL,
	`value` real,
	`missing_reason` text,
	`rule_version` text NOT NULL,
	FOREIGN KEY (`assessment_id`) REFERENCES `assessments`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "scores_value_or_reason" CHECK((value IS NULL) <> (missing_reason IS NULL))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `scores_parameter` ON `scores` (`assessment_id`,`parameter`);--> statement-breakpoint
CREATE INDEX `scores_participant` ON `scores` (`participant_id`,`parameter`,`visit`);--> statement-breakpoint
CREATE TABLE `visits` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`participant_id` integer NOT NULL,
	`code` text NOT NULL,
	`visit_date` text,
	`missed_reason` text,
	`missed_note` text,
	`confirmations` text DEFAULT '{}' NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "visits_date" CHECK(visit_date GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'),
	CONSTRAINT "visits_missed_reason" CHECK(missed_reason IN ('notDone','notAsked','declined','illegible','notApplicable','unknown','notInSource')),
	CONSTRAINT "visits_missed_note" CHECK(missed_note IS NULL OR missed_reason IS NOT NULL),
	CONSTRAINT "visits_confirmations" CHECK(json_valid(confirmations))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `visits_code` ON `visits` (`participant_id`,`code`) WHERE voided_at IS NULL;--> statement-breakpoint
CREATE INDEX `visits_participant` ON `visits` (`participant_id`);--> statement-breakpoint
CREATE TRIGGER audit_entries_no_update BEFORE UPDATE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit entries cannot be changed'); END;--> statement-breakpoint
CREATE TRIGGER audit_entries_no_delete BEFORE DELETE ON audit_entries
BEGIN SELECT RAISE(ABORT, 'audit entries cannot be deleted'); END;--> statement-breakpoint
CREATE TRIGGER audit_entries_append_only BEFORE INSERT ON audit_entries
WHEN EXISTS (SELECT 1 FROM audit_entries WHERE id = NEW.id)
  OR NEW.seq <> 1 + coalesce((SELECT max(seq) FROM audit_entries WHERE chain = NEW.chain), 0)
BEGIN SELECT RAISE(ABORT, 'audit entries can only be appended'); END;--> statement-breakpoint
CREATE TRIGGER protocol_versions_immutable BEFORE UPDATE ON protocol_versions
BEGIN SELECT RAISE(ABORT, 'a published protocol version cannot be changed'); END;--> statement-breakpoint
CREATE TRIGGER protocol_versions_no_delete BEFORE DELETE ON protocol_versions
BEGIN SELECT RAISE(ABORT, 'a published protocol version cannot be deleted'); END;--> statement-breakpoint
CREATE TRIGGER protocol_versions_append_only BEFORE INSERT ON protocol_versions
WHEN EXISTS (SELECT 1 FROM protocol_versions WHERE id = NEW.id
  OR (study_id = NEW.study_id AND (number = NEW.number OR position = NEW.position)))
BEGIN SELECT RAISE(ABORT, 'a published protocol version cannot be replaced'); END;
