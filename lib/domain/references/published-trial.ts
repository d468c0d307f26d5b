import type { ResponderCondition } from '@/lib/domain/protocol/protocol'

/** What a public trial reported, arm by arm. For display beside a study's own data, never part of a calculation of it. */
export interface PublishedTrial {
  readonly code: string
  /** As it is named in a figure, e.g. `Ashar 2022`. */
  readonly name: string
  readonly condition: string
  readonly registry: string
  /** From when its months count; null: the source read does not say. */
  readonly monthsFrom: 'endOfTreatment' | null
  /** What a reader must know to compare. */
  readonly notes: readonly string[]
  readonly arms: readonly PublishedArm[]
  readonly courses: readonly PublishedCourse[]
  readonly rates: readonly PublishedRate[]
}

export interface PublishedArm {
  readonly code: string
  readonly label: string
  readonly n: number
  readonly nIs: 'randomised' | 'treated'
}

/** Arm means of one parameter over time. */
export interface PublishedCourse {
  readonly arm: string
  /** The product's parameter whose scale and item it is on. */
  readonly parameter: string
  readonly baseline: { readonly mean: number; readonly sd: number | null }
  readonly points: readonly PublishedPoint[]
  readonly citation: string
}

/** `sd`: null where the source read gives none. */
export interface PublishedPoint {
  readonly month: number
  readonly mean: number
  readonly sd: number | null
}

/** A responder rate as published: a count, or a percentage of which the count is not given. */
export interface PublishedRate {
  readonly arm: string
  readonly month: number
  /** The rule in the source's words. */
  readonly rule: string
  /** The rule as a condition. `PAIN` stands for a pain scale that the source read does not name. */
  readonly condition: ResponderCondition
  readonly isResponder: boolean
  readonly k: number | null
  readonly percent: number
  /** What its percentage is of; null: the source read does not say. */
  readonly missing: 'nonResponder' | null
  readonly citation: string
}
