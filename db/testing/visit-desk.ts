import { addParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import { addTreatment } from '@/db/commands/treatments'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { SaveVisit } from '@/lib/schemas/visits'
import { type SeededStudy, seedStudy, seedUser } from './factories'
import { SMALL_PROTOCOL } from './small-protocol'
import { createTestDb, TEST_WRITER, type TestDb } from './test-db'

const PROTOCOL: Protocol = {
  ...SMALL_PROTOCOL,
  settings: { ...SMALL_PROTOCOL.settings, odi: { maxMissingSections: 1, allowTotalOnly: true } },
  forms: SMALL_PROTOCOL.forms.map(form => ({
    ...form,
    fields: [...form.fields, { code: 'REMARKS', label: 'Remarks', type: 'text' }],
  })),
}

const day = (text: string) => text as CalendarDate

/** A study, its coordinator in Melbourne, and MEL-001 with a dose of 16 October 2025: visits can be entered. */
export function openVisitDesk() {
  const test = createTestDb()
  const study = seedStudy(test.db, PROTOCOL)
  const coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Coordinator 1' })
  return { test, study, coordinator, participantId: seedTreated(test, study, 'MEL-001', 'MEL') }
}

/** Another participant with that dose. */
export function seedTreated(test: TestDb, study: SeededStudy, number: string, site: string): ParticipantId {
  return test.db.transaction(
    tx => {
      const siteId = study.sites[site]
      if (!siteId) throw new Error(site)
      const { id } = addParticipant(tx, TEST_WRITER, {
        studyId: study.id,
        siteId,
        number,
        origin: 'entered',
        outcome: 'enrolled',
        consentDate: day('2025-09-01'),
        eligibility: {},
      })
      addTreatment(tx, TEST_WRITER, { participantId: id, plan: 'DOSE1', givenOn: day('2025-10-16') })
      writeSchedule(tx, { participantId: id, protocol: PROTOCOL, protocolVersion: '1.0' })
      return id
    },
    { behavior: 'immediate' },
  )
}

/** A posting as `readForm` gives it: month 6, on its target day 16 April 2026, unless it says otherwise. */
export function postVisit(fields: Record<string, unknown>, visit = 'M6') {
  return SaveVisit.parse({
    study: 'SMALL',
    number: 'MEL-001',
    visit,
    '~visit': { date: ['16 Apr 2026'] },
    ...fields,
  })
}

/** The two pain scores as their form posts them. */
export const typeNprs = (average: string, worst: string, rest = {}) => ({
  nprs: { NPRS_AVG: [average], NPRS_WORST: [worst], ...rest },
})
