import { type FormDefinition, findFormDefinition } from '@/lib/domain/instruments/form-definition'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import type { Ctx } from './context'
import { listLocations } from './form-places'
import { openVisitEntry, type VisitAddress, type VisitEntry } from './visit-entry'

/** What is printed to be filled in on the day: the forms of a visit, empty. */
export interface DaySheet {
  readonly entry: VisitEntry
  readonly forms: readonly {
    readonly code: string
    readonly form: FormDefinition
    /** About one level or joint: filled in once for each. */
    readonly isLocated: boolean
  }[]
}

/** The forms of one visit in the order of the screen, without anything that is stored. */
export function readDaySheet(ctx: Ctx, address: VisitAddress): Result<DaySheet, AppError> {
  const opened = openVisitEntry(ctx, address, 'readParticipants')
  if (!opened.ok) return opened
  const entry = opened.value
  const forms = listAskedForms(entry.plan).flatMap(code => {
    const form = findFormDefinition(entry.protocol, code)
    return form ? { code, form, isLocated: listLocations(entry, form) !== undefined } : []
  })
  return ok({ entry, forms })
}
