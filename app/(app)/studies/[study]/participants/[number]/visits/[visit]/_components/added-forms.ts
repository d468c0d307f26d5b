import { type FormPlace, formatFormKey, parseFormKey } from '@/lib/schemas/form-key'
import type { FormView, VisitView } from '@/lib/schemas/visit-view'
import type { Posted } from './posted'

/** Keys of the forms that controls hold: a form that was added comes back with what was typed. */
export function listPostedForms(posted: Posted): readonly string[] {
  return Object.keys(posted).flatMap(name =>
    name.endsWith('.~version') ? name.slice(0, -'.~version'.length) : [],
  )
}

/** The page with the forms of these keys, each empty and after the last of its kind. Keys of no form are left out. */
export function withAdded(view: VisitView, keys: readonly string[]): VisitView {
  let { forms } = view
  for (const key of new Set(keys)) {
    const place = parseFormKey(key)
    const isAddable = place && view.addable.some(({ code }) => code === place.code)
    const index = forms.findLastIndex(form => form.code === place?.code)
    if (!isAddable || index < 0 || forms.some(form => form.key === key)) continue
    forms = forms.toSpliced(index + 1, 0, emptyForm(place))
  }
  return forms === view.forms ? view : { ...view, forms }
}

/** Of its place the first that is not on the page yet. */
export function nextOf(
  view: VisitView,
  { code, location, laterality }: Omit<FormPlace, 'repeat'>,
): FormPlace {
  const same = view.forms.filter(
    form => form.code === code && form.location === location && form.laterality === laterality,
  )
  return { code, location, laterality, repeat: Math.max(0, ...same.map(form => form.repeat)) + 1 }
}

function emptyForm(place: FormPlace): FormView {
  return {
    key: formatFormKey(place),
    ...place,
    version: null,
    answers: {},
    own: { date: '', mode: '', source: '', before: '', notDone: '' },
    confirmed: {},
    last: null,
    history: {},
  }
}
