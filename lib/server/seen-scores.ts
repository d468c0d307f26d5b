import { listScores } from '@/db/queries/participant-scores'
import type { Ctx } from './context'
import { listHiddenForms } from './double-entry-forms'
import type { OpenParticipant } from './participants'

/** The scores of some parameters of one participant, without those of forms that this person has yet to enter again. */
export function listSeenScores(
  ctx: Ctx,
  opened: Pick<OpenParticipant, 'study' | 'participant' | 'protocol'>,
  parameters: readonly string[],
) {
  const hidden = new Set(listHiddenForms(ctx, opened).map(({ id }) => id))
  return listScores(ctx.db, [opened.participant.id], parameters).filter(row => !hidden.has(row.assessment))
}
