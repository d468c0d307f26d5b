import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { VisitState } from '@/lib/domain/protocol/visit-state'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantStatus } from './participants'

/** One row of the list of participants, as the use case gives it and the table draws it. */
export interface ListedParticipant {
  readonly number: string
  readonly site: string
  readonly status: ParticipantStatus
  /** First dose, or the planned day zero. */
  readonly dayZero: { readonly date: CalendarDate; readonly planned: boolean } | null
  readonly doses: number
  readonly visits: readonly ListedVisit[]
  readonly next: ListedVisit | null
  readonly overdue: number
  readonly baseline: number | null
  readonly latest: number | null
  readonly improvement: number | null
  /** Values over the nominal days of their visits, for drawing. */
  readonly points: readonly { readonly day: number; readonly value: number }[]
}

export interface ListedVisit {
  readonly code: string
  readonly name: string
  readonly state: VisitState
  readonly inWindow: boolean | null
  readonly target: CalendarDate | null
  readonly windowEnd: CalendarDate | null
  /** The window has closed and something is still lacking. */
  readonly isPast: boolean
  readonly isToday: boolean
  /** Nominal day from day zero, for drawing. */
  readonly day: number
}

/** The parameter whose course the list shows. */
export interface ListedParameter extends Pick<Parameter, 'label' | 'kind' | 'decimals'> {
  /** Ends of its axis, of the rows of the page. */
  readonly range: readonly [number, number]
}
