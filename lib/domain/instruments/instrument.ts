/**
 * An instrument is data (its items) plus a pure scorer. One file each; `registry.ts` lists them.
 * Names, section titles, ranges and codes only: licensed item wording is never in the product.
 */
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { MissingReason, Score } from '@/lib/domain/shared/missing'

/**
 * What was answered to one item: a value or why there is none. An item not touched is absent from the record.
 * `twoMarked`: the participant ticked two boxes; the value is the higher of them.
 */
export type Answer =
  | { readonly value: number | string | boolean | readonly string[]; readonly twoMarked?: true }
  | { readonly missing: MissingReason }

/** Answers of one assessment by item code. */
export type Answers = Readonly<Record<string, Answer>>

/**
 * One item. `scale` draws a bar of whole numbers; `choice` a list of coded levels; `tick` a box that is ticked (1) or not
 * (0): left blank it is not ticked, once another item of the form says that the form was answered (`choices` name both).
 */
export interface Item {
  /** Also the column name in exports and imports, e.g. `ODI_01`. */
  readonly code: string
  readonly label: string
  readonly type: 'scale' | 'number' | 'choice' | 'tick'
  readonly min: number
  readonly max: number
  /** `number` items only; default false. */
  readonly decimals?: boolean
  readonly unit?: string
  readonly choices?: readonly { readonly value: number; readonly label: string }[]
  /** Missing reasons that a person may choose for this item; default: `ENTRY_MISSING_REASONS`. */
  readonly missingCodes?: readonly MissingReason[]
  /** What a missing reason is called at this item, where it has a meaning of its own. */
  readonly missingLabels?: Readonly<Partial<Record<MissingReason, string>>>
  /** Ends of the scale, e.g. `['0 none', '10 worst']`. */
  readonly anchors?: readonly [string, string]
  /** The paper form lets two boxes be ticked by mistake: entry offers to record that it was so. */
  readonly mayBeTwoMarked?: true
  /** `number` items only: `unlimited` (typed as such, or `u`) is an answer too; stored as the text `unlimited`. */
  readonly mayBeUnlimited?: true
  /** Default: as the parameter of the same code, else `worse`. */
  readonly higherIs?: Parameter['higherIs']
  /** False: not asked under these answers, and then not lacking when blank. Default: always asked. */
  isAsked?(answers: Answers): boolean
  /** The condition of `isAsked` in words, after “only if”, for a page or sheet that cannot follow the answers. */
  readonly askedIf?: string
}

/** One setting of an instrument as a study uses it, chosen by its protocol or by default. */
export interface SettingInForce {
  /** As the protocol file names it, e.g. `eq5d3l.valueSet`. */
  readonly key: string
  readonly label: string
  /** Name of the choice; of a published table its name and version in one, e.g. `UK-Dolan-1997`. */
  readonly value: string
  /** Where the choice was published; `null` for a plain choice. */
  readonly source: string | null
  /** The protocol does not name it. */
  readonly isDefault: boolean
}

/** What an instrument yields and how it is read. */
export interface Parameter {
  readonly code: string
  readonly label: string
  readonly unit: string
  readonly min: number
  readonly max: number
  /** `max` is only a limit of what may be entered, not the end of a scale: axes follow the values. */
  readonly maxIsLimit?: true
  /** Decimals in which it is printed; default 1. */
  readonly decimals?: number
  readonly higherIs: 'worse' | 'better' | 'neither'
  /**
   * `ordered`: categories with levels, reported as counts instead of means.
   * `profile`: a number whose digits are the levels of several dimensions (21232), never averaged.
   * `duration`: a number up to `max`, or `UNLIMITED_RANK` (unlimited.ts), which ranks above every number and is never
   * averaged as one.
   */
  readonly kind: 'continuous' | 'ordered' | 'profile' | 'duration'
  readonly levels?: readonly { readonly value: number; readonly label: string }[]
  /** Percent improvement has a meaning only where zero means none. */
  readonly zeroMeansNone: boolean
  /** Change that a patient notices, with its source; `null` where none is established. */
  readonly minimalImportantChange: {
    readonly points: number
    readonly percent: number
    readonly source: string
  } | null
  /** A comparison with baseline: it is not expected at a baseline visit. */
  readonly comparesWithBaseline?: true
  /** Named ranges of the score, lowest first. */
  readonly bands?: ScoreBands
  /** Other published readings of a change or a level, as one sentence each. */
  readonly thresholds?: readonly { readonly text: string; readonly source: string }[]
}

/**
 * Named ranges of a score: each reaches from above the one before up to and with `upTo`. A prorated score that lies
 * between two bands of whole numbers belongs to the higher one.
 */
export interface ScoreBands {
  readonly source: string
  readonly list: readonly { readonly upTo: number; readonly label: string }[]
}

/** An instrument: what it is, its items and its scorer. */
export interface Instrument {
  readonly code: string
  readonly name: string
  readonly version: string | null
  readonly source: string
  readonly licence: string
  /** What may not be printed or shown; `null`: nothing is held back. */
  readonly notPrinted: string | null
  /** Column names that belong to this instrument and are not read from a file: derived from other records, or from its items. */
  readonly reservedCodes: readonly string[]
  /** What the instrument yields under a study's settings, in the order in which it is reported. */
  parameters(settings: Settings): readonly Parameter[]
  /** Version of the scoring rule; stored with every derived score. */
  readonly ruleVersion: string
  /** How it is scored under these settings, in one or two exact sentences. */
  scoring(settings: Settings): string
  /** When there is no score. */
  missingRule(settings: Settings): string
  /** The settings under which it is asked and scored; empty where it has none. */
  settingsInForce(settings: Settings): readonly SettingInForce[]
  /** May be entered more than once at a visit, told apart by place (disc level, joint). */
  readonly repeatedBy?: 'location'
  /** Short note beside the form's title, e.g. the recall period; `null` for none. */
  caption(settings: Settings): string | null
  items(settings: Settings): readonly Item[]
  /**
   * The item that takes a total without its items, where the study allows it; else `null`. Its code is a
   * parameter's.
   */
  total(settings: Settings): Item | null
  /**
   * Scores every parameter of which something was recorded, as a value or a reason. A parameter of which
   * nothing was recorded is left out: nobody gave a reason, so none is stored (a summary derives *overdue* or
   * *not in source*). Items not in `answers` count as missing, never as zero.
   */
  score(answers: Answers, settings: Settings): Readonly<Record<string, Score>>
}
