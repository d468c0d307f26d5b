'use client'

import { useEffect, useRef, useState } from 'react'
import { parseFieldValue } from '@/lib/domain/instruments/field-value'
import { isFieldShown } from '@/lib/domain/instruments/form'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { formatMissingReason } from '@/lib/domain/instruments/missing-label'
import { type RawAnswers, readTexts } from '@/lib/domain/instruments/raw-answers'
import type { LogField } from '@/lib/domain/logs/log'
import type { FormPlan } from '@/lib/domain/protocol/protocol'
import { DateField, RadioField, SelectField, TextAreaField, TextField } from './fields'
import { useFormState } from './form'
import { MultiField } from './multi-field'

/** What begins the name of every control of an entry. */
const GROUP = 'answers.'

/** More choices than these are a list to open. */
const MOST_RADIOS = 5

const JUDGES = { investigator: 'the investigator', dataManager: 'the data manager' } as const

interface Entry {
  readonly plan: FormPlan
  readonly fields: readonly LogField[]
  /** Codes of the fields that the person may fill in. */
  readonly mine: readonly string[]
  /** Stored or preset values by name of the control. */
  readonly values: RawAnswers
  /** Stored values in words, by label: of the fields that somebody else judges. */
  readonly told: readonly { readonly label: string; readonly text: string }[]
}

/**
 * The fields of a log as controls, from their definition alone. A field that depends on another is there once it applies;
 * without JavaScript all are there, and each says when it applies.
 */
export function LogFields(entry: Entry) {
  const { sent } = useFormState()
  const box = useRef<HTMLDivElement>(null)
  // Null until the browser runs: then every field is drawn.
  const [typed, setTyped] = useState<RawAnswers | null>(null)
  const read = () => setTyped(readTyped(box.current, entry.values))
  // biome-ignore lint/correctness/useExhaustiveDependencies: read anew once the controls were drawn afresh
  useEffect(read, [sent])
  const answers = typed && parseLeniently(entry.fields, { ...keptValues(entry), ...typed })
  const shown = entry.fields.filter(field => !answers || isFieldShown(entry.plan, field, answers))
  return (
    <div ref={box} onChange={read} className="logfields">
      {groupFields(shown).map(({ title, fields }) =>
        fields.some(({ code }) => entry.mine.includes(code)) ? (
          <FieldGroup key={title ?? ''} title={title}>
            {fields.map(field => (
              <OneField key={field.code} field={field} entry={entry} isLive={answers !== null} />
            ))}
          </FieldGroup>
        ) : (
          <ToldGroup key={title ?? ''} title={title} fields={fields} told={entry.told} />
        ),
      )}
    </div>
  )
}

function FieldGroup({ title, children }: { title: string | null; children: React.ReactNode }) {
  if (title === null) return <div>{children}</div>
  return (
    <fieldset className="group">
      <legend>{title}</legend>
      {children}
    </fieldset>
  )
}

function OneField({ field, entry, isLive }: { field: LogField; entry: Entry; isLive: boolean }) {
  if (!entry.mine.includes(field.code)) return <JudgedElsewhere field={field} told={entry.told} />
  const control = (
    <Control field={field} values={entry.values} note={isLive ? null : describeCondition(entry, field)} />
  )
  if (!field.missingCodes?.length) return control
  return (
    <div className="orwhy">
      {control}
      <SelectField
        name={`${GROUP}${field.code}.missing`}
        label={`${field.label}: why it is missing`}
        value={entry.values[`${field.code}.missing`]?.[0] ?? null}
        placeholder="Not missing"
        options={field.missingCodes.map(code => ({ value: code, label: formatMissingReason(code) }))}
      />
    </div>
  )
}

/** One field of somebody else among one's own. */
function JudgedElsewhere({ field, told }: { field: LogField; told: Entry['told'] }) {
  return (
    <div className="fld">
      <span>{field.label}</span>
      <p className="ink">{tellField(field, told)}</p>
      <small className="ink3">{nameJudge(field)}</small>
    </div>
  )
}

/** A whole group of somebody else, to be read at a glance. */
function ToldGroup(props: { title: string | null; fields: readonly LogField[]; told: Entry['told'] }) {
  const { title, fields, told } = props
  return (
    <section className="group told">
      <p className="title">
        {title}{' '}
        {[...new Set(fields.map(nameJudge))].map(judge => (
          <span key={judge}>{judge}</span>
        ))}
      </p>
      <dl>
        {fields.map(field => (
          <div key={field.code}>
            <dt className="ink3">{field.label}</dt>
            <dd className="ink">{tellField(field, told)}</dd>
          </div>
        ))}
      </dl>
    </section>
  )
}

