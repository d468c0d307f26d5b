import type { Cell } from '@/lib/domain/exports/csv'
import type { ExportForm } from '@/lib/domain/exports/export-record'
import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportColumn, ExportTable } from '@/lib/domain/exports/export-table'
import { FIELD_TYPES } from '@/lib/domain/exports/field-columns'
import { idColumns, visitColumns } from '@/lib/domain/exports/shared-columns'
import type { Answer, Item } from '@/lib/domain/instruments/instrument'
import { findInstrument } from '@/lib/domain/instruments/registry'
import { UNLIMITED } from '@/lib/domain/instruments/unlimited'
import type { FormPlan, Protocol } from '@/lib/domain/protocol/protocol'
import { MISSING_REASONS } from '@/lib/domain/shared/missing'

/**
 * `items_long.csv`: what was answered, one row for each item of each form, the study's own forms included, in the order
 * of the form. An item that was left untouched has no row; every item of a form recorded as not done has one, with the
 * reason. A form that was entered again at the same visit is told apart in `instrument`: `EXAM#2`, `mri@L4/L5`.
 * Choices of several are joined by `|`, booleans are 1 and 0. Source: interfaces.md.
 * Example: `ADMSC,MEL,MEL-003,BL,odi,ODI_01,3,`.
 */
export function itemsLongTable(scope: ExportScope): ExportTable {
  const { protocol } = scope
  const order = new Map<string, readonly string[]>()
  const itemsOf = (form: string) => {
    const known = order.get(form) ?? listItemCodes(protocol, form)
    order.set(form, known)
    return known
  }
  return {
    file: 'items_long.csv',
    holds: 'One row for each answered item of each form, the study’s own forms included.',
    columns: itemsLongColumns(scope),
    values: describeItems(scope),
    rows: ({ participant, forms }) =>
      forms.flatMap(form => {
        const place = [protocol.study.code, participant.site, participant.subject, form.visit, nameForm(form)]
        return itemCells(form, itemsOf(form.form)).map(cells => [...place, ...cells])
      }),
  }
}

function nameForm({ form, location, laterality, repeat }: ExportForm): string {
  const place = [location, laterality].filter(Boolean).map(part => `@${part}`)
  return [form, ...place, ...(repeat > 1 ? [`#${repeat}`] : [])].join('')
}

function itemCells(form: ExportForm, codes: readonly string[]): Cell[][] {
  if (form.notDoneReason !== null) return codes.map(code => [code, null, form.notDoneReason])
  const others = Object.keys(form.answers).filter(code => !codes.includes(code))
  return [...codes, ...others.sort()].flatMap(code => {
    const answer = form.answers[code]
    return answer ? [[code, answerCell(answer), 'missing' in answer ? answer.missing : null]] : []
  })
}

function answerCell(answer: Answer): Cell {
  if ('missing' in answer) return null
  return typeof answer.value === 'object' ? answer.value.join('|') : answer.value
}

function listItemCodes(protocol: Protocol, form: string): readonly string[] {
  const instrument = findInstrument(form)
  if (instrument) return instrument.items(protocol.settings).map(item => item.code)
  return (protocol.forms.find(plan => plan.code === form)?.fields ?? []).map(field => field.code)
}

function itemsLongColumns(scope: ExportScope): ExportColumn[] {
  const visit = visitColumns(scope).filter(column => column.variable === 'visit')
  return [
    ...idColumns(scope),
    ...visit,
    {
      variable: 'instrument',
      label: 'Instrument, or form of the study',
      type: 'code',
      derivation: 'Entered again at the same visit: followed by @location, @side and #number, as EXAM#2',
    },
    { variable: 'item', label: 'Item of the form', type: 'code', derivation: 'See the lines item=…' },
    {
      variable: 'value',
      label: 'What was answered',
      type: 'text',
      missingCodes: 'empty, with missing_reason',
      derivation: 'Numbers, codes, dates or text as the lines item=… say; several choices are joined by |',
    },
    {
      variable: 'missing_reason',
      label: 'Why there is no answer',
      type: 'code',
      codes: MISSING_REASONS.join('|'),
    },
  ]
}

function describeItems({ protocol }: ExportScope): ExportColumn[] {
  const instruments = new Set(protocol.visits.flatMap(visit => visit.instruments))
  const forms = new Set(protocol.visits.flatMap(visit => visit.forms))
  return [
    ...[...instruments].flatMap(code => {
      const instrument = findInstrument(code)
      if (!instrument) return []
      const total = instrument.total(protocol.settings)
      const items = [...instrument.items(protocol.settings), ...(total ? [total] : [])]
      return items.map(item => describeItem(item, instrument.name, instrument.source))
    }),
    ...protocol.forms.filter(form => forms.has(form.code)).flatMap(describeForm),
  ]
}

function describeItem(item: Item, instrument: string, source: string): ExportColumn {
  return {
    variable: `item=${item.code}`,
    label: `${item.label} (${instrument})`,
    type: item.decimals ? 'decimal' : 'integer',
    range: `${item.min} to ${item.max}`,
    ...(item.unit ? { unit: item.unit } : {}),
    ...(item.choices ? { codes: item.choices.map(({ value, label }) => `${value}=${label}`).join('|') } : {}),
    ...(item.mayBeUnlimited ? { codes: `${UNLIMITED}=no limit` } : {}),
    missingCodes: MISSING_REASONS.join('|'),
    source,
  }
}

function describeForm(form: FormPlan): ExportColumn[] {
  return form.fields.map(field => ({
    variable: `item=${field.code}`,
    label: `${field.label} (${form.label})`,
    type: FIELD_TYPES[field.type],
    ...(field.unit ? { unit: field.unit } : {}),
    ...(field.range ? { range: `${field.range[0]} to ${field.range[1]}` } : {}),
    ...(field.choices ? { codes: field.choices.map(({ code, label }) => `${code}=${label}`).join('|') } : {}),
    missingCodes: (field.missingCodes ?? MISSING_REASONS).join('|'),
    source: `Form ${form.code} of the study`,
  }))
}
