import type { CurveResolution } from '@/lib/domain/outcomes/curve-resolution'
import type { Leaf } from '@/lib/domain/outcomes/leaf'

/** Time from day zero to one event, by arm. */
export interface TimeToEventResult {
  readonly event: 'firstResponse' | 'sustainedResponse' | 'rescue'
  /** Rule of the protocol and the parameter it asks for; null: rescue. */
  readonly rule: string | null
  readonly parameter: string | null
  readonly label: string
  /** Coarse curves are told at the visits only, without a median: see `deriveCurveResolution`. */
  readonly resolution: CurveResolution
  readonly arms: readonly ArmTimeToEvent[]
}

/** inSet = n + Σ excluded; n = events + censored. */
export type ArmTimeToEvent = {
  readonly arm: string
  readonly label: string
  readonly inSet: number
  /** With a time. */
  readonly n: number
  readonly events: number
  readonly censored: number
  /** By reason; a reason that nobody has is left out. */
  readonly excluded: Readonly<Record<string, number>>
  /** Values of members with or without a time that could not be used. */
  readonly valuesNotUsed: Readonly<Record<NotUsedReason, number>>
  /** One a distinct time, of event or censoring; empty where the curve is coarse. */
  readonly steps: readonly TimeToEventStep[]
  /** At the planned time of each visit. */
  readonly atVisits: readonly (TimeToEventPoint & { readonly visit: string })[]
} & Leaf<'medianDays'> &
  Leaf<'medianDaysCiLower'> &
  Leaf<'medianDaysCiUpper'>

/** The estimate from a day on. */
export type TimeToEventPoint = {
  /** From day zero. */
  readonly day: number
  /** Observed up to and with this day, without the event before it. */
  readonly atRisk: number
  /** Share with the event by this day: 1 − survival, 0 to 1, never falling. */
} & Leaf<'proportion'> &
  Leaf<'ciLower'> &
  Leaf<'ciUpper'>

export type TimeToEventStep = TimeToEventPoint & { readonly events: number; readonly censored: number }

/** Why a value that was received is no assessment of a course. */
export type NotUsedReason = 'notAfterDayZero' | 'leftOutByView'
