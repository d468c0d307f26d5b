/**
 * What a study is: the content of a protocol file, as `longitude study apply` reads it.
 * Codes are unique within their list. Dates are `YYYY-MM-DD`.
 */
import type { CheckPlan } from '@/lib/domain/checks/check-plan'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { MissingReason } from '@/lib/domain/shared/missing'

type Maybe<T> = T | undefined

export interface Protocol {
  readonly format: 1
  readonly study: {
    readonly code: string
    readonly title: string
    readonly registry?: Maybe<string>
    readonly reference?: Maybe<string>
    /** IANA name; the default zone of the study's sites. */
    readonly timeZone: string
    readonly plannedParticipants?: Maybe<number>
  }
  /** Oldest first; the last is the one in force. */
  readonly versions: readonly VersionEntry[]
  readonly masking: 'open' | 'participant' | 'siteStaff' | 'full'
  readonly arms: readonly Arm[]
  readonly treatments: readonly TreatmentPlan[]
  /** The event from which visits count. */
  readonly dayZero: 'enrolment' | 'randomisation' | 'firstTreatment'
  readonly visits: readonly VisitPlan[]
  readonly settings: Settings
  readonly baseline: { readonly visits: readonly string[]; readonly rule: 'single' | 'mean' }
  readonly responders: readonly ResponderRule[]
  /** Which interventions count as a rescue; none said: surgery, injection and ablation after the first dose. */
  readonly rescue?: Maybe<{
    readonly interventions: readonly InterventionKind[]
    /** Default: the first treatment, or day zero where none was given. */
    readonly after?: Maybe<'firstTreatment' | 'dayZero'>
  }>
  readonly missingData: {
    readonly means: 'observed'
    readonly responders: 'nonResponderImputation' | 'observedCases'
  }
  readonly eligibility: { readonly inclusion: readonly Criterion[]; readonly exclusion: readonly Criterion[] }
  /** Versions of the consent form, oldest first. */
  readonly consents: readonly ConsentPlan[]
  readonly forms: readonly FormPlan[]
  /** Soft checks that the study sets itself. */
  readonly checks?: Maybe<readonly CheckPlan[]>
  /** Codes of the instruments and forms that a second person enters again, blind; none said: none. */
  readonly doubleEntry?: Maybe<{ readonly forms: readonly string[] }>
  /** Paths of values that were chosen for the example, not published. */
  readonly illustrative: readonly string[]
}

/** Kinds that the log of interventions tells apart. */
export type InterventionKind = 'surgery' | 'injection' | 'ablation' | 'physiotherapy' | 'other'

export interface VersionEntry {
  readonly number: string
  /** Where a site has an approval date of its own, that counts there instead. */
  readonly effectiveFrom: CalendarDate
  readonly summary: string
  /** Takes effect for a participant on consent to this version of the consent form, or a later one. */
  readonly onConsent?: Maybe<string>
}

export interface ConsentPlan {
  readonly version: string
  readonly approvedOn: CalendarDate
  /** Who consented to an earlier version is asked again. */
  readonly requiresReconsent?: Maybe<boolean>
}

export interface Arm {
  readonly code: string
  readonly name: string
  readonly ratio: number
}

export interface Offset {
  readonly value: number
  readonly unit: 'days' | 'weeks' | 'months'
}

export interface TreatmentPlan {
  readonly code: string
  readonly name: string
  readonly dose?: Maybe<{ readonly value: number; readonly unit: string }>
  readonly route?: Maybe<string>
  readonly optional?: Maybe<boolean>
  /** Earliest time after the first treatment. */
  readonly notBefore?: Maybe<Offset>
  readonly condition?: Maybe<string>
  /** Product, origin, lot, count and viability are recorded; default: where the dose is counted in cells. */
  readonly cellProduct?: Maybe<boolean>
  /** Arms for which it is planned; none named: all. Given to another arm it is a crossover. */
  readonly arms?: Maybe<readonly string[]>
}

