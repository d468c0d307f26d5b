/**
 * An instrument is data (its items) plus a pure scorer. One file each; `registry.ts` lists them.
 * Names, section titles, ranges and codes only: licensed item wording is never in the product.
 */
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { MissingReason, Score } from '@/lib/domain/shared/missing'

/** What was answered to one item: a value or why there is none. An item not touched is absent from the record. */
export type Answer = { readonly value: number | string | boolean | readonly string[] } | { readonly missing: MissingReason }

/** Answers of one assessment by item code. */
export type Answers = Readonly<Record<string, Answer>>

/** One item. `scale` draws a bar of whole numbers; `choice` a list of coded levels. */
export interface Item {
  /** Also the column name in exports and imports, e.g. `ODI_01`. */
  readonly code: string
  readonly label: string
  readonly type: 'scale' | 'number' | 'choice'
  readonly min: number
  readonly max: number
  /** `number` items only; default false. */
  readonly decimals?: boolean
  readonly unit?: string
  readonly choices?: readonly { readonly value: number; readonly label: string }[]
  /** Missing reasons that a person may choose for this item; default: all but `notInSource`. */
  readonly missingCodes?: readonly MissingReason[]
  /** Ends of the scale, e.g. `['0 none', '10 worst']`. */
  readonly anchors?: readonly [string, string]
}

/** What an instrument yields and how it is read. */
export interface Parameter {
  readonly code: string
  readonly label: string
  readonly unit: string
  readonly min: number
  readonly max: number
  readonly higherIs: 'worse' | 'better' | 'neither'
  /** `ordered`: categories with levels, reported as counts instead of means. */
  readonly kind: 'continuous' | 'ordered'
  readonly levels?: readonly { readonly value: number; readonly label: string }[]
  /** Percent improvement has a meaning only where zero means none. */
  readonly zeroMeansNone: boolean
  /** Change that a patient notices, with its source; `null` where none is established. */
  readonly minimalImportantChange: { readonly points: number; readonly percent: number; readonly source: string } | null
}

export interface Instrument {
  readonly code: string
  readonly name: string
  readonly version: string | null
  /** False: registered with its parameters, no entry form in this version; counts in no worklist and no completeness. */
  readonly entered: boolean
  /** Version of the scoring rule; stored with every derived score. */
  readonly ruleVersion: string
  readonly source: string
  readonly licence: string
  items(settings: Settings): readonly Item[]
  parameters(settings: Settings): readonly Parameter[]
  /** Scores every parameter of the instrument. Pure; items not in `answers` count as missing. */
  score(answers: Answers, settings: Settings): Readonly<Record<string, Score>>
}
