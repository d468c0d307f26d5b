/**
 * One participant's course as a case report may print it: days since day zero instead of dates, no number, no site, no
 * free text but the diagnosis. Made by `deriveStory`.
 */
import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { Grade, Relation } from '@/lib/domain/safety/safety-event'

export interface Story {
  readonly person: StoryPerson
  /** First and last day on which anything is known; day zero lies within. */
  readonly firstDay: number
  readonly lastDay: number
  readonly visits: readonly StoryMoment[]
  /** Doses, and harvests of tissue before them. */
  readonly procedures: readonly (StoryMoment & { readonly kind: 'dose' | 'harvest' })[]
  readonly events: readonly StoryEvent[]
  readonly interventions: readonly (StoryMoment & { readonly isEstimated: boolean })[]
  readonly medications: readonly StoryMedication[]
  /** The main numbers and the ordered categories that have a value, those that are drawn first. */
  readonly courses: readonly StoryCourse[]
  /** Entries of the logs and values that have no day: on no axis, and only counted. */
  readonly notDated: number
}

export interface StoryPerson {
  /** Completed years at consent, `90+` above 89; null: not known. */
  readonly age: string | null
  readonly sex: 'female' | 'male' | 'intersex' | 'notStated' | null
  /** As entered. */
  readonly diagnosis: string | null
}

export interface StoryMoment {
  readonly name: string
  readonly day: number
}

/** Something that lasted from a day to a day, both included. */
export interface StorySpan {
  readonly from: number
  /** The last day of the story where it is ongoing or its end is not known. */
  readonly to: number
  readonly end: 'known' | 'ongoing' | 'notKnown'
  /** A day follows from a partial date. */
  readonly isEstimated: boolean
}

export interface StoryEvent extends StorySpan {
  /** Label of the category, never the term in the words of the source. */
  readonly category: string
  readonly grade: Grade | null
  readonly isSerious: boolean
  /** The closer of the relations to procedure and product; null: not judged. */
  readonly relation: Relation | null
}

export interface StoryMedication extends StorySpan {
  /** A known generic name, else what kind of drug it is. */
  readonly drug: string
  readonly isAnalgesic: boolean
  /** Milligrams of oral morphine on a day on which it is taken; null: no opioid, or not known. */
  readonly morphineADay: number | null
  /** Why an opioid has none. */
  readonly morphineReason: 'noTable' | 'noFactor' | 'amountUnknown' | null
}

export interface StoryCourse {
  readonly parameter: Pick<
    Parameter,
    'code' | 'label' | 'unit' | 'min' | 'max' | 'maxIsLimit' | 'kind' | 'levels' | 'decimals' | 'higherIs'
  >
  /** Drawn in the figure; others stand in its table. */
  readonly isDrawn: boolean
  /** By day. */
  readonly points: readonly { readonly visit: string; readonly day: number; readonly value: number }[]
}
