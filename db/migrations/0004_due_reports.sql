DROP INDEX `event_reports_open`;--> statement-breakpoint
CREATE INDEX `event_reports_due` ON `event_reports` (`entry_id`,`aware_at`) WHERE kind <> 'note' AND reported_at IS NULL AND voided_at IS NULL;