/** Name of the event that says that a control was set by the page: the form is told as if it had been changed by hand. */
export const CLEARED = 'cleared'

/** A radio cannot be taken back by itself. */
export function clearChoice(within: HTMLElement): void {
  const row = within.closest('[data-item]')
  for (const radio of row?.querySelectorAll<HTMLInputElement>('input[type="radio"]') ?? [])
    radio.checked = false
  const select = row?.querySelector<HTMLSelectElement>('.nd select')
  if (select) select.value = ''
  row?.dispatchEvent(new Event(CLEARED, { bubbles: true }))
}

/** Writes into the text control within. */
export function setText(within: HTMLElement | null, text: string): void {
  const input = within?.querySelector<HTMLInputElement>('input[type="text"]')
  if (!input || input.disabled) return
  input.value = text
  input.focus()
  // A draft is kept of what is typed, by whatever hand.
  input.dispatchEvent(new Event('input', { bubbles: true }))
  input.dispatchEvent(new Event(CLEARED, { bubbles: true }))
}

/** To the next control that can be answered; after the last, to the button that saves. */
export function moveOn(frame: HTMLElement, from: HTMLElement): void {
  for (const place of frame.querySelectorAll<HTMLElement>(PLACES)) {
    if (!(from.compareDocumentPosition(place) & Node.DOCUMENT_POSITION_FOLLOWING)) continue
    const control = controlOf(place)
    if (!control?.checkVisibility()) continue
    control.focus()
    return
  }
  frame.querySelector<HTMLElement>('button[value="next"]')?.focus()
}

/** Where Enter stops: settings, then questions, then the reason. */
const PLACES = '.meta .fld, [data-item], .reason .fld'

export function controlOf(row: HTMLElement): HTMLElement | null {
  return (
    row.querySelector<HTMLElement>('.ctl input[type="radio"]:checked:not(:disabled)') ??
    row.querySelector<HTMLElement>('.ctl :is(input, textarea, select):not(:disabled)') ??
    row.querySelector<HTMLElement>(':is(.fld > input, .fld > select):not(:disabled)')
  )
}

/** To the first question of the form of that key. */
export function focusForm(frame: HTMLElement, key: string): void {
  const form = frame.querySelector<HTMLElement>(`[data-form="${CSS.escape(key)}"]`)
  const row = form?.querySelector<HTMLElement>('[data-item]')
  const control = row ? controlOf(row) : null
  control?.focus()
}

/** Errors and open questions, around in a circle from where the focus is. */
export function focusProblem(frame: HTMLElement, step: 1 | -1): void {
  const places = [...frame.querySelectorAll<HTMLElement>('[data-problem]')].map(place => focusOf(place))
  const targets: (Element | null)[] = places.filter(place => place !== null)
  const here = targets.indexOf(document.activeElement)
  const next = targets.at(here < 0 ? (step > 0 ? 0 : -1) : (here + step + targets.length) % targets.length)
  if (next instanceof HTMLElement) next.focus()
}

function focusOf(place: HTMLElement): HTMLElement | null {
  const own = place.querySelector<HTMLElement>('input:not(:disabled), select:not(:disabled)')
  if (own) return own
  const row = place.closest<HTMLElement>('[data-item], .fld')
  return row && controlOf(row)
}
