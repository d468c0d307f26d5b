/** What the page of a participant is given of consent, leaving and eligibility: made by lib/server, drawn by app. */
import type { ConsentStanding } from '@/lib/domain/protocol/consent'
import type { Criterion } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

/** Consent, leaving and eligibility of one participant, as the page tells them. */
export interface ParticipantLeaving {
  readonly consent: ConsentStanding
  /** Last day of follow-up, latest possible; null: still in it. */
  readonly followUpEnd: CalendarDate | null
  readonly isRestricted: boolean
  /** Criteria that keep, or kept, the person out. */
  readonly unmet: readonly Criterion[]
  readonly overrides: readonly {
    readonly criterion: string
    readonly reason: string
    readonly decidedBy: string
    readonly decidedOn: CalendarDate
  }[]
  readonly may: {
    readonly override: boolean
    readonly voidOverride: boolean
    readonly enterLog: boolean
    readonly readHistory: boolean
  }
}
