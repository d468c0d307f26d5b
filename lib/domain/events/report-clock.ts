/** From awareness to the report to the sponsor: how long a serious event may take. */
export const REPORT_HOURS = 24

/** Hours are exact, not rounded; `late`: longer than `REPORT_HOURS`, to the millisecond. */
export type ReportClock =
  | { readonly state: 'running'; readonly hoursLeft: number; readonly late: false }
  | { readonly state: 'running'; readonly hoursLate: number; readonly late: true }
  | { readonly state: 'reported'; readonly reportedAfterHours: number; readonly late: boolean }

const HOUR_MS = 3_600_000

/**
 * Where the clock of a report stands. Instants are UTC with `Z`, so that no zone and no change of the hour enters: 24
 * hours are 24 hours. `reportedAt` null: it runs. Throws where an instant cannot be read.
 * Source: clinical.md §3, adverse events (24 hours from awareness).
 * Example: aware 2026-04-16T08:00Z, not reported, now 2026-04-16T20:00Z → 12 hours left.
 */
export function deriveReportClock(awareAt: string, reportedAt: string | null, now: string): ReportClock {
  const passed = hoursBetween(awareAt, reportedAt ?? now)
  const late = passed > REPORT_HOURS
  if (reportedAt !== null) return { state: 'reported', reportedAfterHours: passed, late }
  return late
    ? { state: 'running', hoursLate: passed - REPORT_HOURS, late }
    : { state: 'running', hoursLeft: REPORT_HOURS - passed, late }
}

/**
 * A stretch of hours in words, rounded down to the minute; half a minute is `0 min`.
 * Example: `formatHours(5.25)` → `'5 h 15 min'`; `formatHours(49)` → `'2 d 1 h'`.
 */
export function formatHours(hours: number): string {
  const minutes = Math.floor(Math.round(hours * HOUR_MS) / 60_000)
  const whole = Math.floor(minutes / 60)
  if (whole >= 48)
    return [`${Math.floor(whole / 24)} d`, ...(whole % 24 ? [`${whole % 24} h`] : [])].join(' ')
  const rest = minutes % 60
  if (whole === 0) return `${rest} min`
  return rest === 0 ? `${whole} h` : `${whole} h ${rest} min`
}

/**
 * The clock in words. Example: `formatReportClock({ state: 'running', hoursLeft: 5.25, late: false })` →
 * `'5 h 15 min left'`.
 */
export function formatReportClock(clock: ReportClock): string {
  if (clock.state === 'reported') {
    const after = `reported after ${formatHours(clock.reportedAfterHours)}`
    return clock.late ? `${after}, late` : after
  }
  return clock.late ? `${formatHours(clock.hoursLate)} late` : `${formatHours(clock.hoursLeft)} left`
}

function hoursBetween(from: string, to: string): number {
  const passed = Date.parse(to) - Date.parse(from)
  if (Number.isNaN(passed)) throw new RangeError(`Not an instant: ${from} or ${to}`)
  return passed / HOUR_MS
}
