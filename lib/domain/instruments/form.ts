/** A study's own form as data: the same road as an instrument, without a score. */
import type { FieldProblem } from '@/lib/domain/checks/field-problem'
import type { Answers } from '@/lib/domain/instruments/instrument'
import type { FormField, FormPlan, Protocol } from '@/lib/domain/protocol/protocol'

/**
 * The form of that code; `undefined` if the protocol has none. Example: `findForm(admsc, 'EXAM')?.label` →
 * `'Examination'`.
 */
export function findForm(protocol: Pick<Protocol, 'forms'>, code: string): FormPlan | undefined {
  return protocol.forms.find(form => form.code === code)
}

/**
 * Whether a field is shown under the answers so far: it has no condition, or the field that it depends on is
 * itself shown and answered with that value (for `multi`: that value among others). A missing or blank answer
 * shows nothing. Throws where the condition names no field of the form: a protocol is refused for that before
 * it is stored.
 * Example: `showIf: { field: 'SMOKER', equals: true }` with `SMOKER` answered no → `false`.
 */
export function isFieldShown(plan: FormPlan, field: FormField, answers: Answers): boolean {
  return isShown(plan, field, answers, new Set())
}

/**
 * The fields to show, in order. Fields whose condition does not hold are neither shown nor expected.
 * Example: a form without conditions → all its fields.
 */
export function listShownFields(plan: FormPlan, answers: Answers): readonly FormField[] {
  return plan.fields.filter(field => isFieldShown(plan, field, answers))
}

/**
 * Shown fields that have neither an answer nor a reason, in order: what a partly entered form still lacks.
 */
export function listUnansweredFields(plan: FormPlan, answers: Answers): readonly FormField[] {
  return listShownFields(plan, answers).filter(field => answers[field.code] === undefined)
}

/**
 * Refuses a form as complete while a required field that is shown has neither an answer nor a reason.
 * A form saved in part is not checked for this. Example: required `BMI` blank → problem `required`.
 */
export function checkRequiredFields(plan: FormPlan, answers: Answers): readonly FieldProblem[] {
  return listUnansweredFields(plan, answers)
    .filter(field => field.required)
    .map(field => ({
      field: field.code,
      value: '',
      code: 'required',
      text: `${field.label} is needed to complete ${plan.label}. Enter it, or choose why it is missing.`,
    }))
}

function isShown(plan: FormPlan, field: FormField, answers: Answers, seen: ReadonlySet<string>): boolean {
  const condition = field.showIf
  if (!condition) return true
  if (seen.has(field.code)) throw new Error(`Fields of form ${plan.code} depend on each other in a circle`)
  const parent = plan.fields.find(candidate => candidate.code === condition.field)
  if (!parent) throw new Error(`${field.code} depends on ${condition.field}, which form ${plan.code} lacks`)
  if (!isShown(plan, parent, answers, new Set([...seen, field.code]))) return false
  const answer = answers[parent.code]
  if (!answer || 'missing' in answer) return false
  return typeof answer.value === 'object'
    ? answer.value.some(value => value === condition.equals)
    : answer.value === condition.equals
}
