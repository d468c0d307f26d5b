import { insertRecord } from '@/db/write'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { Db } from '../client'
import type { SeededStudy } from './factories'
import { TEST_WRITER } from './test-db'

/**
 * MEL-001 with two infections of March 2026: one that is not serious, and one of which a criterion was known on 15 Apr
 * 2026, 19:00 in Melbourne (09:00 UTC), with its first report due.
 */
export function seedEvents(db: Db, study: SeededStudy): { readonly mild: number; readonly serious: number } {
  return db.transaction(
    tx => {
      const { id: participantId } = insertRecord(tx, TEST_WRITER, 'participants', {
        studyId: study.id,
        siteId: study.sites.MEL ?? (0 as never),
        number: 'MEL-001',
        origin: 'entered',
        outcome: 'enrolled',
        consentDate: '2025-01-02' as CalendarDate,
        eligibility: {},
      })
      const under = { participantId, log: 'adverseEvents', confirmations: {} }
      const term = { AETERM: { value: 'Wound infection' }, AESTDAT: { value: '2026-03' } }
      const criterion = { AESER: { value: true }, AESERCRIT: { value: ['hospitalisation'] } }
      const awareness = { AWARE_ON: { value: '2026-04-15' }, AWARE_AT: { value: '19:00' } }
      const mild = insertRecord(tx, TEST_WRITER, 'log_entries', {
        ...under,
        answers: { ...term, AESER: { value: false } },
      })
      const serious = insertRecord(tx, TEST_WRITER, 'log_entries', {
        ...under,
        answers: { ...term, ...criterion, ...awareness },
      })
      const known = { kind: 'initial' as const, awareAt: '2026-04-15T09:00:00.000Z' }
      insertRecord(tx, TEST_WRITER, 'event_reports', { entryId: serious.id, ...known })
      return { mild: mild.id, serious: serious.id }
    },
    { behavior: 'immediate' },
  )
}
