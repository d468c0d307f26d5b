/** What the page *since you last looked* and the cohort page's line of it are given: made by lib/server, drawn by app. */
import { z } from 'zod'
import type { KnownCounts, KnownTopic } from '@/lib/domain/knowledge/known-counts'
import type { ResultShift } from '@/lib/domain/knowledge/result-shifts'
import type { Worsened } from '@/lib/domain/knowledge/worsened'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** The address of the page; what cannot be an entry is none. */
export const SinceAddress = z.object({ from: z.coerce.number().int().optional().catch(undefined) })

/** A state of knowledge of a study: the last entry of its audit, and when it was looked at or made (UTC). */
export interface Moment {
  readonly seq: number
  readonly at: string
}

/** What the cohort page says in one line; `first`: there is no earlier sitting. */
export type SinceCounts =
  | { readonly kind: 'first' }
  | {
      readonly kind: 'since'
      readonly from: Moment
      readonly to: Moment
      /** Null: too many entries to count. */
      readonly counts: KnownCounts | null
    }

/** One thing that became known, in words. */
export interface SinceLine {
  readonly key: string
  readonly topic: KnownTopic
  readonly kind: 'new' | 'corrected' | 'takenOut' | 'moved'
  /** Null: about the study itself. */
  readonly subject: string | null
  readonly summary: string
  readonly values: readonly {
    readonly field: string
    readonly label: string
    readonly old: string
    readonly now: string
  }[]
  readonly at: string
  readonly actor: string
  readonly reason: string | null
  /** Where it stands now, each null where it stands nowhere: code of the visit, the log's part of the address. */
  readonly visit: string | null
  readonly log: string | null
  /** What its history is found by, beside the visit. */
  readonly form: string | null
  readonly field: string | null
}

/** A participant who got worse, by the number of who may know it. */
export type ToldWorsened = Omit<Worsened, 'participant'> & { readonly subject: string }

/** What became known between two states of a study, and what it did to the results. */
export interface KnownSince {
  readonly kind: 'since'
  readonly from: Moment
  readonly to: Moment
  readonly counts: KnownCounts | null
  /** Newest first, of participants whom the reader may see, and of the study itself. */
  readonly lines: readonly SinceLine[]
  /** Records that are not listed: of other sites or restricted participants, and beyond the number listed. */
  readonly untold: { readonly hidden: number; readonly beyond: number }
  readonly worsened: readonly ToldWorsened[]
  /** As many others got worse, whom the reader may not know by number. */
  readonly othersWorsened: number
  /** Of all arms together. */
  readonly shifts: readonly ResultShift[]
  readonly dataCut: CalendarDate
  /** Records in use at the earlier state of which no further use was asked for since: in the results of neither. */
  readonly restrictedSince: number
  /** Versions in force at the two states. */
  readonly versions: readonly [before: string, now: string]
}

export interface SinceView {
  readonly protocol: Protocol
  readonly synthetic: boolean
  /** Whether the reader may open participants at all. */
  readonly mayReadParticipants: boolean
  readonly since: { readonly kind: 'first' } | KnownSince
}
