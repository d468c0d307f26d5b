'use server'

import { RecordAllocation } from '@/lib/schemas/allocations'
import { ChangePlannedDayZero, RegisterParticipant } from '@/lib/schemas/participants'
import { CorrectTreatment, RecordTreatment, VoidTreatment } from '@/lib/schemas/treatments'
import { action } from '@/lib/server/action'
import { recordAllocation as allocate } from '@/lib/server/allocations'
import { changePlannedDayZero as planDayZero, registerParticipant } from '@/lib/server/participants'
import {
  correctTreatment as correct,
  voidTreatment as takeBack,
  recordTreatment as treat,
} from '@/lib/server/treatments'

const pageOf = (study: string, number: string) =>
  `/studies/${study}/participants/${encodeURIComponent(number)}`

export const register = action(RegisterParticipant, registerParticipant, (saved, { study }) =>
  pageOf(study, saved.number),
)
export const changePlannedDayZero = action(ChangePlannedDayZero, planDayZero, ({ number }, { study }) =>
  pageOf(study, number),
)
export const recordTreatment = action(RecordTreatment, treat, ({ number }, { study }) =>
  pageOf(study, number),
)
export const correctTreatment = action(CorrectTreatment, correct, ({ number }, { study }) =>
  pageOf(study, number),
)
export const voidTreatment = action(VoidTreatment, takeBack, ({ number }, { study }) => pageOf(study, number))
export const recordAllocation = action(RecordAllocation, allocate, ({ number }, { study }) =>
  pageOf(study, number),
)
