import { integer, text } from 'drizzle-orm/sqlite-core'

/**
 * Columns that every table of records carries beside its own.
 * `rowVersion` rises by one with each change and guards against lost updates;
 * a voided row leaves lists, denominators and exports and stays in history.
 */
export const recordColumns = {
  rowVersion: integer('row_version').notNull().default(1),
  voidedAt: text('voided_at'),
  voidReason: text('void_reason'),
}

/** SQL condition for a calendar date column, `YYYY-MM-DD`. */
export const IS_DATE = "GLOB '[0-9][0-9][0-9][0-9]-[0-9][0-9]-[0-9][0-9]'"

export type { Confirmation } from '@/lib/domain/checks/confirmation'
