import { scheduledVisits } from '@/db/schema/visits'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { RegisterParticipantInput } from '@/lib/schemas/participants'
import { seedStudy, seedUser } from './factories'
import { createTestDb, type TestDb } from './test-db'

const day = (text: string) => text as CalendarDate

/** A study and its coordinator at all sites: participants can be registered. */
export function openRegistrationDesk() {
  const test = createTestDb()
  const study = seedStudy(test.db)
  return { test, study, coordinator: seedUser(test.db, { role: 'coordinator', study }) }
}

/** A person who consented on 10 January 2025, with nothing told that may be left out. */
export const CONSENTED_IN_2025: RegisterParticipantInput = {
  study: 'SMALL',
  site: 'MEL',
  consentVersion: '1.0',
  consentDate: day('2025-01-10'),
  screenedOn: null,
  eligibility: { I1: true, I2: true, E1: false },
  takesPart: true,
  ageAtConsent: 41,
  sex: 'male',
  diagnosis: null,
  painType: null,
  painDurationMonths: null,
  level: null,
  previousTreatment: null,
  plannedDayZero: null,
  rescreenOf: null,
  confirm: [],
}

/** A person who is eligible and takes part; today at the site is 16 Apr 2026. */
export const ELIGIBLE: RegisterParticipantInput = {
  ...CONSENTED_IN_2025,
  consentDate: day('2026-04-10'),
  sex: 'female',
  diagnosis: 'Discogenic pain',
  painType: 'axial',
  painDurationMonths: 30,
  level: 'L4/L5',
}

/** Target of each visit and whether it is provisional, by visit. */
export const listTargets = (test: TestDb) =>
  Object.fromEntries(
    test.db
      .select()
      .from(scheduledVisits)
      .all()
      .map(row => [row.visit, [row.target, row.provisional]]),
  )
