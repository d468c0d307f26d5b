'use client'

import type { ReactNode } from 'react'
import { LABEL_PREFIX } from '@/lib/schemas/form-state'
import { useControlId, useFormState } from './form'

interface FieldProps {
  name: string
  label: string
  hint?: string
  /** Shown when nothing was typed yet. */
  value?: string | null
  required?: boolean
  autoFocus?: boolean
}

interface FieldState {
  id: string
  value: string
  error: string | undefined
  /** React resets a form after an action; a new key draws the control afresh with the value that came back. */
  key: string
}

/** What a control shows: the value that came back with a refusal, else the stored one; and its error. */
export function useField(name: string, stored: string | null | undefined): FieldState {
  const state = useFormState()
  const id = useControlId(name)
  return {
    id,
    value: state.values[name]?.[0] ?? (state.status === 'refused' ? '' : (stored ?? '')),
    error: state.errors[name],
    key: `${name}-${state.sent}`,
  }
}

/** Label, control, hint and error of one field, tied together for screen readers. */
function Field({
  name,
  field,
  label,
  hint,
  children,
}: {
  name: string
  field: FieldState
  label: string
  hint: string | undefined
  children: ReactNode
}) {
  return (
    <div className="fld">
      <label htmlFor={field.id}>{label}</label>
      <SentLabel name={name} label={label} />
      {children}
      {hint && (
        <small id={`${field.id}-hint`} className="ink3">
          {hint}
        </small>
      )}
      <FieldErrorText id={field.id} error={field.error} />
    </div>
  )
}

/** The label goes with the form, so that its answer can name the field, without JavaScript too. */
function SentLabel({ name, label }: { name: string; label: string }) {
  return <input type="hidden" name={`${LABEL_PREFIX}${name}`} value={label} />
}

export function FieldErrorText({ id, error }: { id: string; error: string | undefined }) {
  if (!error) return null
  return (
    <small id={`${id}-error`} className="t-danger">
      {error}
    </small>
  )
}

export function describedBy(field: Pick<FieldState, 'id' | 'error'>, hint?: string): string | undefined {
  return (
    [hint && `${field.id}-hint`, field.error && `${field.id}-error`].filter(Boolean).join(' ') || undefined
  )
}

export function TextField(
  props: FieldProps & {
    type?: 'text' | 'email' | 'password' | 'search'
    inputMode?: 'numeric' | 'decimal' | 'text'
    autoComplete?: string
    size?: number
    /** Offered while typing; other text is taken as well. */
    suggestions?: readonly string[] | undefined
  },
) {
  const field = useField(props.name, props.value)
  return (
    <Field name={props.name} field={field} label={props.label} hint={props.hint}>
      <input
        key={field.key}
        id={field.id}
        name={props.name}
        type={props.type ?? 'text'}
        inputMode={props.inputMode}
        autoComplete={props.autoComplete ?? 'off'}
        size={props.size}
        list={props.suggestions && `${field.id}-list`}
        defaultValue={field.value}
        required={props.required}
        // biome-ignore lint/a11y/noAutofocus: only where the field is the page's first task
        autoFocus={props.autoFocus}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describedBy(field, props.hint)}
      />
      {props.suggestions && (
        <datalist id={`${field.id}-list`}>
          {props.suggestions.map(text => (
            <option key={text} value={text} />
          ))}
        </datalist>
      )}
    </Field>
  )
}

/** Typed as `16 Apr 2026` or `2026-04-16`. */
export function DateField(props: FieldProps) {
  return <TextField {...props} size={12} />
}

export function TextAreaField(props: FieldProps & { rows?: number }) {
  const field = useField(props.name, props.value)
  return (
    <Field name={props.name} field={field} label={props.label} hint={props.hint}>
      <textarea
        key={field.key}
        id={field.id}
        name={props.name}
        rows={props.rows ?? 3}
        defaultValue={field.value}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describedBy(field, props.hint)}
      />
    </Field>
  )
}

export interface Option {
  readonly value: string
  readonly label: string
}

/** `placeholder`: the empty first choice; nothing is preselected. */
export function SelectField(props: FieldProps & { options: readonly Option[]; placeholder?: string }) {
  const field = useField(props.name, props.value)
  return (
    <Field name={props.name} field={field} label={props.label} hint={props.hint}>
      <select
        key={field.key}
        id={field.id}
        name={props.name}
        defaultValue={field.value}
        required={props.required}
        aria-invalid={field.error ? true : undefined}
        aria-describedby={describedBy(field, props.hint)}
      >
        <option value="">{props.placeholder ?? 'Choose…'}</option>
        {props.options.map(option => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </Field>
  )
}

/**
 * A short list of choices, all in sight; nothing is preselected. `clears`: a choice once made can be taken back, by a last
 * choice that says nothing and is in sight only then.
 */
export function RadioField(props: FieldProps & { options: readonly Option[]; clears?: boolean }) {
  const field = useField(props.name, props.value)
  return (
    <fieldset className="fld" id={field.id} key={field.key} aria-describedby={describedBy(field, props.hint)}>
      <legend>{props.label}</legend>
      <SentLabel name={props.name} label={props.label} />
      <div className="choices">
        {props.options.map(option => (
          <label key={option.value} className="check">
            <input
              type="radio"
              name={props.name}
              value={option.value}
              defaultChecked={field.value === option.value}
            />
            {option.label}
          </label>
        ))}
        {props.clears && (
          <label className="check clear">
            <input type="radio" name={props.name} value="" />
            Clear
          </label>
        )}
      </div>
      {props.hint && (
        <small id={`${field.id}-hint`} className="ink3">
          {props.hint}
        </small>
      )}
      <FieldErrorText id={field.id} error={field.error} />
    </fieldset>
  )
}
