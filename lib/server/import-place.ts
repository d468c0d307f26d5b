import type { StoredVisit } from '@/db/queries/imports'
import type { VisitRow } from '@/db/queries/visits'
import type { PlannedVisit } from '@/lib/domain/imports/import-plan'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { ScheduledVisit } from '@/lib/domain/protocol/schedule'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { VisitId } from '@/lib/domain/shared/ids'
import type { ImportedParticipant } from './import-participants'
import type { ImportRun, Slot } from './import-run'

/** A visit of the file as it will be stored. */
export interface ImportedVisit {
  readonly planned: PlannedVisit
  readonly slot: Slot<VisitId>
  readonly stored: StoredVisit | undefined
  readonly date: CalendarDate | null
  readonly missedReason: VisitRow['missedReason']
  /** Begun, or given a date, by this import. */
  readonly written: boolean
  /** As it was before; forms that had this date follow the visit. */
  readonly earlierDate: CalendarDate | null
  /** Forms as they will stand, by code: those of the file, written or not. */
  readonly forms: Map<string, { readonly answers: Answers; readonly notDoneReason: string | null }>
}

export interface FormPlace {
  readonly run: ImportRun
  readonly person: ImportedParticipant
  readonly visit: ImportedVisit
  /** All of the file, of this participant. */
  readonly visits: readonly ImportedVisit[]
  readonly scheduled: Pick<ScheduledVisit, 'windowStart' | 'windowEnd'>
  readonly doseDates: readonly CalendarDate[]
}

/** An import stores the first form of its kind at a visit; the others stay. */
export function isFirst(row: StoredVisit['forms'][number]): boolean {
  return row.location === '' && row.laterality === '' && row.repeat === 1
}
