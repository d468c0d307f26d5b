import { now } from './clock'

type Level = 'info' | 'warn' | 'error'

/** One JSON line on stderr: ids and codes, never values. */
export function log(
  level: Level,
  event: string,
  ids: Readonly<Record<string, string | number | null>> = {},
): void {
  process.stderr.write(`${JSON.stringify({ at: now(), level, event, ...ids })}\n`)
}

/** Name and place of a thrown error, without its message, which may hold values. */
export function faultOf(error: unknown): string {
  if (!(error instanceof Error)) return typeof error
  const at = error.stack?.split('\n').find(line => line.trimStart().startsWith('at ')) ?? ''
  return `${error.name} ${at.trim()}`
}
