'use client'

import { useRef } from 'react'
import { useControlId, useFormState } from '@/app/_ui/form'
import { ValueHistory } from '@/app/_ui/value-history'
import { MODE_LABELS, SOURCE_LABELS } from '@/lib/format/answers'
import { formatDate } from '@/lib/format/dates'
import type { VisitView } from '@/lib/schemas/visit-view'
import { isDateQuestion, isOnDosingDay, listDosingDayQuestions } from './date-questions'
import { useEntry } from './entry-state'
import { ItemQuestion } from './item-question'
import type { LiveForm } from './live-form'
import { readDate, textOf } from './posted'

/** Date, contact and source of the whole visit; a form may differ from it. */
export function VisitSettingsFields({ isNext }: { isNext: boolean }) {
  const { view, posted, forms, isLive } = useEntry()
  const state = useFormState()
  const asksBefore =
    isOnDosingDay(view, readDate(textOf(posted, '~visit.date'))) ||
    textOf(posted, '~visit.before') !== '' ||
    state.questions.some(question => question.code === 'dosingDay')
  const asked = forms.filter(form => !form.hasOwnDate).flatMap(form => form.questions.filter(isDateQuestion))
  const questions = [...new Map(asked.map(question => [question.key, question])).values()]
  return (
    <>
      <div className="meta">
        <SettingText
          name="~visit.date"
          label="Visit date"
          placeholder="d Mmm yyyy"
          isNext={isNext}
          history={view.visit.history}
          today={{
            text: formatDate(view.today),
            isOffered: isLive && textOf(posted, '~visit.date') === '',
          }}
        />
        <SettingSelect name="~visit.mode" label="Contact" options={MODE_LABELS} none="Not recorded" />
        <SettingSelect name="~visit.source" label="Source" options={SOURCE_LABELS} none="Not recorded" />
        {asksBefore && (
          <SettingSelect
            name="~visit.before"
            label="On this dosing day"
            options={BEFORE}
            none="Choose…"
            question={listDosingDayQuestions(view, forms, posted).get('~visit.before')}
          />
        )}
      </div>
      {questions.map((question, index) => (
        <ItemQuestion
          key={question.key}
          id={`visit-check-${index}`}
          text={question.text}
          checkKey={question.key}
          posted={posted}
        />
      ))}
    </>
  )
}

const BEFORE = { yes: 'Before the treatment', no: 'After the treatment' }

const OWN_MODES = { ...MODE_LABELS, none: 'Not recorded' }
const OWN_SOURCES = { ...SOURCE_LABELS, none: 'Not recorded' }

const OWN_SETTINGS = [
  ['~date', 'date'],
  ['~mode', 'contact'],
  ['~source', 'source'],
  ['~before', 'before the treatment'],
] as const

/** What differs for one form: imaging, posted questionnaires and the clinic have days of their own. */
export function FormSettingsFields({ form, name }: { form: LiveForm; name: string }) {
  const { start, posted, view } = useEntry()
  const state = useFormState()
  const { key, history } = form.view
  const names = ['~date', '~mode', '~source', '~before'].map(setting => `${key}.${setting}`)
  const isOpen = names.some(field => textOf(start, field) !== '' || state.errors[field])
  const questions = form.hasOwnDate ? form.questions.filter(isDateQuestion) : []
  const dosing = listDosingDayQuestions(view, [form], posted).get(`${key}.~before`)
  return (
    <details className="extra" open={isOpen || undefined}>
      <summary>{isOpen ? 'Differs from the visit' : 'Other date, contact or source'}</summary>
      <div className="meta">
        <SettingText name={`${key}.~date`} label="Assessment date" placeholder="as the visit" />
        <SettingSelect name={`${key}.~mode`} label="Contact" options={OWN_MODES} none="As the visit" />
        <SettingSelect name={`${key}.~source`} label="Source" options={OWN_SOURCES} none="As the visit" />
        {(isOnDosingDay(view, form.hasOwnDate ? form.date : null) ||
          textOf(start, `${key}.~before`) !== '') && (
          <SettingSelect
            name={`${key}.~before`}
            label="On this dosing day"
            options={BEFORE}
            none={form.hasOwnDate ? 'Choose…' : 'As the visit'}
            question={dosing}
          />
        )}
        <span className="whens">
          {OWN_SETTINGS.map(([setting, words]) => (
            <ValueHistory key={setting} name={`${name}, ${words}`} changes={history[setting] ?? []} />
          ))}
        </span>
      </div>
      {questions.map((question, index) => (
        <ItemQuestion
          key={question.key}
          id={`${key}-date-check-${index}`}
          text={question.text}
          checkKey={question.key}
          posted={posted}
        />
      ))}
    </details>
  )
}

function SettingText(props: {
  name: string
  label: string
  placeholder: string
  /** Entry goes on here. */
  isNext?: boolean
  history?: VisitView['visit']['history']
  /** Offered as a button; never filled in unasked. */
  today?: { readonly text: string; readonly isOffered: boolean }
}) {
  const { name, label, placeholder, today } = props
  const { start, sent, follow } = useEntry()
  const input = useRef<HTMLInputElement>(null)
  const id = useControlId(name)
  const error = useFormState().errors[name]
  return (
    <div className="fld" data-problem={error ? 'error' : undefined}>
      <span className="labelled">
        <label htmlFor={id}>{label}</label>
        {props.history && <ValueHistory name="the day of the visit" changes={props.history} />}
        {today && (
          <button
            type="button"
            title={today.text}
            // It keeps its place: a page that moves when the date is left loses the click on a rating below.
            className={`btn quiet sm today ${today.isOffered ? '' : 'invisible'}`}
            onClick={() => {
              if (input.current) input.current.value = today.text
              follow()
            }}
          >
            Today
          </button>
        )}
      </span>
      <input
        key={sent}
        ref={input}
        id={id}
        name={name}
        type="text"
        size={12}
        autoComplete="off"
        // biome-ignore lint/a11y/noAutofocus: the person asked for the next visit, whose first question this is
        autoFocus={props.isNext}
        data-today=""
        placeholder={placeholder}
        defaultValue={textOf(start, name)}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
      />
      {error && (
        <small id={`${id}-error`} className="t-danger">
          {error}
        </small>
      )}
    </div>
  )
}

function SettingSelect(props: {
  name: string
  label: string
  options: Readonly<Record<string, string>>
  none: string
  /** To be answered here before the visit can be saved. */
  question?: string | undefined
}) {
  const { start, sent } = useEntry()
  const id = useControlId(props.name)
  const error = useFormState().errors[props.name]
  const { question } = props
  return (
    <div className="fld" data-problem={error ? 'error' : question ? 'question' : undefined}>
      <label htmlFor={id}>{props.label}</label>
      <select
        key={sent}
        id={id}
        name={props.name}
        defaultValue={textOf(start, props.name)}
        aria-invalid={error || question ? true : undefined}
        aria-describedby={error || question ? `${id}-error` : undefined}
      >
        <option value="">{props.none}</option>
        {Object.entries(props.options).map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
      {(error || question) && (
        <small id={`${id}-error`} className={error ? 't-danger' : 't-warn'}>
          {error ?? question}
        </small>
      )}
    </div>
  )
}
