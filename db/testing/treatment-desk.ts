import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { RegisterParticipantInput } from '@/lib/schemas/participants'
import type { RecordTreatmentInput } from '@/lib/schemas/treatments'
import { CONSENTED_IN_2025 } from './registration-desk'

const day = (text: string) => text as CalendarDate

/** Who is to be treated: a person to register in that study, with a dose planned for 1 February 2025. */
export const personInStudy = (study: string): RegisterParticipantInput => ({
  ...CONSENTED_IN_2025,
  study,
  plannedDayZero: day('2025-02-01'),
})

/** The first dose, given on 28 February 2025. */
export const FIRST_DOSE: Omit<RecordTreatmentInput, 'number'> = {
  study: 'SMALL',
  plan: 'DOSE1',
  givenOn: day('2025-02-28'),
  location: 'L4/L5',
  conditionMet: null,
  before: {},
  answers: {},
  confirm: [],
}
