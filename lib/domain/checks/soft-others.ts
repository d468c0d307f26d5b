import type { OtherForm } from '@/lib/domain/checks/soft-rule'

/** A form of a visit with its place of the body; `''`: the whole person, or no side. */
interface PlacedForm extends OtherForm {
  readonly location: string
  readonly laterality: string
}

/**
 * The forms of a visit that a form is compared with: every entry of each other form, so that none of several places is
 * passed over. Left out: other entries of the same form, and forms of another place or another side, since two discs
 * need not agree. A form of the whole person is compared with every place.
 * Example: the ODI beside MRI at L4/L5 and at L5/S1 → both; a plan for L4/L5 beside them → MRI at L4/L5.
 */
export function listOtherForms(form: PlacedForm, forms: readonly PlacedForm[]): readonly OtherForm[] {
  return forms.filter(
    other =>
      other.form !== form.form &&
      isSame(other.location, form.location) &&
      isSame(other.laterality, form.laterality),
  )
}

function isSame(one: string, other: string): boolean {
  return one === '' || other === '' || one === other
}
