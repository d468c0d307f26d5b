import { formatVisitName, isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'
import type { MendedQueryInput } from '@/lib/schemas/mending'
import type { Ctx } from '../context'
import { openParticipant } from '../participants'

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
