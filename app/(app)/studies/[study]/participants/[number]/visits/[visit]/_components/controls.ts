import type { ScaleOption } from '@/app/_ui/scale-field'
import type { FormDefinition } from '@/lib/domain/instruments/form-definition'
import type { Item } from '@/lib/domain/instruments/instrument'
import { formatMissingReason, listMissingReasons } from '@/lib/domain/instruments/missing-label'
import type { FormField, FormPlan, Settings } from '@/lib/domain/protocol/protocol'

/** How one item or field is asked: by a bar of choices, several boxes, or text. */
export interface Control {
  readonly code: string
  readonly label: string
  readonly kind: 'scale' | 'boxes' | 'tick' | 'text' | 'longText'
  readonly options: readonly ScaleOption[]
  readonly unit: string | undefined
  readonly hint: string | undefined
  /** Under which answer to another field it is asked, in words. */
  readonly condition: string | undefined
  /** Ends of the scale. */
  readonly anchors: readonly [string, string] | undefined
  readonly missing: readonly { readonly value: string; readonly label: string }[]
  readonly mayBeTwoMarked: boolean
  readonly isNumber: boolean
  /** `U` stands for *unlimited*. */
  readonly mayBeUnlimited: boolean
  /** `T` stands for today. */
  readonly isDate: boolean
}

/** The controls of a form, in order. Fields that the answers hide are among them. */
export function listControls(form: FormDefinition, settings: Settings): readonly Control[] {
  return form.kind === 'instrument'
    ? form.instrument.items(settings).map(controlOfItem)
    : form.plan.fields.map(field => controlOfField(field, form.plan))
}

export function controlOfItem(item: Item): Control {
  return {
    ...blank(item),
    kind: item.type === 'number' ? 'text' : item.type === 'tick' ? 'tick' : 'scale',
    options: item.type === 'number' ? [] : item.type === 'scale' ? listSteps(item) : listLevels(item),
    unit: item.unit,
    condition: item.askedIf && `only if ${item.askedIf}`,
    hint: item.type === 'number' ? formatItemRange(item) : undefined,
    anchors: item.anchors,
    mayBeTwoMarked: item.mayBeTwoMarked === true,
    // A keyboard of digits alone has no letter for unlimited.
    isNumber: item.type === 'number' && !item.mayBeUnlimited,
    mayBeUnlimited: item.mayBeUnlimited === true,
  }
}

function controlOfField(field: FormField, plan: FormPlan): Control {
  const { type } = field
  const isChoice = type === 'choice' || type === 'multi'
  const choices = isChoice
    ? (field.choices ?? []).map((choice, index) => ({
        value: choice.code,
        label: choice.label,
        digit: digitOf(index + 1),
      }))
    : []
  const isNumber = type === 'integer' || type === 'decimal'
  return {
    ...blank(field),
    kind:
      type === 'multi'
        ? 'boxes'
        : isChoice || type === 'boolean'
          ? 'scale'
          : type === 'text'
            ? 'longText'
            : 'text',
    options: type === 'boolean' ? YES_NO : choices,
    unit: field.unit,
    hint: isNumber && field.range ? formatRange(field.range[0], field.range[1]) : HINTS[type],
    condition: describeCondition(field, plan),
    isNumber,
    isDate: type === 'date' || type === 'partialDate',
  }
}

function formatItemRange({ min, max, mayBeUnlimited }: Item): string {
  return `${formatRange(min, max)}${mayBeUnlimited ? ', or u for unlimited' : ''}`
}

/** As it stands in the protocol, with a true minus. */
function formatRange(lowest: number, highest: number): string {
  return `${lowest} to ${highest}`.replaceAll('-', '−')
}

function describeCondition({ showIf }: FormField, plan: FormPlan): string | undefined {
  const parent = showIf && plan.fields.find(field => field.code === showIf.field)
  if (!showIf || !parent) return undefined
  const { equals } = showIf
  const word =
    typeof equals === 'boolean'
      ? equals
        ? 'Yes'
        : 'No'
      : (parent.choices?.find(choice => choice.code === equals)?.label ?? String(equals))
  return `only if ${parent.label} is ${word}`
}

const YES_NO: readonly ScaleOption[] = [
  { value: 'true', label: 'Yes', digit: '1' },
  { value: 'false', label: 'No', digit: '0' },
]

const HINTS: Readonly<Partial<Record<FormField['type'], string>>> = {
  date: 'as 16 Apr 2026',
  partialDate: 'as 16 Apr 2026, Apr 2026 or 2026',
  text: 'no names of persons',
}

function blank(
  rule: Parameters<typeof listMissingReasons>[0] & { readonly code: string; readonly label: string },
): Control {
  return {
    code: rule.code,
    label: rule.label,
    kind: 'text',
    options: [],
    unit: undefined,
    hint: undefined,
    condition: undefined,
    anchors: undefined,
    missing: listMissingReasons(rule).map(reason => ({
      value: reason,
      label: formatMissingReason(reason, rule),
    })),
    mayBeTwoMarked: false,
    isNumber: false,
    mayBeUnlimited: false,
    isDate: false,
  }
}

function listSteps(item: Item): readonly ScaleOption[] {
  return Array.from({ length: item.max - item.min + 1 }, (_, index) => {
    const value = String(item.min + index)
    return { value, label: value, digit: digitOf(item.min + index) }
  })
}

function listLevels(item: Item): readonly ScaleOption[] {
  return (item.choices ?? []).map(({ value, label }) => ({
    value: String(value),
    // Some levels are written with their number; it stands before the words anyhow.
    label: label.replace(new RegExp(`^${value} `), ''),
    digit: digitOf(value),
  }))
}

/** One key each: ten is `T`. */
function digitOf(value: number): string | null {
  if (value === 10) return 't'
  return value >= 0 && value <= 9 ? String(value) : null
}
