import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { SaveLogEntry } from '@/lib/schemas/logs'
import type { RegisterParticipantInput } from '@/lib/schemas/participants'
import { CONSENTED_IN_2025 } from './registration-desk'

/** A person whose logs are kept at that site, who consented on that day. */
export const personAt = (site: string, consentDate = '2025-01-10'): RegisterParticipantInput => ({
  ...CONSENTED_IN_2025,
  site,
  consentDate: consentDate as CalendarDate,
})

/** The answers of a condition as its form posts them. */
export const CONDITION = { TERM: ['Hypertension'], SINCE: ['Apr 2019'], ONGOING: ['yes'] }

/** The log of conditions of a participant. */
export const conditionsOf = (number: string) => ({ study: 'SMALL', number, log: 'conditions' })

export interface PostedEntry {
  readonly answers?: Record<string, string[]>
  readonly [name: string]: unknown
}

/** A posting as `readForm` gives it: a new condition of that participant, unless it says otherwise. */
export const postCondition = (number: string, posted: PostedEntry = {}) =>
  SaveLogEntry.parse({ ...conditionsOf(number), entry: 'new', answers: CONDITION, ...posted })
