/**
 * A log is a form that belongs to a participant instead of a visit and has any number of entries: adverse events,
 * medication, interventions … One file each; `registry.ts` lists them. Its fields are data, read, asked, stored and
 * exported by one road.
 */

import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import type { SoftQuestion } from '@/lib/domain/checks/soft-rule'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { FormField, FormPlan, Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

export type LogCode =
  | 'adverseEvents'
  | 'medications'
  | 'interventions'
  | 'conditions'
  | 'deviations'
  | 'contacts'
  | 'appointments'
  | 'consents'
  | 'departures'
  | 'harvests'

/** A field of a log, with what its control needs beyond that of a study's own form. */
export interface LogField extends FormField {
  /** A short line under the control. */
  readonly hint?: string
  /** Offered while typing free text; other text is taken as well. */
  readonly suggestions?: readonly string[]
  /** Several lines of free text. */
  readonly long?: boolean
  /** Heading under which the field stands; default: that of the field before. */
  readonly group?: string
  /** Who judges it; default: who enters the log. Others see it and cannot change it. */
  readonly judgedBy?: 'investigator' | 'dataManager'
}

/** What surrounds an entry. Dates are null where they are not known. */
export interface LogFacts {
  readonly protocol: Protocol
  /** The calendar date at the participant's site. */
  readonly today: CalendarDate
  readonly consentDate: CalendarDate | null
  /** The first study procedure: harvest or dose, whichever came first. */
  readonly firstProcedure: CalendarDate | null
  readonly firstDose: CalendarDate | null
  readonly followUpEnd: CalendarDate | null
  /** Windows of the participant's visits, by code; those that cannot be computed are left out. */
  readonly windows?: Readonly<Record<string, { readonly start: CalendarDate; readonly end: CalendarDate }>>
  /** What else is recorded of the participant and dated; left out where the log does not ask for it. */
  readonly dated?: readonly DatedEntry[]
  /** The other entries of the same log, newest last. */
  readonly others: readonly Answers[]
}

/** Something recorded and dated: a visit or a form of it, a dose, an adverse event by its first day. */
export interface DatedEntry {
  readonly kind: 'visit' | 'dose' | 'event'
  /** As it stands in a text. Example: `Month 6`. */
  readonly name: string
  readonly date: CalendarDate
}

export interface Log {
  readonly code: LogCode
  /** Part of the page's address, e.g. `adverse-events`. */
  readonly path: string
  /** `Adverse events`. */
  readonly name: string
  /** `adverse event`: one entry in running text. */
  readonly one: string
  /** One sentence on what belongs here; null where the name says it. */
  readonly note: string | null
  fields(protocol: Protocol): readonly LogField[]
  /** Refuses what cannot be, beyond the range and type of single fields. */
  check(answers: Answers, facts: LogFacts): readonly FieldProblem[]
  /** Asks about what is unlikely; a confirmation is stored with the values it was about. */
  ask(answers: Answers, facts: LogFacts): readonly SoftQuestion[]
  /** One line that tells an entry from the others. Example: `Pain flare, grade 2`. */
  describe(answers: Answers, protocol: Protocol): string
  /** Field code of the date by which entries are ordered. */
  readonly orderedBy: string
}

/**
 * The log's fields as a form, so that it is read and judged as one. A field takes a missing reason only where it names
 * those that it takes. Example: `formOf(conditions, protocol).code` → `'conditions'`.
 */
export function formOf(log: Log, protocol: Protocol): FormPlan {
  const fields = log.fields(protocol).map(field => ({ ...field, missingCodes: field.missingCodes ?? [] }))
  return { code: log.code, label: log.name, repeating: true, fields }
}
