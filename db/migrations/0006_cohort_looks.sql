CREATE TABLE `cohort_looks` (
	`user_id` integer NOT NULL,
	`study_id` integer NOT NULL,
	`seen_seq` integer NOT NULL,
	`seen_at` text NOT NULL,
	`previous_seq` integer,
	`previous_at` text,
	PRIMARY KEY(`user_id`, `study_id`),
	FOREIGN KEY (`user_id`) REFERENCES `users`(`id`) ON UPDATE no action ON DELETE no action,
	FOREIGN KEY (`study_id`) REFERENCES `studies`(`id`) ON UPDATE no action ON DELETE no action
) STRICT;
--> statement-breakpoint
CREATE INDEX `cohort_looks_study` ON `cohort_looks` (`study_id`);