import type { Db, Tx } from '@/db/client'
import { findLastChange } from '@/db/queries/last-change'
import { readTreatmentEnd } from '@/db/queries/schedule'
import { listTreatments } from '@/db/queries/treatments'
import { studyChain } from '@/db/table-kinds'
import { nameDose } from '@/lib/domain/protocol/dose-name'
import type { AppError } from '@/lib/domain/shared/errors'
import { listDoseFields } from '@/lib/domain/treatments/dose-form'
import { formatAnswer } from '@/lib/format/answers'
import { formatDate } from '@/lib/format/dates'
import type { DoseSide, SideDose } from '@/lib/schemas/mending-view'
import type { OpenParticipant } from '../participants'

/** A dose as it is stored. */
export type Dose = ReturnType<typeof listTreatments>[number]

/** The doses of one participant as they stand now, and what puts a dose in reach. */
export function describeDoses(db: Db | Tx, opened: OpenParticipant): DoseSide {
  const { participant } = opened
  const doses = listTreatments(db, [participant.id])
  return {
    number: participant.number,
    site: participant.site,
    consentDate: participant.consentDate,
    treatmentEnd: readTreatmentEnd(db, participant),
    doses: doses.map(dose => describeDose(opened, dose, doses)),
  }
}

/** What was given is told to nobody who may not know arms. */
function describeDose({ protocol, view }: OpenParticipant, dose: Dose, all: readonly Dose[]): SideDose {
  const { plan: code, givenOn, location, details } = dose
  const given = all.map(one => one.plan)
  const plan = protocol.treatments.find(one => one.code === code)
  const fields = plan && view.participantArms ? listDoseFields(plan) : []
  const form = { kind: 'plan', plan: { code: 'dose', label: '', repeating: false, fields } } as const
  return {
    id: dose.id,
    name: nameDose(protocol, view, code, given),
    date: givenOn,
    location,
    values: fields.flatMap(({ code: field, label, unit }) => {
      const text = formatAnswer(form, field, details[field], protocol.settings)
      return text ? `${label}: ${text}${unit ? ` ${unit}` : ''}` : []
    }),
  }
}

/** Why nothing is done to doses that are no longer what the page showed. */
export function refuseStaleDoses(
  db: Db | Tx,
  { study }: OpenParticipant,
  seen: number,
  now: { readonly version: number; readonly sides: readonly DoseSide[] },
): AppError | undefined {
  if (seen === now.version) return undefined
  const numbers = now.sides.map(({ number }) => number)
  const last = findLastChange(db, studyChain(study.code), numbers)
  return {
    code: 'conflict',
    fields: now.sides.map(({ number, doses }) => ({
      field: number,
      label: `Doses of ${number}`,
      yours: 'as this page showed it',
      stored: doses.map(({ name, date }) => `${name}, ${formatDate(date)}`).join('; ') || 'none',
    })),
    storedVersion: now.version,
    changedBy: last?.actor ?? 'Somebody',
    changedAt: last?.at ?? '',
  }
}
