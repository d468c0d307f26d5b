'use client'

export interface ScaleOption {
  readonly value: string
  readonly label: string
  /** Key that chooses it. */
  readonly digit: string | null
}

const MAX_SHORT = 4

/** Native radios drawn as one bar of segments, or as a list where there are many words. Nothing is preselected. */
export function ScaleField(props: {
  name: string
  options: readonly ScaleOption[]
  chosen: string | undefined
  /** The answer of the last visit: a grey underline. */
  previous: string | undefined
  disabled: boolean
  firstId: string
  labelledBy: string
  describedBy: string | undefined
  invalid: boolean
}) {
  const { options, name } = props
  const hasWords = options.some(option => option.label !== option.value)
  // Grades and the like need no line each.
  const isShort = options.every(option => option.label.length <= MAX_SHORT)
  return (
    <div
      className={hasWords ? `seg words${isShort ? ' short' : ''}` : 'seg'}
      role="radiogroup"
      aria-labelledby={props.labelledBy}
      aria-describedby={props.describedBy}
      aria-invalid={props.invalid || undefined}
    >
      {options.map((option, index) => (
        <label key={option.value} className={option.value === props.previous ? 'prev' : undefined}>
          <input
            type="radio"
            id={index === 0 ? props.firstId : undefined}
            name={name}
            value={option.value}
            data-digit={option.digit ?? undefined}
            defaultChecked={option.value === props.chosen}
            disabled={props.disabled}
          />
          <span>
            {hasWords && option.digit !== null && <i aria-hidden="true">{option.digit}</i>}
            {option.label}
          </span>
        </label>
      ))}
    </div>
  )
}
