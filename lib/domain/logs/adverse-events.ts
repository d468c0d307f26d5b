import { askAboutEvent } from '@/lib/domain/events/ask-event'
import { checkEvent } from '@/lib/domain/events/check-event'
import { isSerious } from '@/lib/domain/events/event-facts'
import { ADVERSE_EVENT_FIELDS } from '@/lib/domain/logs/adverse-event-fields'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { Log } from '@/lib/domain/logs/log'

/**
 * Adverse events since consent. Coordinators record what happened and which seriousness criteria they found; the
 * investigator judges seriousness and relation; the sponsor's expectedness is recorded by the data manager.
 * Range: grade 1–5 by CTCAE; dates may be partial. Missing: onset, end and date of death may be unknown; a judgement
 * that was not given is blank. Errors: `checkEvent`. Source: clinical.md §3, adverse events; field names of CDASH.
 * Example: `adverseEvents.describe({ AETERM: { value: 'Pain flare' }, AETOXGR: { value: '2' } })` →
 * `Pain flare, grade 2`.
 */
export const adverseEvents: Log = {
  code: 'adverseEvents',
  path: 'adverse-events',
  name: 'Adverse events',
  one: 'adverse event',
  note: 'Any untoward event since consent, related or not. What began before consent is medical history.',
  orderedBy: 'AESTDAT',
  fields: () => ADVERSE_EVENT_FIELDS,
  check: checkEvent,
  ask: askAboutEvent,
  describe: answers => {
    const grade = textOf(answers, 'AETOXGR')
    const parts = [
      textOf(answers, 'AETERM') ?? 'Adverse event',
      grade && `grade ${grade}`,
      isSerious(answers) && 'serious',
    ]
    return parts.filter(Boolean).join(', ')
  },
}
