import { type CheckCondition, type CheckPlan, isChangeCheck } from '@/lib/domain/checks/check-plan'
import { formatMissingReason } from '@/lib/domain/instruments/missing-label'
import { findInstrument, findItemOwner, findParameter } from '@/lib/domain/instruments/registry'
import { deriveRescueRule, INTERVENTION_LABELS } from '@/lib/domain/outcomes/rescue'
import type {
  FormField,
  FormPlan,
  Offset,
  Protocol,
  ResponderCondition,
  TreatmentPlan,
} from '@/lib/domain/protocol/protocol'
import { listDoseFields } from '@/lib/domain/treatments/dose-form'

/** Example: 6 months → `6 months`; −14 days → `14 days before`; 0 → `Day zero`. */
export function formatOffset({ value, unit }: Offset): string {
  if (value === 0) return 'Day zero'
  const amount = Math.abs(value)
  const name = amount === 1 ? unit.slice(0, -1) : unit
  return value < 0 ? `${amount} ${name} before` : `${amount} ${name}`
}

/** Example: `10 million cells; intradiscal; optional; not before 6 months after the first; cell product recorded`. */
export function describeTreatment(plan: TreatmentPlan): string {
  const { dose, route, optional, notBefore, condition, cellProduct, arms } = plan
  const isCells = listDoseFields(plan).some(({ code }) => code === 'PRODUCT')
  const parts = [
    dose ? `${dose.value} ${dose.unit}` : null,
    route,
    arms ? `for ${arms.join(', ')}` : null,
    optional ? 'optional' : null,
    notBefore && notBefore.value > 0 ? `not before ${formatOffset(notBefore)} after the first` : null,
    condition ? `with ${condition}` : null,
    `${isCells ? 'cell product' : 'lot'} recorded${cellProduct === undefined ? ' (default)' : ''}`,
  ]
  return parts.filter(part => part).join('; ')
}

/** Example: `Rescue: surgery, injection after the first dose, or day zero where none was given.` */
export function describeRescueRule(protocol: Protocol): string {
  const { interventions, after, isDefault } = deriveRescueRule(protocol)
  const kinds = interventions.map(kind => INTERVENTION_LABELS[kind].toLowerCase()).join(', ')
  const event = after === 'dayZero' ? 'day zero' : 'the first dose, or day zero where none was given'
  const rule = kinds === '' ? 'no intervention counts' : `${kinds} after ${event}`
  return `Rescue: ${rule}${isDefault ? ' (default; the protocol does not say)' : ''}.`
}

/** Example: `average pain improves by at least 30 %`; rules within a rule stand in brackets. */
export function describeCondition(protocol: Protocol, condition: ResponderCondition): string {
  const when = condition.visits ? ` at ${condition.visits.join(' and ')}` : ''
  if ('parameter' in condition) {
    const { atLeast, above, unit } = condition.improvement
    const limit = atLeast === undefined ? `more than ${above}` : `at least ${atLeast}`
    return `${nameOf(protocol, condition.parameter)} improves by ${limit} ${unit === 'percent' ? '%' : 'points'}${when}`
  }
  const [parts, word] = 'all' in condition ? [condition.all, ' and '] : [condition.any, ' or ']
  const told = parts.map(part => describeCondition(protocol, part)).join(word)
  return when === '' && parts.length === 1 ? told : `(${told})${when}`
}

/** Example: `Asked where average pain differs from the last visit by 4 or more.` */
export function describeCheck(protocol: Protocol, check: CheckPlan): string {
  const said = check.text === undefined ? '' : ` “${check.text}”`
  if (isChangeCheck(check)) {
    const name = nameOf(protocol, check.parameter ?? check.item ?? '', check.form)
    return `Asked where ${name} differs from the last visit by ${check.changeFromLast.atLeast} or more.${said}`
  }
  const both = [check.when, check.and].map(one => describeLimit(protocol, one)).join(' and ')
  return `Asked where ${both}.${said}`
}

function describeLimit(protocol: Protocol, { item, form, equals, atLeast, atMost }: CheckCondition): string {
  const name = nameOf(protocol, item, form)
  if (atLeast !== undefined) return `${name} is ${atLeast} or more`
  if (atMost !== undefined) return `${name} is ${atMost} or less`
  if (typeof equals === 'boolean') return `${name} is ${equals ? 'yes' : 'no'}`
  return `${name} is ${equals}`
}

/** The label of a parameter, an item or a field, as it stands within a sentence. */
function nameOf({ settings, forms }: Protocol, code: string, form?: string): string {
  const fields = forms.filter(one => form === undefined || one.code === form).flatMap(one => one.fields)
  const label =
    findParameter(code, settings)?.parameter.label ??
    findItemOwner(code, settings)?.item?.label ??
    fields.find(field => field.code === code)?.label ??
    code
  return label.replace(/^([A-Z])(?=[a-z])/, letter => letter.toLowerCase())
}

/** The forms that a second person enters again, by name. Example: `Pain rating (NPRS), Examination`. */
export function listDoubleEntryForms({ doubleEntry, forms }: Protocol): string {
  const name = (code: string) =>
    findInstrument(code)?.name ?? forms.find(form => form.code === code)?.label ?? code
  return (doubleEntry?.forms ?? []).map(name).join(', ')
}

/** How often a form is entered at a visit. Example: `once for each of L4/L5, L5/S1`. */
export function describeRepeats({ locations, repeating }: FormPlan): string {
  const parts = [
    locations ? `once for each of ${locations.join(', ')}` : null,
    repeating ? 'as often as needed' : null,
  ]
  return parts.filter(part => part).join('; ') || 'once'
}

const TYPES: Readonly<Record<FormField['type'], string>> = {
  integer: 'whole number',
  decimal: 'number',
  text: 'text',
  choice: 'one of',
  multi: 'any of',
  date: 'date',
  partialDate: 'date, in part where no more is known',
  boolean: 'yes or no',
}

/** Example: `Body mass index: number, kg/m², 12 to 70, required`. */
export function describeField(field: FormField, all: readonly FormField[]): string {
  const { label, type, unit, range, choices, required, showIf, missingCodes } = field
  const answers = choices?.map(choice => choice.label).join(' / ')
  const parent = all.find(({ code }) => code === showIf?.field)?.label ?? showIf?.field
  const value = typeof showIf?.equals === 'boolean' ? (showIf.equals ? 'yes' : 'no') : showIf?.equals
  const parts = [
    answers ? `${TYPES[type]} ${answers}` : TYPES[type],
    unit,
    range ? `${range[0]} to ${range[1]}` : null,
    required ? 'required' : null,
    showIf ? `asked where ${parent} is ${value}` : null,
    missingCodes?.length
      ? `may be ${missingCodes.map(code => formatMissingReason(code).toLowerCase()).join(' / ')}`
      : null,
  ]
  return `${label}: ${parts.filter(part => part).join(', ')}`
}