function tellField({ label }: LogField, told: Entry['told']): string {
  return told.find(one => one.label === label)?.text ?? '–'
}

function nameJudge({ judgedBy }: LogField): string {
  return judgedBy ? `Judged by ${JUDGES[judgedBy]}` : 'Filled in by the coordinator'
}

function Control(props: { field: LogField; values: RawAnswers; note: string | null }) {
  const { field, values, note } = props
  const name = GROUP + field.code
  const label = field.unit ? `${field.label}, ${field.unit}` : field.label
  const hint = [field.hint ?? HINTS[field.type], note].filter(Boolean).join('. ')
  const common = {
    name,
    label,
    value: values[field.code]?.[0] ?? null,
    required: field.required === true && note === null,
    ...(hint ? { hint } : {}),
  }
  const clears = !field.required
  switch (field.type) {
    case 'boolean':
      return <RadioField {...common} options={YES_NO} clears={clears} />
    case 'choice': {
      const options = (field.choices ?? []).map(({ code, label: text }) => ({ value: code, label: text }))
      return options.length <= MOST_RADIOS ? (
        <RadioField {...common} options={options} clears={clears} />
      ) : (
        <SelectField {...common} options={options} />
      )
    }
    case 'multi':
      return <MultiField {...common} values={values[field.code] ?? []} choices={field.choices ?? []} />
    case 'date':
    case 'partialDate':
      return <DateField {...common} />
    case 'integer':
    case 'decimal':
      return <TextField {...common} inputMode={field.type === 'integer' ? 'numeric' : 'decimal'} size={10} />
    case 'text':
      if (field.long) return <TextAreaField {...common} />
      return <TextField {...common} suggestions={field.suggestions} size={40} />
  }
}

const YES_NO = [
  { value: 'yes', label: 'Yes' },
  { value: 'no', label: 'No' },
] as const

const HINTS: Readonly<Partial<Record<LogField['type'], string>>> = {
  date: 'For example 16 Apr 2026',
  partialDate: 'As much as is known: 2026, Apr 2026 or 16 Apr 2026',
}

/** When a field applies, in words. Example: `Only if “Still present” is No`. */
function describeCondition({ fields }: Entry, field: LogField): string | null {
  const parent = fields.find(({ code }) => code === field.showIf?.field)
  if (!parent || !field.showIf) return null
  const { equals } = field.showIf
  const choice = parent.choices?.find(({ code }) => code === equals)?.label
  const value = typeof equals === 'boolean' ? (equals ? 'Yes' : 'No') : (choice ?? String(equals))
  return `Only if “${parent.label}” is ${value}`
}

/** Fields in order under their headings; a field without one stands under that of the field before. */
function groupFields(fields: readonly LogField[]): { title: string | null; fields: LogField[] }[] {
  const groups: { title: string | null; fields: LogField[] }[] = []
  for (const field of fields) {
    const last = groups.at(-1)
    if (!last || (field.group !== undefined && field.group !== last.title))
      groups.push({ title: field.group ?? null, fields: [field] })
    else last.fields.push(field)
  }
  return groups
}

/** What the controls hold now, by name without the group. */
function readTyped(box: HTMLElement | null, stored: RawAnswers): RawAnswers {
  const form = box?.closest('form')
  if (!form) return stored
  const typed: Record<string, string[]> = {}
  for (const [name, value] of new FormData(form)) {
    if (!name.startsWith(GROUP) || typeof value !== 'string') continue
    const code = name.slice(GROUP.length)
    typed[code] = [...(typed[code] ?? []), value]
  }
  return typed
}

/** Stored values of fields that have no control here. */
function keptValues({ fields, mine, values }: Entry): RawAnswers {
  const others = fields.filter(({ code }) => !mine.includes(code))
  return Object.fromEntries(others.map(({ code }) => [code, values[code] ?? []]))
}

/** What can be read of it already; what is wrong is said when it is saved. */
function parseLeniently(fields: readonly LogField[], raw: RawAnswers): Answers {
  return Object.fromEntries(
    fields.flatMap(field => {
      const texts = readTexts(raw, field.code)
      const value = texts.length > 0 ? parseFieldValue(field, texts) : null
      return value?.ok ? [[field.code, { value: value.value }]] : []
    }),
  )
}
