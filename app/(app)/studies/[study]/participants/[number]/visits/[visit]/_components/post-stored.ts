import { findFormDefinition, formatRawAnswers } from '@/lib/domain/instruments/form-definition'
import { formatTextValue } from '@/lib/format/answers'
import type { VisitView } from '@/lib/schemas/visit-view'
import type { Posted } from './posted'

/** The controls as the stored visit fills them. */
export function postStored(view: VisitView): Posted {
  const posted: Record<string, readonly string[]> = {}
  const put = (name: string, text: string) => {
    if (text !== '') posted[name] = [text]
  }
  for (const [name, text] of Object.entries(view.page)) put(`~visit.${name}`, text)
  for (const form of view.forms) {
    for (const [name, text] of Object.entries(form.own)) put(`${form.key}.~${name}`, text)
    const definition = findFormDefinition({ forms: view.plans }, form.code)
    const fields = definition?.kind === 'plan' ? definition.plan.fields : []
    const items = definition?.kind === 'instrument' ? definition.instrument.items(view.settings) : []
    for (const [name, texts] of Object.entries(formatRawAnswers(form.answers))) {
      // A box that is not ticked posts nothing.
      if (texts[0] === '0' && items.find(item => item.code === name)?.type === 'tick') continue
      const type = fields.find(field => field.code === name)?.type
      posted[`${form.key}.${name}`] = texts.map(text => formatTextValue(type, text))
    }
  }
  return posted
}
