import type { Tx } from '@/db/client'
import { type EventReportRow, listEventReports } from '@/db/queries/event-reports'
import type { LogEntryRow } from '@/db/queries/logs'
import type { FieldError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type {
  AddEventNoteInput,
  CorrectEventReportInput,
  ReportEventInput,
} from '@/lib/schemas/event-reports'
import { checkAwareAfterOnset, describeSiteTime, readTypedTime, type TypedTime } from './event-times'
import type { OpenParticipant } from './participants'

/** When what is new was known. A note on an event that is not serious may leave it out: it is now. */
export function readFollowUpAwareness(
  tx: Tx,
  { participant }: OpenParticipant,
  entry: LogEntryRow,
  { awareOn, awareTime }: AddEventNoteInput,
  now: string,
  isNeeded: boolean,
): Result<string, FieldError[]> {
  if (!isNeeded && awareOn === null && awareTime === null) return ok(`${now.slice(0, 16)}:00.000Z`)
  const lacking: FieldError[] = []
  if (awareOn === null)
    lacking.push({ field: 'awareOn', value: '', text: 'Enter when this was first known.' })
  if (awareTime === null)
    lacking.push({ field: 'awareTime', value: '', text: 'Enter the time, for example 14:05.' })
  if (awareOn === null || awareTime === null) return err(lacking)
  const typed: TypedTime = { day: awareOn, time: awareTime, fields: ['awareOn', 'awareTime'] }
  const aware = readTypedTime(participant.timeZone, typed, 'earlier', now)
  if (!aware.ok) return err([aware.error])
  const early = checkAwareAfterOnset(entry.answers, typed)
  if (early) return err([early])
  const first = listEventReports(tx, [entry.id]).find(({ kind }) => kind === 'initial')
  if (!first || aware.value >= first.awareAt) return aware
  const text = `This is before the event itself was known, ${describeSiteTime(participant.timeZone, first.awareAt)}. Correct the date or the time.`
  return err([{ field: 'awareOn', value: awareOn, text }])
}

/** When the sponsor was told: not before awareness, not in the future. */
export function readReported(
  timeZone: string,
  input: { readonly reportedOn: ReportEventInput['reportedOn']; readonly reportedTime: string },
  awareAt: string,
  now: string,
  stored: string | null = null,
): Result<string, FieldError> {
  const { reportedOn: day, reportedTime: time } = input
  const typed: TypedTime = { day, time, fields: ['reportedOn', 'reportedTime'] }
  const at = readTypedTime(timeZone, typed, 'later', now, stored)
  if (!at.ok || at.value >= awareAt) return at
  const text = `This is before awareness, ${describeSiteTime(timeZone, awareAt)}. Correct the date or the time.`
  return err({ field: 'reportedOn', value: day, text })
}

type Told = Pick<EventReportRow, 'reportedAt' | 'reportedBy' | 'reference'>

/** All that belongs to a report to the sponsor, or nothing of it. */
export function readToldOrNot(
  timeZone: string,
  input: CorrectEventReportInput,
  awareAt: string,
  now: string,
  stored: EventReportRow,
): Result<Told, FieldError[]> {
  const { reportedOn, reportedTime, reportedBy, reference } = input
  const fields = Object.entries({ reportedOn, reportedTime, reportedBy, reference })
  const blank = fields.filter(([, value]) => value === null)
  if (blank.length === fields.length) return ok({ reportedAt: null, reportedBy: null, reference: null })
  if (stored.kind === 'note') {
    const text = 'A note on an event that is not serious is not reported. Clear this.'
    return err(
      fields
        .filter(([, value]) => value !== null)
        .map(([field, value]) => ({ field, value: value ?? '', text })),
    )
  }
  if (reportedOn === null || reportedTime === null || blank.length > 0) {
    const text = 'Enter this too, or clear all four fields where nothing was reported.'
    return err(blank.map(([field]) => ({ field, value: '', text })))
  }
  const at = readReported(timeZone, { reportedOn, reportedTime }, awareAt, now, stored.reportedAt)
  return at.ok ? ok({ reportedAt: at.value, reportedBy, reference }) : err([at.error])
}
