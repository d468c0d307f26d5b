import type { Tx } from '@/db/client'
import { dropDraftsAbout } from '@/db/commands/drafts'
import { writeMorphineScores } from '@/db/commands/morphine-scores'
import { writeSchedule } from '@/db/commands/schedule'
import { findParticipant } from '@/db/queries/participants'
import type { LogCode } from '@/lib/domain/logs/log'
import { startEventClocks } from './adverse-events'
import type { OpenParticipant } from './participants'

/** The participant whose log was written to, as the use case opened them. */
export type LogEffectPlace = Pick<
  OpenParticipant,
  'study' | 'participant' | 'protocol' | 'protocolVersion' | 'write'
>

type LogEffect = (tx: Tx, place: LogEffectPlace) => void

/** What follows from an entry of a log, to be derived again in the transaction that wrote it. */
const EFFECTS: Partial<Record<LogCode, LogEffect>> = {
  adverseEvents: startEventClocks,
  departures: leave,
  consents: rederive,
  medications: rescoreMorphine,
}

/** Status, end of follow-up and the visits that exist follow from how somebody left and consented. */
function rederive(tx: Tx, { participant, protocol, protocolVersion }: LogEffectPlace): void {
  writeSchedule(tx, { participantId: participant.id, protocol, protocolVersion })
}

/** Drafts of who asks for no further use go in the same transaction. */
function leave(tx: Tx, place: LogEffectPlace): void {
  rederive(tx, place)
  const { study, participant } = place
  if (findParticipant(tx, study.id, participant.number)?.restricted)
    dropDraftsAbout(tx, { studyId: study.id, subject: participant.number })
}

/** The morphine equivalents of each visit follow from what was taken in the days before it. */
function rescoreMorphine(tx: Tx, { participant, protocol }: LogEffectPlace): void {
  writeMorphineScores(tx, participant.id, protocol.settings)
}

/** Called after an entry was made, changed, voided or moved (then for both participants). */
export function afterLogWrite(tx: Tx, log: LogCode, place: LogEffectPlace): void {
  EFFECTS[log]?.(tx, place)
}
