import type { VisitStanding, VisitState } from '@/lib/domain/protocol/visit-state'
import type { ParticipantStatus } from '@/lib/schemas/participants'

export const STATUS_TEXT: Readonly<Record<ParticipantStatus, string>> = {
  screening: 'Screening',
  awaitingTreatment: 'Awaiting treatment',
  followUp: 'Follow-up',
  complete: 'Complete',
  screenFailure: 'Screen failure',
  declined: 'Declined',
  withdrawn: 'Withdrawn',
  lost: 'Lost to follow-up',
  died: 'Died',
  restricted: 'No further use',
}

/** Word and colour of a visit's state; the word alone says it. */
export const STATE_CHIP: Readonly<Record<VisitState, { readonly text: string; readonly tone: string }>> = {
  notOpen: { text: 'Planned', tone: '' },
  open: { text: 'Open', tone: 'acc' },
  closing: { text: 'Closing', tone: 'warn' },
  overdue: { text: 'Overdue', tone: 'danger' },
  missed: { text: 'Missed', tone: '' },
  partly: { text: 'Partly entered', tone: 'warn' },
  complete: { text: 'Complete', tone: 'ok' },
  none: { text: 'Nothing to enter', tone: '' },
}

/** Word and colour of a visit once follow-up ended. */
const AFTER_END_CHIP = {
  partly: { text: 'Partly entered', tone: '' },
  late: { text: 'May be entered late', tone: '' },
} as const

/** The chip of a visit, whether or not follow-up goes on. */
export function chipOf({ state, afterEnd }: Pick<VisitStanding, 'state' | 'afterEnd'>) {
  return afterEnd === null ? STATE_CHIP[state] : AFTER_END_CHIP[afterEnd]
}
