/** Giving one reason to all that is still blank in a form. */
import { listUnansweredFields } from '@/lib/domain/instruments/form'
import { type FormDefinition, parseTypedForm } from '@/lib/domain/instruments/form-definition'
import { listMissingReasons } from '@/lib/domain/instruments/missing-label'
import { listUnanswered } from '@/lib/domain/instruments/parse-answers'
import type { RawAnswers } from '@/lib/domain/instruments/raw-answers'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { MissingReason } from '@/lib/domain/shared/missing'

/** `form`: nothing was entered, so that the reason is the whole form's; `items`: what was typed with the blanks filled. */
export type FilledForm = { readonly kind: 'form' } | { readonly kind: 'items'; readonly raw: RawAnswers }

/**
 * What a form becomes when all that is still blank gets one reason: a form without any answer is not done as
 * a whole, of a begun one each blank item that is asked. An item that does not take the reason gets the
 * first that it takes. A form with refused values stays as it is: its errors come first. Example: NPRS
 * average 4, worst blank, `declined` → `{ kind: 'items', raw: { NPRS_AVG: ['4'], 'NPRS_WORST.missing':
 * ['declined'] } }`.
 */
export function fillRemaining(
  form: FormDefinition,
  raw: RawAnswers,
  reason: MissingReason,
  settings: Settings,
): FilledForm {
  const parsed = parseTypedForm(form, raw, settings)
  if (!parsed.ok) return { kind: 'items', raw }
  if (Object.keys(parsed.value).length === 0) return { kind: 'form' }
  const blank =
    form.kind === 'instrument'
      ? listUnanswered(form.instrument, parsed.value, settings)
      : listUnansweredFields(form.plan, parsed.value)
  const given = blank.flatMap(item => {
    const reasons = listMissingReasons(item)
    const own = reasons.includes(reason) ? reason : reasons[0]
    return own ? [[`${item.code}.missing`, [own]] as const] : []
  })
  return { kind: 'items', raw: { ...raw, ...Object.fromEntries(given) } }
}
