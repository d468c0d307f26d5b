/** How a question of a soft check was answered. */

/** Where a person looked before confirming; `asMarked`: as it stands on the form. */
export const CONFIRMATION_REASONS = ['asMarked', 'withParticipant', 'inNotes', 'other'] as const

export type ConfirmationReason = (typeof CONFIRMATION_REASONS)[number]

/** As stored: a reason, a reason in one's own words, or `unconfirmed` for what a file brought and nobody looked at. */
export type Confirmation = Exclude<ConfirmationReason, 'other'> | 'unconfirmed' | `other: ${string}`

const LABELS: Readonly<Record<ConfirmationReason, string>> = {
  asMarked: 'As on the form',
  withParticipant: 'Checked with the participant',
  inNotes: 'Checked in the notes',
  other: 'Other reason',
}

/** What a reason is called. Example: `nameConfirmationReason('inNotes')` → `'Checked in the notes'`. */
export function nameConfirmationReason(reason: ConfirmationReason): string {
  return LABELS[reason]
}

/**
 * A stored answer in words; what nobody confirmed is *not confirmed*. Example:
 * `formatConfirmation('other: called her')` → `'called her'`; a value of no kind known → *not confirmed*.
 */
export function formatConfirmation(stored: unknown): string {
  if (typeof stored !== 'string') return 'not confirmed'
  if (stored.startsWith('other: ')) return stored.slice('other: '.length)
  const reason = CONFIRMATION_REASONS.find(one => one === stored)
  return reason && reason !== 'other' ? LABELS[reason].toLowerCase() : 'not confirmed'
}

/** Whether a person looked and confirmed. Example: `isConfirmed('unconfirmed')` → false. */
export function isConfirmed(stored: Confirmation | undefined): boolean {
  return stored !== undefined && stored !== 'unconfirmed'
}

/**
 * A reason and the key of its question as one text, as a control posts it: the key alone stands for `asMarked`.
 * Example: `writeConfirmation('inNotes', 'longWeek:WORK_HOURS=90')` → `'inNotes|longWeek:WORK_HOURS=90'`.
 */
export function writeConfirmation(reason: ConfirmationReason, key: string): string {
  return reason === 'asMarked' ? key : `${reason}|${key}`
}

/** The inverse of `writeConfirmation`. Example: `readConfirmation('longWeek:WORK_HOURS=90').reason` → `'asMarked'`. */
export function readConfirmation(posted: string): {
  readonly reason: ConfirmationReason
  readonly key: string
} {
  const reason = CONFIRMATION_REASONS.find(one => one !== 'asMarked' && posted.startsWith(`${one}|`))
  return reason ? { reason, key: posted.slice(reason.length + 1) } : { reason: 'asMarked', key: posted }
}

/**
 * A short name that stands for the key of a question in the name of a control, since a key may hold a whole text.
 * Source: FNV-1a, 32 bits. Checked against: the empty text → `811c9dc5`, `a` → `e40c292c` (Fowler, Noll, Vo).
 */
export function nameKey(key: string): string {
  let hash = 0x811c9dc5
  for (const byte of new TextEncoder().encode(key)) hash = Math.imul(hash ^ byte, 0x01000193) >>> 0
  return hash.toString(16).padStart(8, '0')
}
