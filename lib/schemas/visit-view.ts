/** What the page of one visit is given: made by lib/server, drawn by app. */
import type { CheckPlan } from '@/lib/domain/checks/check-plan'
import type { SoftCheckInput } from '@/lib/domain/checks/soft-rule'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { Booking } from '@/lib/domain/logs/appointments'
import type { Medication } from '@/lib/domain/medication/medication'
import type { FormPlan, Settings } from '@/lib/domain/protocol/protocol'
import type { VisitStanding } from '@/lib/domain/protocol/visit-state'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { FormPlace } from '@/lib/schemas/form-key'

/** One write to one value, in words. */
export interface ValueChange {
  readonly at: string
  readonly actor: string
  readonly old: string
  readonly now: string
  readonly reason: string | null
}

/** One parameter of the visit's forms over the participant's visits so far. */
export interface Trend {
  readonly form: string
  readonly parameter: string
  readonly label: string
  /** Null: none, or this visit is itself the baseline. */
  readonly baseline: number | null
  /** Day of this visit by the protocol. */
  readonly day: number
  /** Values of earlier visits in protocol order. */
  readonly earlier: readonly { readonly visitName: string; readonly day: number; readonly value: number }[]
  /** This visit is itself the baseline, or one of those it is taken from. */
  readonly isBaseline: boolean
  /** What is stored of this visit, as a value or a reason; both null: nothing. */
  readonly stored: { readonly value: number | null; readonly missingReason: string | null }
}

/** Settings of a form that differ from the page's; `''`: as the page. Contact and source `none`: not recorded. */
export interface OwnSettings {
  readonly date: string
  readonly mode: string
  readonly source: string
  readonly before: string
  readonly notDone: string
}

/** A form of which another may be added: a further one, or one for another place of the body. */
export interface AddableForm {
  readonly code: string
  readonly by: 'repeat' | 'location'
  /** To choose from; null: as written. */
  readonly locations: readonly string[] | null
}

export interface FormView extends FormPlace {
  readonly key: string
  readonly version: number | null
  readonly answers: Answers
  readonly own: OwnSettings
  /** Soft checks that were confirmed: key → how, in words. */
  readonly confirmed: Readonly<Record<string, string>>
  /** Answers of the last earlier visit that has this form. */
  readonly last: { readonly visitName: string; readonly answers: Answers } | null
  /** By item code, and by `~` name for the form's settings. */
  readonly history: Readonly<Record<string, readonly ValueChange[]>>
}

export interface VisitView {
  readonly study: {
    readonly code: string
    readonly synthetic: boolean
    readonly lock: { readonly by: string; readonly at: string; readonly reason: string } | null
  }
  readonly participant: {
    readonly number: string
    readonly site: string
    readonly siteName: string
    readonly level: string | null
    readonly doses: readonly { readonly name: string; readonly date: CalendarDate }[]
  }
  readonly visit: {
    readonly code: string
    readonly name: string
    /** From 1; 0: an unscheduled visit. */
    readonly position: number
    readonly count: number
    /** Why an unscheduled visit took place. */
    readonly cause: string | null
    readonly version: number | null
    /** Why it was declared missed, with what was noted; null: it was not. */
    readonly missed: string | null
    readonly target: CalendarDate | null
    readonly windowStart: CalendarDate | null
    readonly windowEnd: CalendarDate | null
    /** Every write to its date. */
    readonly history: readonly ValueChange[]
  }
  readonly page: {
    readonly date: string
    readonly mode: string
    readonly source: string
    readonly before: string
  }
  /** The live booking of a visit without a date; null: none. */
  readonly booking: Booking | null
  readonly mayBook: boolean
  /** A new or changed adverse event was told at this visit, and none is recorded. */
  readonly lacksEvent: boolean
  /** Last day of follow-up; null: still in it. */
  readonly followUpEnd: CalendarDate | null
  readonly today: CalendarDate
  /** The visit counts from the first dose, and none is recorded. */
  readonly awaitsDose: NonNullable<SoftCheckInput['awaitsDose']> | null
  readonly standing: VisitStanding
  readonly mayEnter: boolean
  /** May void the visit or move it. */
  readonly mayMend: boolean
  readonly settings: Settings
  readonly plans: readonly FormPlan[]
  readonly forms: readonly FormView[]
  /** Names of forms that are not shown: this person may make their second entry, which the first must not guide. */
  readonly hidden: readonly string[]
  readonly addable: readonly AddableForm[]
  /** The dated visits between which this one lies by the protocol. */
  readonly neighbours: SoftCheckInput['neighbours']
  /** The checks that the study sets itself. */
  readonly checks: readonly CheckPlan[]
  /** The participant's medication log. */
  readonly medication: readonly Medication[]
  readonly trends: readonly Trend[]
}
