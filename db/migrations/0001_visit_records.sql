CREATE TABLE `event_reports` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`entry_id` integer NOT NULL,
	`kind` text NOT NULL,
	`aware_at` text NOT NULL,
	`note` text,
	`reported_at` text,
	`reported_by` text,
	`reference` text,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`entry_id`) REFERENCES `log_entries`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "event_reports_kind" CHECK(kind IN ('initial','followUp','note'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `event_reports_entry` ON `event_reports` (`entry_id`);--> statement-breakpoint
CREATE INDEX `event_reports_open` ON `event_reports` (`kind`,`reported_at`);--> statement-breakpoint
CREATE TABLE `log_entries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`participant_id` integer NOT NULL,
	`log` text NOT NULL,
	`answers` text NOT NULL,
	`confirmations` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "log_entries_answers" CHECK(json_valid(answers)),
	CONSTRAINT "log_entries_confirmations" CHECK(json_valid(confirmations))
) STRICT;
--> statement-breakpoint
CREATE INDEX `log_entries_participant` ON `log_entries` (`participant_id`,`log`);--> statement-breakpoint
CREATE INDEX `log_entries_log` ON `log_entries` (`log`,`participant_id`);--> statement-breakpoint
CREATE TABLE `eligibility_overrides` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`participant_id` integer NOT NULL,
	`criterion` text NOT NULL,
	`reason` text NOT NULL,
	`decided_by` integer NOT NULL,
	`decided_on` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`decided_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "eligibility_overrides_decided_on" CHECK(decided_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `eligibility_overrides_criterion` ON `eligibility_overrides` (`participant_id`,`criterion`) WHERE voided_at IS NULL;--> statement-breakpoint
CREATE INDEX `eligibility_overrides_participant` ON `eligibility_overrides` (`participant_id`);--> statement-breakpoint
CREATE INDEX `eligibility_overrides_decided_by` ON `eligibility_overrides` (`decided_by`);--> statement-breakpoint
CREATE TABLE `drafts` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`user_id` integer NOT NULL,
	`study_id` integer NOT NULL,
	`subject` text NOT NULL,
	`place` text NOT NULL,
	`fields` text NOT NULL,
	`saved_at` text NOT NULL,
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "drafts_fields" CHECK(json_valid(fields))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `drafts_place` ON `drafts` (`user_id`,`study_id`,`subject`,`place`);--> statement-breakpoint
CREATE INDEX `drafts_study` ON `drafts` (`study_id`);--> statement-breakpoint
CREATE TABLE `site_approvals` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`site_id` integer NOT NULL,
	`version` text NOT NULL,
	`approved_on` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`site_id`) REFERENCES `sites`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "site_approvals_approved_on" CHECK(approved_on GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]')
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `site_approvals_version` ON `site_approvals` (`site_id`,`version`) WHERE voided_at IS NULL;--> statement-breakpoint
CREATE INDEX `site_approvals_site` ON `site_approvals` (`site_id`);--> statement-breakpoint
CREATE TABLE `second_entries` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`visit_id` integer NOT NULL,
	`form` text NOT NULL,
	`location` text DEFAULT '' NOT NULL,
	`laterality` text DEFAULT '' NOT NULL,
	`repeat` integer DEFAULT 1 NOT NULL,
	`not_done_reason` text,
	`answers` text NOT NULL,
	`entered_by` integer NOT NULL,
	`settled_version` integer,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`visit_id`) REFERENCES `visits`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`entered_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "second_entries_answers" CHECK(json_valid(answers))
) STRICT;
--> statement-breakpoint
CREATE UNIQUE INDEX `second_entries_form` ON `second_entries` (`visit_id`,`form`,`location`,`laterality`,`repeat`) WHERE voided_at IS NULL;--> statement-breakpoint
CREATE INDEX `second_entries_visit` ON `second_entries` (`visit_id`);--> statement-breakpoint
CREATE INDEX `second_entries_entered_by` ON `second_entries` (`entered_by`);--> statement-breakpoint
CREATE TABLE `__new_participant_statuses` (
	`participant_id` integer PRIMARY KEY NOT NULL,
	`status` text NOT NULL,
	`follow_up_end` text,
	`restricted` integer DEFAULT false NOT NULL,
	FOREIGN KEY (`participant_id`) REFERENCES `participants`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "participant_statuses_status" CHECK(status IN ('screening','awaitingTreatment','followUp','complete','screenFailure','declined','withdrawn','lost','died'))
) STRICT;
--> statement-breakpoint
INSERT INTO `__new_participant_statuses`("participant_id", "status") SELECT "participant_id", "status" FROM `participant_statuses`;--> statement-breakpoint
DROP TABLE `participant_statuses`;--> statement-breakpoint
ALTER TABLE `__new_participant_statuses` RENAME TO `participant_statuses`;--> statement-breakpoint
CREATE INDEX `participant_statuses_status` ON `participant_statuses` (`status`);--> statement-breakpoint
ALTER TABLE `participants` ADD `duplicate_of` integer REFERENCES participants(id);--> statement-breakpoint
CREATE INDEX `participants_duplicate_of` ON `participants` (`duplicate_of`);--> statement-breakpoint
ALTER TABLE `treatments` ADD `details` text DEFAULT '{}' NOT NULL;--> statement-breakpoint
ALTER TABLE `visits` ADD `forms` text;--> statement-breakpoint
ALTER TABLE `visits` ADD `cause` text;
