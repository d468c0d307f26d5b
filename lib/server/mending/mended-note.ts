import { formatVisitName, isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'
import type { MendedQueryInput } from '@/lib/schemas/mending'
import type { VisitReference } from '@/lib/schemas/mending-view'
import type { Ctx } from '../context'
import { openParticipant } from '../participants'
import { listVisitReferences } from './visit-references'

/**
 * What the page that follows a move says of it. The address only names codes: the text is made of a participant and a
 * visit that exist and are the reader's to see; anything else says nothing.
 */
export function readMendedNote(ctx: Ctx, study: string, query: MendedQueryInput): string | null {
  const { mended, from, fromVisit } = query
  if (mended === null) return null
  const opened = openParticipant(ctx, study, from, 'readParticipants')
  if (!opened.ok) return null
  const { participant, protocol } = opened.value
  if (mended === 'doseMoved') return `Dose moved here from ${participant.number}.`
  const isVisit = protocol.visits.some(({ code }) => code === fromVisit) || isUnscheduledCode(fromVisit)
  if (!isVisit) return null
  const place = `${participant.number}, ${formatVisitName(protocol, fromVisit).toLowerCase()}`
  if (mended === 'exchanged') return `Exchanged with ${place}.`
  return mended === 'moved' ? `Moved here from ${place}.` : `Form moved here from ${place}.`
}

/** Entries of logs that still name the visit which a move or an exchange took away; null: none, or nothing to be told. */
export function readLeftBehind(
  ctx: Ctx,
  study: string,
  { mended, from, fromVisit }: MendedQueryInput,
): { readonly number: string; readonly references: readonly VisitReference[] } | null {
  if (mended !== 'moved' && mended !== 'exchanged') return null
  const opened = openParticipant(ctx, study, from, 'readParticipants')
  if (!opened.ok) return null
  const references = listVisitReferences(ctx.db, opened.value, fromVisit)
  return references.length === 0 ? null : { number: opened.value.participant.number, references }
}
