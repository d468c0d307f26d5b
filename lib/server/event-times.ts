import { formatDay } from '@/lib/domain/checks/day-text'
import { deriveInstant, deriveSiteTime, parseTimeOfDay } from '@/lib/domain/events/site-time'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { FieldError } from '@/lib/domain/shared/errors'
import { parsePartialDate, spanOf } from '@/lib/domain/shared/partial-date'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import type { SiteTime } from '@/lib/schemas/event-reports'

/** A day and a time of day as typed, and the names of the two controls. */
export interface TypedTime {
  readonly day: CalendarDate
  readonly time: string
  readonly fields: readonly [string, string]
}

/** An instant as it stood on the wall of the site. */
export function siteTimeOf(timeZone: string, instant: string): SiteTime {
  const { day, time } = deriveSiteTime(timeZone, instant)
  return { day: formatDay(day), time }
}

/** As it is said in a text: `16 Apr 2026, 18:30 at the site`. */
export function describeSiteTime(timeZone: string, instant: string): string {
  const { day, time } = siteTimeOf(timeZone, instant)
  return `${day}, ${time} at the site`
}

/**
 * The instant of what was typed, refused where it is no time, or in the future. A time that stood twice on the wall is the
 * first for an awareness and the last for a report, so that a clock is never shortened by it; a stored instant that
 * stands on the wall as it was typed is kept as it is.
 */
export function readTypedTime(
  timeZone: string,
  typed: TypedTime,
  which: 'earlier' | 'later',
  now: string,
  stored: string | null = null,
): Result<string, FieldError> {
  const { day, time, fields } = typed
  const refuse = (field: string, value: string, text: string) => err({ field, value, text })
  if (stored !== null) {
    const wall = deriveSiteTime(timeZone, stored)
    if (wall.day === day && wall.time === parseTimeOfDay(time)) return ok(stored)
  }
  const read = deriveInstant(timeZone, day, time, which)
  if (!read.ok) {
    const why =
      read.error === 'skipped'
        ? `“${time}” did not exist at the site on ${formatDay(day)}: the clocks were put forward.`
        : `“${time}” is not a time of day. Write it in 24 hours, for example 14:05.`
    return refuse(fields[1], time, why)
  }
  const first = deriveInstant(timeZone, day, time)
  const instant = read.value > now && first.ok ? first.value : read.value
  if (instant <= now) return ok(instant)
  const isTomorrow = deriveSiteTime(timeZone, now).day < day
  const text = `${formatDay(day)}, ${time} is in the future: it is ${describeSiteTime(timeZone, now)} now. Correct it.`
  return refuse(isTomorrow ? fields[0] : fields[1], isTomorrow ? day : time, text)
}

/** Refuses an awareness before the first day on which the event can have begun. */
export function checkAwareAfterOnset(answers: Answers, typed: TypedTime): FieldError | null {
  const onset = parsePartialDate(textOf(answers, 'AESTDAT') ?? '')
  if (onset === null || typed.day >= spanOf(onset).first) return null
  const text = `${formatDay(typed.day)} is before the event began, ${formatDay(spanOf(onset).first)} at the earliest. Correct the date.`
  return { field: typed.fields[0], value: typed.day, text }
}
