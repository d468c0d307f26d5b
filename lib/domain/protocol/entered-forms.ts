import { deriveFormStanding, findFormDefinition } from '@/lib/domain/instruments/form-definition'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { Protocol } from '@/lib/domain/protocol/protocol'

/** A form of a visit as stored; all null where nothing was entered. */
export interface StoredForm {
  readonly form: string | null
  readonly answers: Answers | null
  readonly notDoneReason: string | null
}

/** Codes of a visit's forms by how far each is, as `deriveVisitState` takes them. */
export interface EnteredForms {
  readonly received: readonly string[]
  readonly begun: readonly string[]
  readonly notDone: readonly string[]
}

/**
 * Sorts the forms of one visit by how far each is; a form of which several were entered stands once for each.
 * Missing rule: a form without an answer and without a reason is in none, as is one that the protocol does not know.
 * Source: `deriveFormStanding`. Example: NPRS with the average alone → `begun: ['nprs']`.
 */
export function deriveEnteredForms(
  protocol: Pick<Protocol, 'forms' | 'settings'>,
  forms: readonly StoredForm[],
): EnteredForms {
  const sorted = { received: [] as string[], begun: [] as string[], notDone: [] as string[] }
  for (const { form, answers, notDoneReason } of forms) {
    const definition = form === null ? undefined : findFormDefinition(protocol, form)
    if (!form || !definition || answers === null) continue
    const standing = deriveFormStanding(definition, { answers, notDoneReason }, protocol.settings)
    if (standing !== 'absent') sorted[standing].push(form)
  }
  return sorted
}
