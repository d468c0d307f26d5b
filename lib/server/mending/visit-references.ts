import type { Db, Tx } from '@/db/client'
import { listLogEntries } from '@/db/queries/logs'
import { textOf } from '@/lib/domain/logs/answer-values'
import { appointments } from '@/lib/domain/logs/appointments'
import { contacts } from '@/lib/domain/logs/contacts'
import { deviations } from '@/lib/domain/logs/deviations'
import type { VisitReference } from '@/lib/schemas/mending-view'
import type { OpenParticipant } from '../participants'

/** Logs whose entries name a visit by its code, in their answer VISIT. */
const NAMING = [deviations, appointments, contacts]

/** Entries of a participant's logs that name a visit: a move of the visit leaves them as they are. */
export function listVisitReferences(
  db: Db | Tx,
  { participant, protocol }: Pick<OpenParticipant, 'participant' | 'protocol'>,
  visit: string,
): readonly VisitReference[] {
  return NAMING.flatMap(log =>
    listLogEntries(db, participant.id, log.code)
      .filter(({ answers }) => textOf(answers, 'VISIT') === visit)
      .map(({ id, answers }) => ({
        id,
        path: log.path,
        one: log.one,
        text: log.describe(answers, protocol),
      })),
  )
}
