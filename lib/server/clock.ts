/** UTC instant as ISO text with milliseconds, e.g. `2026-04-16T08:30:00.000Z`. Sorts as text. */
export type Instant = string

/** The one place that reads the clock. */
export function now(): Instant {
  return new Date().toISOString()
}

/** An instant some seconds later (or, with a negative number, earlier). */
export function addSeconds(instant: Instant, seconds: number): Instant {
  return new Date(Date.parse(instant) + seconds * 1000).toISOString()
}
