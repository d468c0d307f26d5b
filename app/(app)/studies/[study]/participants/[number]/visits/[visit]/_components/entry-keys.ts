/** Name of the event that says that a chosen answer was taken back. */
export const CLEARED = 'cleared'

/**
 * The keys of visit entry. A digit chooses and moves on only while a bar of choices has the focus: in text it is text.
 */
export function handleEntryKey(event: KeyboardEvent, frame: HTMLElement): void {
  if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) {
    event.preventDefault()
    saveAndNext(frame)
    return
  }
  if (event.key === 'F8') {
    event.preventDefault()
    focusProblem(frame, event.shiftKey ? -1 : 1)
    return
  }
  if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
  const target = event.target
  if (!(target instanceof HTMLElement)) return
  const row = target.closest<HTMLElement>('[data-item]')
  if (row && frame.contains(row) && target instanceof HTMLInputElement && target.type === 'radio')
    handleChoiceKey(event, row, target, frame)
  else if (event.key === 'Enter' && target.matches('input, select') && isOfForm(target, frame)) {
    // Enter would send the visit half filled in; it goes on instead, and the buttons save.
    event.preventDefault()
    moveOn(frame, target)
  }
}

function isOfForm(target: HTMLElement, frame: HTMLElement): boolean {
  return frame.closest('form')?.contains(target) === true
}

function handleChoiceKey(
  event: KeyboardEvent,
  row: HTMLElement,
  target: HTMLInputElement,
  frame: HTMLElement,
): void {
  const key = event.key.toLowerCase()
  if (key === 'n') {
    event.preventDefault()
    row.querySelector<HTMLSelectElement>('.nd select')?.focus()
  } else if (key === 'h') {
    event.preventDefault()
    row.querySelector<HTMLElement>('.vhist > summary')?.click()
  } else if (key === 'delete' || key === 'backspace') {
    event.preventDefault()
    clearChoice(row)
  } else if (key === 'enter') {
    event.preventDefault()
    moveOn(frame, row)
  } else if (/^[0-9t]$/.test(key)) {
    const bar = target.closest('[role="radiogroup"]')
    const choice = bar?.querySelector<HTMLInputElement>(`input[data-digit="${key}"]:not(:disabled)`)
    if (!choice) return
    event.preventDefault()
    choice.click()
    moveOn(frame, row)
  }
}

/** A radio cannot be taken back by itself; the form is told as if it had been changed by hand. */
export function clearChoice(within: HTMLElement): void {
  const row = within.closest('[data-item]')
  for (const radio of row?.querySelectorAll<HTMLInputElement>('input[type="radio"]') ?? [])
    radio.checked = false
  const select = row?.querySelector<HTMLSelectElement>('.nd select')
  if (select) select.value = ''
  row?.dispatchEvent(new Event(CLEARED, { bubbles: true }))
}

/** To the next control that can be answered; after the last, to the button that saves. */
function moveOn(frame: HTMLElement, from: HTMLElement): void {
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

function controlOf(row: HTMLElement): HTMLElement | null {
  return (
    row.querySelector<HTMLElement>('.ctl input[type="radio"]:checked:not(:disabled)') ??
    row.querySelector<HTMLElement>('.ctl :is(input, textarea, select):not(:disabled)') ??
    row.querySelector<HTMLElement>(':is(.fld > input, .fld > select):not(:disabled)')
  )
}

/** Errors and open questions, around in a circle from where the focus is. */
function focusProblem(frame: HTMLElement, step: 1 | -1): void {
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

function saveAndNext(frame: HTMLElement): void {
  const form = frame.closest('form')
  const button = frame.querySelector<HTMLButtonElement>('button[value="next"]')
  if (form && button && !button.disabled) form.requestSubmit(button)
}
