import { findInstrument, findItemOwner } from '@/lib/domain/instruments/registry'
import type { FormField, FormPlan, Protocol } from '@/lib/domain/protocol/protocol'
import { describeError, type ProtocolError, suggestName } from '@/lib/domain/protocol/protocol-error'

/** The columns that the tidy CSV has of its own. Source: protocols/README.md. */
const TIDY_COLUMNS = ['subject', 'site', 'arm', 'visit', 'visit_date']

/**
 * Refuses forms that could not be entered or told apart: a code that a registered instrument, item or column of the
 * tidy CSV has already; choices missing or out of place; an empty range; `showIf` on a field that does not come
 * earlier, or equal to what that field can never be.
 * Errors: one for each finding. Source: protocols/README.md, `forms`.
 * Example: a `choice` field without `choices` → error at `forms[0].fields[1].choices`.
 */
export function checkForms(protocol: Pick<Protocol, 'forms' | 'settings'>): readonly ProtocolError[] {
  return protocol.forms.flatMap((form, index) => {
    const path = `forms[${index}]`
    const named = findInstrument(form.code)
      ? [describeError(`${path}.code`, form.code, 'A registered instrument has this code. Choose another.')]
      : []
    const fields = form.fields.flatMap((field, position) => {
      const at = `${path}.fields[${position}]`
      return [
        ...checkCode(protocol, form, position, at),
        ...checkChoices(field, at),
        ...checkRange(field, at),
        ...checkShowIf(form, position, at),
      ]
    })
    return [...named, ...fields]
  })
}

function checkCode(
  protocol: Pick<Protocol, 'settings'>,
  form: FormPlan,
  position: number,
  at: string,
): ProtocolError[] {
  const code = form.fields[position]?.code ?? ''
  const refuse = (text: string) => [describeError(`${at}.code`, code, text)]
  const isSame = (other: string) => other.toLowerCase() === code.toLowerCase()
  if (form.fields.slice(0, position).some(field => isSame(field.code))) {
    return refuse('An earlier field of this form has the same code. Give each its own; case does not count.')
  }
  if (TIDY_COLUMNS.some(isSame)) return refuse('Import files have a column of this name. Choose another.')
  const owner = findItemOwner(code.toUpperCase(), protocol.settings)
  return owner ? refuse(`This is a column of instrument ${owner.instrument.code}. Choose another.`) : []
}

function checkChoices(field: FormField, at: string): ProtocolError[] {
  const choices = field.choices ?? []
  const isListed = field.type === 'choice' || field.type === 'multi'
  if (isListed && choices.length === 0) {
    return [
      describeError(`${at}.choices`, field.choices, 'List at least one choice, each with code and label.'),
    ]
  }
  if (!isListed && field.choices) {
    const text = `A field of type ${field.type} has no choices. Leave them out, or make it choice or multi.`
    return [describeError(`${at}.choices`, field.choices, text)]
  }
  return choices.flatMap((choice, index) =>
    choices.slice(0, index).some(earlier => earlier.code === choice.code)
      ? [
          describeError(
            `${at}.choices[${index}].code`,
            choice.code,
            'Given twice. Give each choice its own code.',
          ),
        ]
      : [],
  )
}

function checkRange(field: FormField, at: string): ProtocolError[] {
  if (!field.range) return []
  if (field.type !== 'integer' && field.type !== 'decimal') {
    return [
      describeError(`${at}.range`, field.range, `A field of type ${field.type} has no range. Leave it out.`),
    ]
  }
  const [low, high] = field.range
  if (low < high) return []
  return [describeError(`${at}.range`, field.range, 'Give the lower end first and the higher end second.')]
}

function checkShowIf(form: FormPlan, position: number, at: string): ProtocolError[] {
  const showIf = form.fields[position]?.showIf
  if (!showIf) return []
  const earlier = form.fields.slice(0, position)
  const field = earlier.find(candidate => candidate.code === showIf.field)
  if (!field) {
    const remedy = suggestName(
      showIf.field,
      earlier.map(candidate => candidate.code),
    )
    const text = `No earlier field of this form has this code. ${remedy}`
    return [describeError(`${at}.showIf.field`, showIf.field, text.trim())]
  }
  const wanted = expectedEquals(field)
  return !wanted || wanted.allows(showIf.equals)
    ? []
    : [
        describeError(
          `${at}.showIf.equals`,
          showIf.equals,
          `${field.code} can never be this. Use ${wanted.text}.`,
        ),
      ]
}

/** What a field can equal; null for text and dates, which any text may equal. */
function expectedEquals(field: FormField): { allows(value: unknown): boolean; text: string } | null {
  if (field.type === 'boolean') return { allows: value => typeof value === 'boolean', text: 'true or false' }
  if (field.type === 'integer' || field.type === 'decimal') {
    return { allows: value => typeof value === 'number', text: 'a number' }
  }
  if (field.type !== 'choice' && field.type !== 'multi') {
    return { allows: value => typeof value === 'string', text: 'a text' }
  }
  const codes = (field.choices ?? []).map(choice => choice.code)
  return { allows: value => codes.some(code => code === value), text: `one of ${codes.join(', ')}` }
}
