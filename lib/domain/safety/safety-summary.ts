/**
 * The section `safety` of the result document: adverse events of the treated (safety) set by arm, counted by participant
 * and by event. Treatment-emergent events only, unless a name says otherwise.
 */
import type { CurveResolution } from '@/lib/domain/outcomes/curve-resolution'
import type { IntervalLeaf, Leaf } from '@/lib/domain/outcomes/leaf'
import type { Grade, Relation } from '@/lib/domain/safety/safety-event'

export interface SafetySummary {
  /** `enrolled` where the protocol has no treatments: then events count from day zero. */
  readonly set: 'treated' | 'enrolled'
  readonly arms: readonly ArmSafety[]
  readonly categories: readonly CategorySafety[]
  /** Serious events, treatment-emergent or not; absent where participants are not named. */
  readonly serious?: readonly SeriousEvent[]
  /** Events of participants who are in no arm above, by why. */
  readonly outside: readonly OutsideEvents[]
}

/** `notTreated`: no dose by the data cut. `notInSet`: treated, but outside the analysis set or the chosen subgroup. */
export interface OutsideEvents {
  readonly why: 'notTreated' | 'notInSet'
  /** Those with an event. */
  readonly participants: number
  readonly events: number
  readonly seriousEvents: number
}

export interface ArmSafety {
  readonly arm: string
  readonly label: string
  /** Participants of the arm in the safety set. */
  readonly inSet: number
  readonly exposure: ExposureSummary
  readonly classes: readonly ClassSafety[]
  /** Events before the first procedure; in no other count. */
  readonly notEmergent: { readonly participants: number; readonly events: number }
  /** Of the events counted, those of which nobody knows when they began. */
  readonly eventsOfUnknownOnset: number
  /** Of the events counted, those whose day follows from a partial date. */
  readonly eventsOfPartialOnset: number
  readonly relations: readonly RelationSafety[]
  /** Null: arms are letters, since participant-years by interval give the number of doses, which would tell which is which. */
  readonly sinceLastDose: readonly DoseInterval[] | null
  readonly sinceLastDoseReason?: 'masked'
  readonly firstEvent: FirstEventCourse
}

export interface ExposureSummary {
  /** Sum over participants of (last day − first day + 1) / 365.25. */
  readonly participantYears: number
  /** Participants whose first day is not known: they are in no rate. */
  readonly unknown: number
  /** Of the events counted, those that began after the participant's last day. */
  readonly eventsAfter: number
}

/** Participants with an event, out of the arm; events, and events per participant-year. */
export type EventCounts = { readonly participants: number; readonly n: number } & Leaf<'proportion'> &
  IntervalLeaf<'clopperPearson'> & {
    readonly events: number
    /** Of the events, those of participants whose exposure is known. */
    readonly eventsInRate: number
  } & Leaf<'eventsPerParticipantYear'> &
  IntervalLeaf<'poisson'>

/** Events of a grade, and participants whose worst grade it is; grades without any are left out. Null: not graded. */
export interface GradeCount {
  readonly grade: Grade | null
  readonly participants: number
  readonly events: number
}

/** Classes in the order reported; an event may be in several. `related`: to the procedure or the product, possibly or closer. */
export const EVENT_CLASSES = ['any', 'related', 'grade3OrMore', 'serious', 'seriousRelated', 'fatal'] as const
export type EventClass = (typeof EVENT_CLASSES)[number]
export type ClassSafety = { readonly class: EventClass } & EventCounts

/** Events by how the investigator judged one relation; a participant counts once, at the closest. */
export interface RelationSafety {
  readonly to: 'procedure' | 'product'
  /** Null: not judged. */
  readonly relation: Relation | null
  readonly participants: number
  readonly events: number
  readonly grades: readonly GradeCount[]
}

export interface CategorySafety {
  readonly category: string
  readonly label: string
  readonly arms: readonly TermCounts[]
  readonly terms: readonly TermSafety[]
}

export interface TermSafety {
  /**
   * As recorded most often; case and blanks do not tell terms apart. Where arms of participants are masked, last
   * `RARER_TERMS`: all terms of fewer than 5 participants together.
   */
  readonly term: string
  readonly arms: readonly TermCounts[]
}

export type TermCounts = { readonly arm: string } & EventCounts & {
    readonly grades: readonly GradeCount[]
    /** Of them those related to the procedure or the product: possible, probable or definite. */
    readonly related: {
      readonly participants: number
      readonly events: number
      readonly grades: readonly GradeCount[]
    }
    /** Events of which neither relation was judged. */
    readonly eventsNotJudged: number
  }

/** Events that began so many days after the participant's last dose before them; the day of the dose is 0. */
export interface DoseInterval {
  /** `sinceDose` by days; `beforeDose`: after the first procedure and before any dose; `notDated`. */
  readonly kind: 'sinceDose' | 'beforeDose' | 'notDated'
  readonly fromDay: number | null
  /** Null: no end. */
  readonly toDay: number | null
  readonly participants: number
  readonly events: number
  readonly grades: readonly GradeCount[]
  /** Time that participants spent in it; null: not dated. */
  readonly participantYears: number | null
}

export interface FirstEventCourse {
  /** `coarse`: steps at round days alone, so that none is the day of one participant's own event. */
  readonly resolution: CurveResolution
  /** Participants who had had an event by a day since the first procedure; a step for every day that adds one. */
  readonly steps: readonly { readonly day: number; readonly participants: number }[]
  /** Participants who have only events without a known day: on no step. */
  readonly notDated: number
  /** Participants observed up to the day or longer. */
  readonly observed: readonly { readonly day: number; readonly participants: number }[]
}

/** One serious adverse event; every name is a code, null where it is not known or not yet judged. */
export type SeriousEvent = {
  readonly subject: string
  readonly arm: string
  readonly term: string
  readonly category: string
  readonly grade: Grade | null
  readonly criteria: readonly string[]
  readonly relationToProcedure: Relation | null
  readonly relationToProduct: Relation | null
  readonly isTreatmentEmergent: 'yes' | 'no' | 'unknown'
  /** The onset follows from a partial date. */
  readonly isOnsetEstimated: boolean
  /** Not over by the data cut. Null: not known. */
  readonly isOngoing: boolean | null
  /** As recorded; null while the event is ongoing at the data cut but ended later. */
  readonly outcome: string | null
} & Leaf<'daysSinceLastDose'> &
  Leaf<'daysSinceFirstProcedure'>
