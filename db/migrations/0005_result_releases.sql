CREATE TABLE `masking_keys` (
	`study_id` integer PRIMARY KEY NOT NULL,
	`key` text NOT NULL,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE TABLE `result_releases` (
	`id` integer PRIMARY KEY AUTOINCREMENT NOT NULL,
	`study_id` integer NOT NULL,
	`level` text NOT NULL,
	`audience` text NOT NULL,
	`reason` text NOT NULL,
	`released_by` integer,
	`released_at` text NOT NULL,
	`row_version` integer DEFAULT 1 NOT NULL,
	`voided_at` text,
	`void_reason` text,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`released_by`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	CONSTRAINT "result_releases_level" CHECK(level IN ('armsMasked','byArm')),
	CONSTRAINT "result_releases_audience" CHECK(audience IN ('statistician','all'))
) STRICT;
--> statement-breakpoint
CREATE INDEX `result_releases_study` ON `result_releases` (`study_id`);--> statement-breakpoint
CREATE INDEX `result_releases_released_by` ON `result_releases` (`released_by`);