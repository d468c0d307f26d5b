import { type CheckCondition, type CrossCheck, isChangeCheck } from '@/lib/domain/checks/check-plan'
import type { Item } from '@/lib/domain/instruments/instrument'
import { findItemOwner, findParameter } from '@/lib/domain/instruments/registry'
import { UNLIMITED } from '@/lib/domain/instruments/unlimited'
import type { FormField, Protocol } from '@/lib/domain/protocol/protocol'
import { describeError, type ProtocolError } from '@/lib/domain/protocol/protocol-error'

type Asked = Pick<Protocol, 'checks' | 'forms' | 'settings' | 'visits'>

/**
 * Refuses checks of the study's own that could never ask: a parameter or item that no form of any visit has,
 * a field whose form is not clear, a change of what is no number, a check of a field's change without a
 * text, a value that the item cannot have, bounds of what is no number, two answers of forms that no visit
 * has both of.
 * Errors: one for each finding. Source: protocols/README.md.
 * Example: `{ parameter: 'NPRS_AVGE', changeFromLast: { atLeast: 4 } }` → error at `checks[0].parameter`.
 */
export function checkChecks(protocol: Asked): readonly ProtocolError[] {
  return (protocol.checks ?? []).flatMap((check, index) => {
    const path = `checks[${index}]`
    if (!isChangeCheck(check)) {
      const found = [
        ...checkCondition(protocol, check.when, `${path}.when`),
        ...checkCondition(protocol, check.and, `${path}.and`),
      ]
      return found.length > 0 ? found : checkMeeting(protocol, check, path)
    }
    const { parameter, item, form, text } = check
    if (parameter !== undefined) return checkParameter(protocol, parameter, `${path}.parameter`)
    const found = checkItem(protocol, { item: item ?? '', form }, path)
    if (found.length > 0) return found
    const field = findFields(protocol, item ?? '', form)[0]?.field
    if (!field) return []
    if (field.type !== 'integer' && field.type !== 'decimal') {
      return [describeError(`${path}.item`, item, 'Only a number can change by so much. Name a number.')]
    }
    return text === undefined
      ? [describeError(`${path}.text`, text, 'Say what is asked; a field of a form has no text of its own.')]
      : []
  })
}

/** Two answers are compared within a visit, so that a check of forms that no visit has both of could never ask. */
function checkMeeting(protocol: Asked, { when, and }: CrossCheck, path: string): ProtocolError[] {
  const [one, other] = [findForm(protocol, when), findForm(protocol, and)]
  if (one === undefined || other === undefined || one === other) return []
  const doMeet = protocol.visits.some(({ instruments, forms }) => {
    const asked = [...instruments, ...forms]
    return asked.includes(one) && asked.includes(other)
  })
  const text = `No visit has both ${one} and ${other}, so their answers never meet. Name items of one visit.`
  return doMeet ? [] : [describeError(`${path}.and.item`, and.item, text)]
}

function findForm(protocol: Asked, { item, form }: CheckCondition): string | undefined {
  return findFields(protocol, item, form)[0]?.form ?? findItemOwner(item, protocol.settings)?.instrument.code
}

function checkCondition(protocol: Asked, condition: CheckCondition, path: string): ProtocolError[] {
  const found = checkItem(protocol, condition, path)
  if (found.length > 0) return found
  const { item, form, equals } = condition
  const field = findFields(protocol, item, form)[0]?.field
  const known = findItemOwner(item, protocol.settings)?.item
  const isNumber = field ? field.type === 'integer' || field.type === 'decimal' : true
  if (equals === undefined) {
    const text = 'Only a number has bounds. Give equals.'
    return isNumber ? [] : [describeError(`${path}.item`, item, text)]
  }
  const isPossible = field ? mayFieldBe(field, equals) : known != null && mayItemBe(known, equals)
  const text = 'No answer to this item has this value. Name one that it has, of the same kind.'
  return isPossible ? [] : [describeError(`${path}.equals`, equals, text)]
}

type Value = NonNullable<CheckCondition['equals']>

function mayItemBe(item: Item, value: Value): boolean {
  if (item.mayBeUnlimited && value === UNLIMITED) return true
  if (typeof value !== 'number') return false
  return item.choices
    ? item.choices.some(choice => choice.value === value)
    : value >= item.min && value <= item.max
}

function mayFieldBe({ type, range, choices }: FormField, value: Value): boolean {
  switch (type) {
    case 'integer':
    case 'decimal':
      return typeof value === 'number' && (!range || (value >= range[0] && value <= range[1]))
    case 'boolean':
      return typeof value === 'boolean'
    case 'choice':
    case 'multi':
      return choices?.some(choice => choice.code === value) === true
    default:
      return typeof value === 'string'
  }
}

function checkParameter(protocol: Asked, code: string, at: string): ProtocolError[] {
  const found = findParameter(code, protocol.settings)
  if (!found) return [describeError(at, code, 'No instrument yields this parameter under these settings.')]
  if (found.parameter.kind === 'profile') {
    return [describeError(at, code, 'A profile has no difference. Name its index or a dimension.')]
  }
  return isAsked(protocol, found.instrument.code)
    ? []
    : [describeError(at, code, `No visit has the instrument ${found.instrument.code}.`)]
}

function checkItem(
  protocol: Asked,
  { item, form }: Pick<CheckCondition, 'item' | 'form'>,
  path: string,
): ProtocolError[] {
  const fields = findFields(protocol, item, form)
  if (fields.length > 1) {
    const forms = fields.map(field => field.form).join(', ')
    return [describeError(`${path}.item`, item, `Several forms have this field: ${forms}. Add "form".`)]
  }
  if (fields.length === 1) return []
  const owner = findItemOwner(item, protocol.settings)
  if (!owner?.item || (form !== undefined && form !== owner.instrument.code)) {
    return [
      describeError(`${path}.item`, item, 'No item of an instrument and no field of a form has this code.'),
    ]
  }
  return isAsked(protocol, owner.instrument.code)
    ? []
    : [describeError(`${path}.item`, item, `No visit has the instrument ${owner.instrument.code}.`)]
}

function findFields(protocol: Asked, code: string, form: string | undefined) {
  return protocol.forms
    .filter(plan => form === undefined || plan.code === form)
    .flatMap(plan =>
      plan.fields.filter(field => field.code === code).map(field => ({ form: plan.code, field })),
    )
}

function isAsked({ visits }: Asked, instrument: string): boolean {
  return visits.some(visit => visit.instruments.includes(instrument))
}
