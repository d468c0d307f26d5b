/** Times of day as they stand on the wall at a site, and the UTC instants that are stored. */
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { err, ok, type Result } from '@/lib/domain/shared/result'

/** Why a time at a site is no instant. `skipped`: the clocks were put forward over it. */
export type SiteTimeProblem = 'unreadable' | 'skipped'

/**
 * Reads a time of day, 24 hours: `14:05`, `9:30`, `14.05`, `1405`. Anything else is null.
 * Example: `parseTimeOfDay('9.30')` → `'09:30'`; `'24:00'` → `null`.
 */
export function parseTimeOfDay(text: string): string | null {
  const read = /^(\d{1,2})[:.](\d{2})$/.exec(text.trim()) ?? /^(\d{2})(\d{2})$/.exec(text.trim())
  const hour = Number(read?.[1])
  const minute = Number(read?.[2])
  if (!read || hour > 23 || minute > 59) return null
  return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`
}

/**
 * The UTC instant of a day and time of day at a site. A time that stood twice on the wall, because the clocks were put
 * back, is its first occurrence unless `later` is asked for. Errors: unreadable time; a time that the clocks skipped.
 * Source: the IANA zones of the runtime.
 * Example: Melbourne, 2026-04-16, 18:30 → `'2026-04-16T08:30:00.000Z'`.
 */
export function deriveInstant(
  timeZone: string,
  day: CalendarDate,
  time: string,
  which: 'earlier' | 'later' = 'earlier',
): Result<string, SiteTimeProblem> {
  const read = parseTimeOfDay(time)
  if (read === null) return err('unreadable')
  const wall = Date.parse(`${day}T${read}:00.000Z`)
  // Offsets in force half a day to either side: no zone changes its clocks twice within a day.
  const offsets = [wall - DAY_MS, wall + DAY_MS].map(around => offsetAt(timeZone, around))
  const instants = [...new Set(offsets.map(offset => wall - offset))]
    .filter(instant => instant + offsetAt(timeZone, instant) === wall)
    .toSorted((a, b) => a - b)
  const instant = which === 'earlier' ? instants[0] : instants.at(-1)
  return instant === undefined ? err('skipped') : ok(new Date(instant).toISOString())
}

/**
 * Day and time of day on the wall of a site at an instant, to the minute.
 * Example: `deriveSiteTime('Australia/Melbourne', '2026-04-16T08:30:00.000Z')` → 2026-04-16, 18:30.
 */
export function deriveSiteTime(
  timeZone: string,
  instant: string,
): { readonly day: CalendarDate; readonly time: string } {
  const at = Date.parse(instant)
  const wall = new Date(at + offsetAt(timeZone, at)).toISOString()
  return { day: wall.slice(0, 10) as CalendarDate, time: wall.slice(11, 16) }
}

const DAY_MS = 86_400_000

/** What the wall of the zone is ahead of UTC at an instant, in milliseconds. */
function offsetAt(timeZone: string, instant: number): number {
  const parts = formatOf(timeZone).formatToParts(instant)
  const part = (type: string) => Number(parts.find(entry => entry.type === type)?.value)
  const wall = Date.UTC(
    part('year'),
    part('month') - 1,
    part('day'),
    part('hour'),
    part('minute'),
    part('second'),
  )
  return wall - Math.floor(instant / 1000) * 1000
}

/** Making one takes a thousand times as long as using it; there are as many as zones in use. */
const formats = new Map<string, Intl.DateTimeFormat>()

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone,
    calendar: 'iso8601',
    numberingSystem: 'latn',
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  })
  formats.set(timeZone, made)
  return made
}
