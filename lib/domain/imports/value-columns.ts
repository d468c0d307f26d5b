import type { Instrument } from '@/lib/domain/instruments/instrument'
import { findItemOwner } from '@/lib/domain/instruments/registry'
import type { FormPlan, Protocol } from '@/lib/domain/protocol/protocol'
import { err, ok, type Result } from '@/lib/domain/shared/result'

/** What a value's name stands for in a study: an item or score of an instrument, or a field of one of its own forms. */
export type ValueTarget =
  | {
      readonly kind: 'instrument'
      readonly form: string
      readonly code: string
      readonly instrument: Instrument
    }
  | { readonly kind: 'form'; readonly form: string; readonly code: string; readonly plan: FormPlan }

/**
 * Finds what a name stands for. A form's field is named `FORM.FIELD`, or by its code alone where no other has it.
 * Errors, as text: unknown name; an instrument that this study does not use; a derived value.
 * Example: `findValueTarget('EXAM.BMI', protocol)` → field `BMI` of form `EXAM`.
 */
export function findValueTarget(name: string, protocol: Protocol): Result<ValueTarget, string> {
  const [form, code] = name.split('.')
  const fields = protocol.forms.flatMap(plan =>
    plan.fields
      .filter(field => (code === undefined ? field.code === name : plan.code === form && field.code === code))
      .map(field => ({ kind: 'form' as const, form: plan.code, code: field.code, plan })),
  )
  const owner = findItemOwner(name, protocol.settings)
  if (owner) {
    const { instrument } = owner
    if (!protocol.visits.some(visit => visit.instruments.includes(instrument.code)))
      return err(`${name} belongs to ${instrument.name}, which this study does not use. Remove the column.`)
    if (!owner.item && instrument.reservedCodes.includes(name))
      return err(
        `${name} is derived from other records and is not read from a file. Remove the column, or record what it follows from.`,
      )
    return ok({ kind: 'instrument', form: instrument.code, code: name, instrument })
  }
  const [field, another] = fields
  if (!field)
    return err(
      `${name} is no parameter, item or form field of this study. Correct the name, or remove the column.`,
    )
  if (another)
    return err(`${name} is a field of ${field.form} and of ${another.form}. Write ${field.form}.${name}.`)
  return ok(field)
}
