import type { LogField } from '@/lib/domain/logs/log'
import type { FormPlan } from '@/lib/domain/protocol/protocol'
import type { LogEntryId } from '@/lib/domain/shared/ids'

/** What a page says of a log without its rules. */
export interface LogName {
  readonly path: string
  readonly name: string
  readonly one: string
  readonly note: string | null
}

/** One entry as a list tells it. */
export interface ListedEntry {
  readonly id: LogEntryId
  /** Number within the participant's log; a void changes no other. */
  readonly entry: number
  /** Date by which it is ordered, as much as is known of it; empty without one. */
  readonly date: string
  readonly text: string
}

export interface LogView {
  readonly study: { readonly code: string; readonly locked: boolean }
  readonly number: string
  readonly log: LogName
  /** Latest first; those without a date last. */
  readonly entries: readonly ListedEntry[]
  readonly voided: readonly (ListedEntry & { readonly reason: string })[]
  readonly mayAdd: boolean
}

/** One field of an entry as it is read. */
export interface ToldField {
  readonly label: string
  readonly text: string
}

export interface LogEntryView {
  readonly study: { readonly code: string; readonly locked: boolean }
  readonly number: string
  readonly log: LogName
  readonly plan: FormPlan
  readonly fields: readonly LogField[]
  /** Codes of the fields that this person may fill in now; empty: nothing can be changed. */
  readonly mine: readonly string[]
  /** Typed values by the name of the control, stored or preset. */
  readonly values: Readonly<Record<string, readonly string[]>>
  /** Null: a new entry. */
  readonly stored: {
    readonly id: LogEntryId
    readonly version: number
    readonly text: string
    readonly told: readonly ToldField[]
    readonly voided: { readonly at: string; readonly reason: string } | null
    readonly mayMend: boolean
  } | null
}

/** One log with its latest entries, as the participant's page shows it. */
export interface LogSummary extends LogName {
  readonly count: number
  readonly latest: readonly ListedEntry[]
  readonly mayAdd: boolean
}
