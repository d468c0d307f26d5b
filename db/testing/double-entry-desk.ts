import type { Protocol } from '@/lib/domain/protocol/protocol'
import { SaveVisit } from '@/lib/schemas/visits'
import { seedStudy, seedUser } from './factories'
import { seedOutcomes } from './seed-outcomes'
import { SMALL_PROTOCOL } from './small-protocol'
import { createTestDb } from './test-db'

/** Whose visit is entered twice: MEL-001 with its dose of 10 March 2026. */
export const ENTERED_TWICE = {
  number: 'MEL-001',
  enrolledOn: '2026-02-20',
  doses: { DOSE1: '2026-03-10' },
}

export const TWICE_PROTOCOL: Protocol = { ...SMALL_PROTOCOL, doubleEntry: { forms: ['nprs'] } }

/** Its visit of month 1, at which the pain scores alone are due. */
export const MONTH_1 = { study: TWICE_PROTOCOL.study.code, number: ENTERED_TWICE.number, visit: 'M1' }

/** A study whose pain scores are entered twice, and two coordinators in Melbourne; nothing is entered yet. */
export function openDoubleEntryDesk() {
  const test = createTestDb()
  const study = seedStudy(test.db, TWICE_PROTOCOL)
  seedOutcomes(test.db, study, [ENTERED_TWICE])
  const first = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'First Person' })
  const second = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Second Person' })
  return { test, study, first, second }
}

/** The pain scores of that visit as `readForm` gives them. */
export const postPain = (average: string, worst: string, more: Record<string, unknown> = {}) =>
  SaveVisit.parse({
    ...MONTH_1,
    '~visit': { date: ['10 Apr 2026'] },
    nprs: { NPRS_AVG: [average], NPRS_WORST: [worst] },
    ...more,
  })

/** A correction of that version of the form, with 8 at worst. */
export const postCorrection = (average: string, version: string, page: Record<string, unknown> = {}) =>
  postPain(average, '8', {
    reason: 'Typing error',
    '~visit': { date: ['10 Apr 2026'], version: ['1'], ...page },
    nprs: { NPRS_AVG: [average], NPRS_WORST: ['8'], '~version': [version] },
  })