export interface VisitPlan {
  readonly code: string
  readonly name: string
  /** From day zero; calendar months are clamped to the last day of the month. Negative: before day zero. */
  readonly target: Offset
  /** Whole days before and after the target that still count as in window. */
  readonly window: { readonly beforeDays: number; readonly afterDays: number }
  /** Codes of registered instruments. */
  readonly instruments: readonly string[]
  /** Codes of the study's own forms. */
  readonly forms: readonly string[]
  /** The visit exists for participants still in follow-up when this version took effect. */
  readonly sinceVersion?: Maybe<string>
}

export interface Settings {
  readonly nprs?: Maybe<{
    readonly items?: Maybe<readonly ('average' | 'worst' | 'least' | 'now')[]>
    readonly recallHours?: Maybe<number>
    /** Ratings that are means of several (6.5) are accepted. */
    readonly decimals?: Maybe<boolean>
  }>
  readonly odi?: Maybe<{
    readonly maxMissingSections?: Maybe<number>
    readonly allowTotalOnly?: Maybe<boolean>
    /** Decimals to which scores are rounded, half up; default: not rounded. */
    readonly roundTo?: Maybe<0 | 1 | 2>
  }>
  readonly vas?: Maybe<{ readonly decimals?: Maybe<boolean> }>
  readonly pgic?: Maybe<{ readonly best?: Maybe<1 | 7> }>
  /** Value sets by name; none: profile only. */
  readonly eq5d3l?: Maybe<{ readonly valueSet?: Maybe<string> }>
  readonly eq5d5l?: Maybe<{ readonly valueSet?: Maybe<string> }>
  readonly mri?: Maybe<{
    readonly scale?: Maybe<'pfirrmann' | 'modifiedPfirrmann'>
    /** Places to choose from; none named: as written. */
    readonly locations?: Maybe<readonly string[]>
  }>
  readonly analgesics?: Maybe<{
    /** A table of morphine factors by name; none: no morphine equivalents. */
    readonly morphineFactors?: Maybe<string>
    /** Drug → 1 non-opioid, 2 weak opioid, 3 strong opioid, where the study departs from the common level. */
    readonly levels?: Maybe<Readonly<Record<string, 1 | 2 | 3>>>
  }>
  /** The others have no settings. */
  readonly [instrument: string]: Maybe<Readonly<Record<string, unknown>>>
}

/** One condition on the improvement of one parameter, or several combined. */
export type ResponderCondition =
  | {
      readonly parameter: string
      /** Exactly one of `atLeast` and `above`. Positive is better. */
      readonly improvement: {
        readonly atLeast?: Maybe<number>
        readonly above?: Maybe<number>
        readonly unit: 'points' | 'percent'
      }
      /** Visits at which it must hold; default: the visit at which the rule is evaluated. */
      readonly visits?: Maybe<readonly string[]>
    }
  | { readonly all: readonly ResponderCondition[]; readonly visits?: Maybe<readonly string[]> }
  | { readonly any: readonly ResponderCondition[]; readonly visits?: Maybe<readonly string[]> }

export interface ResponderRule {
  readonly code: string
  readonly label: string
  readonly condition: ResponderCondition
  /** No rescue before the visits asked for. */
  readonly noIntervention: boolean
  /** False: shown, but never called a responder rate. */
  readonly isResponder: boolean
}

export interface Criterion {
  readonly code: string
  readonly text: string
}

export interface FormPlan {
  readonly code: string
  readonly label: string
  readonly repeating: boolean
  /** Entered once for each place of these that was examined (disc level, joint); none named: about the whole person. */
  readonly locations?: Maybe<readonly string[]>
  readonly fields: readonly FormField[]
}

export type FieldType =
  | 'integer'
  | 'decimal'
  | 'text'
  | 'choice'
  | 'multi'
  | 'date'
  | 'partialDate'
  | 'boolean'

export interface FormField {
  readonly code: string
  readonly label: string
  readonly type: FieldType
  readonly unit?: Maybe<string>
  readonly range?: Maybe<readonly [number, number]>
  readonly choices?: Maybe<readonly { readonly code: string; readonly label: string }[]>
  readonly missingCodes?: Maybe<readonly MissingReason[]>
  readonly required?: Maybe<boolean>
  readonly showIf?: Maybe<{ readonly field: string; readonly equals: string | number | boolean }>
}
