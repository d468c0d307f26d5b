/** Fields of a form whose answers stand in the address: native, sent by GET, working without JavaScript. */

export function QueryText(props: {
  name: string
  label: string
  value: string | number
  /** What leaving it out means. */
  placeholder: string
  /** A whole number: a phone offers digits. */
  isNumber?: boolean
  error?: string | undefined
}) {
  const { name, label, value, placeholder, isNumber, error } = props
  return (
    <label>
      {label}
      <input
        name={name}
        type="text"
        inputMode={isNumber ? 'numeric' : undefined}
        defaultValue={value}
        placeholder={placeholder}
        autoComplete="off"
        aria-invalid={error === undefined ? undefined : true}
        aria-describedby={error === undefined ? undefined : `${name}-error`}
      />
      {error !== undefined && (
        <span className="err" id={`${name}-error`}>
          {error}
        </span>
      )}
    </label>
  )
}

export function QuerySelect(props: {
  label: string
  name: string
  options: readonly (readonly [value: string, text: string])[]
  value: string
}) {
  return (
    <label>
      {props.label}
      <select name={props.name} defaultValue={props.value} key={props.value}>
        {props.options.map(([value, text]) => (
          <option key={value} value={value}>
            {text}
          </option>
        ))}
      </select>
    </label>
  )
}

/** What the address says beside the form's own fields, kept as it is. */
export function KeptFields({ pairs }: { pairs: Iterable<readonly [name: string, value: string]> }) {
  return [...pairs].map(([name, value]) => (
    <input key={`${name} ${value}`} type="hidden" name={name} value={value} />
  ))
}
