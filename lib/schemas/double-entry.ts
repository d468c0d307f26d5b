import { z } from 'zod'
import type { FormPlace } from './form-key'
import { joinReason, ReasonParts } from './reason'
import { confirmedQuestions } from './typed-values'
import type { VisitView } from './visit-view'
import { VisitKey } from './visits'

/** The page on which a second person enters the forms of a visit again. It holds nothing of what is stored. */
export interface SecondEntryView {
  /** The visit with the forms to be entered, empty. */
  readonly visit: VisitView
  /** Forms that wait for somebody else, since this person entered them. */
  readonly own: readonly string[]
  /** Forms that were entered twice already. */
  readonly entered: readonly string[]
}

/** One item in which two entries of a form differ. */
export interface EntryDifference {
  readonly code: string
  readonly label: string
  readonly first: string
  readonly second: string
  /** Whether a third value may be given, and what it is chosen from; null: a text. */
  readonly third: { readonly choices: readonly { value: string; label: string }[] | null } | null
}

/** A form whose two entries differ. */
export interface DifferingForm extends FormPlace {
  readonly key: string
  readonly name: string
  readonly firstBy: string
  readonly secondBy: string
  /** Versions of both entries, as `3-1`: what is decided is decided of these. */
  readonly versions: string
  readonly differences: readonly EntryDifference[]
}

/** The differences of one visit, to be decided. */
export interface DifferencesView {
  readonly study: { readonly code: string; readonly synthetic: boolean }
  readonly number: string
  readonly visit: { readonly code: string; readonly name: string }
  readonly isLocked: boolean
  readonly forms: readonly DifferingForm[]
}

/** A form of the worklist that awaits its second entry, or whose entries differ. */
export interface DoubleEntryItem {
  readonly number: string
  readonly site: string
  readonly visit: string
  readonly visitName: string
  readonly wants: 'secondEntry' | 'decision'
  readonly forms: readonly string[]
}

export const CHOICES = ['first', 'second', 'other'] as const

const Group = z.record(z.string().max(120), z.array(z.string().max(4000)).max(50))

/**
 * Decisions about the differences of a visit. A group for each form, by its key: `odi.ODI_01` says which entry holds,
 * `odi.ODI_01~other` a third value, `odi.~versions` what was seen.
 */
export const SettleDoubleEntry = z
  .object({ ...VisitKey, ...ReasonParts, confirm: confirmedQuestions })
  .catchall(Group)
  .transform(({ study, number, visit, reason, reasonText, confirm, ...groups }) => ({
    study,
    number,
    visit,
    /** Null: none was given, which is said beside what else is lacking. */
    reason: joinReason({ reason, reasonText }),
    confirm,
    forms: groups as Record<string, z.output<typeof Group>>,
  }))

export type SettleDoubleEntryInput = z.output<typeof SettleDoubleEntry>
