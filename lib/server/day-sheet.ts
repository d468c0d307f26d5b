import { listParticipantAssessments } from '@/db/queries/assessments'
import { type FormDefinition, findFormDefinition } from '@/lib/domain/instruments/form-definition'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import { describeFormPlace } from '@/lib/schemas/form-key'
import type { Ctx } from './context'
import { listLocations, listPlaces } from './form-places'
import { listLastPlaces } from './last-answers'
import { openVisitEntry, type VisitAddress, type VisitEntry } from './visit-entry'

/** What is printed to be filled in on the day: the forms of a visit, empty. */
export interface DaySheet {
  readonly entry: VisitEntry
  readonly forms: readonly {
    readonly code: string
    readonly form: FormDefinition
    /** Where on the body it is known to be asked, as the screen has it; `''`: the whole person, or one not known yet. */
    readonly place: string
    /** About one level or joint, which is written down. */
    readonly asksPlace: boolean
  }[]
}

/** The forms of one visit in the order of the screen, without anything that is stored. */
export function readDaySheet(ctx: Ctx, address: VisitAddress): Result<DaySheet, AppError> {
  const opened = openVisitEntry(ctx, address, 'readParticipants')
  if (!opened.ok) return opened
  const entry = opened.value
  const stored = listParticipantAssessments(ctx.db, entry.participant.id)
  const forms = listAskedForms(entry.plan).flatMap(code => {
    const form = findFormDefinition(entry.protocol, code)
    if (!form) return []
    const isPlaced = listLocations(entry, form) !== undefined
    return listPlaces(entry, form, [], listLastPlaces(entry, code, stored)).map(at => {
      const place = describeFormPlace(at)
      return { code, form, place, asksPlace: isPlaced && place === '' }
    })
  })
  return ok({ entry, forms })
}
