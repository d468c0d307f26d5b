import { areLettersOn } from '@/app/_ui/letter-keys'
import { UNLIMITED } from '@/lib/domain/instruments/unlimited'
import { clearChoice, controlOf, focusProblem, moveOn, setText } from './entry-focus'

/**
 * The keys of visit entry. Single letters and digits act only while a control of an item has the focus and takes no text of
 * that kind, and can be switched off: elsewhere they are the browser's and the screen reader's.
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
  if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing || event.defaultPrevented) return
  const { target } = event
  if (!(target instanceof HTMLElement) || frame.closest('form')?.contains(target) !== true) return
  const isTaken =
    (event.key.length === 1 && areLettersOn() && handleCharacter(event.key.toLowerCase(), target, frame)) ||
    handleNamedKey(event.key, target, frame)
  if (isTaken) event.preventDefault()
}

/** Whether the character was a command here. */
function handleCharacter(key: string, target: HTMLElement, frame: HTMLElement): boolean {
  if (!(target instanceof HTMLInputElement)) return false
  if (target.type === 'text') return handleInText(key, target, frame)
  const row = target.closest<HTMLElement>('[data-item]')
  if (!row || !frame.contains(row)) return false
  if (key === 'h') row.querySelector<HTMLElement>('.vhist > summary')?.click()
  else if (key === 'n') focusNotDone(row)
  else if (target.matches('[data-tick]')) return handleTick(key, target, row, frame)
  else if (/^[0-9t]$/.test(key)) return choose(key, target, row, frame)
  else return false
  return true
}

/** Numbers and dates have no such letters: `n`, `u` for unlimited, `t` for today in a date that is still blank. */
function handleInText(key: string, target: HTMLInputElement, frame: HTMLElement): boolean {
  const row = target.closest<HTMLElement>('[data-item]')
  const isNumber = target.matches('.num, [data-unlimited]')
  if (key === 'n' && isNumber && row) focusNotDone(row)
  else if (key === 'u' && target.matches('[data-unlimited]')) {
    setText(target.parentElement, UNLIMITED)
    moveOn(frame, row ?? target)
  } else if (key === 't' && target.matches('[data-today]') && target.value === '') {
    setText(target.parentElement, frame.dataset.today ?? '')
    moveOn(frame, target)
  } else return false
  return true
}

function handleNamedKey(key: string, target: HTMLElement, frame: HTMLElement): boolean {
  const row = target.closest<HTMLElement>('[data-item]')
  const isChoice = target instanceof HTMLInputElement && ['radio', 'checkbox'].includes(target.type)
  if (key === 'Enter' && target.matches('input, select')) {
    // Enter would send the visit half filled in; it goes on instead, and the buttons save.
    moveOn(frame, isChoice && row ? row : target)
    return true
  }
  if (!row || !isChoice) return false
  if (target.matches('[data-tick]') && (key === 'ArrowDown' || key === 'ArrowUp')) {
    focusTick(row, target, key === 'ArrowDown' ? 1 : -1)
    return true
  }
  if (target.type !== 'radio' || (key !== 'Delete' && key !== 'Backspace')) return false
  clearChoice(row)
  return true
}

/** A digit chooses in a bar and goes on; of several boxes it turns its own. */
function choose(key: string, target: HTMLInputElement, row: HTMLElement, frame: HTMLElement): boolean {
  const group = target.closest('[role="radiogroup"], .boxes')
  const choice = group?.querySelector<HTMLInputElement>(`input[data-digit="${key}"]:not(:disabled)`)
  if (!choice) return false
  choice.click()
  if (choice.type === 'radio') moveOn(frame, row)
  else choice.focus()
  return true
}

/** One ticks a statement and zero leaves it unticked; either goes to the next. */
function handleTick(key: string, target: HTMLInputElement, row: HTMLElement, frame: HTMLElement): boolean {
  if (key !== '0' && key !== '1') return false
  if (target.checked !== (key === '1')) target.click()
  if (!focusTick(row, target, 1)) moveOn(frame, row)
  return true
}

function focusTick(row: HTMLElement, from: HTMLElement, step: 1 | -1): boolean {
  const ticks = [...row.querySelectorAll<HTMLElement>('[data-tick]:not(:disabled)')]
  const next = ticks[ticks.indexOf(from) + step]
  next?.focus()
  return next !== undefined
}

function focusNotDone(row: HTMLElement): void {
  const own = row.querySelector<HTMLElement>('.nd select')
  // Statements have no reason each: it is the form's.
  const whole = row.closest('section')?.querySelector<HTMLElement>('.whole select')
  const place = own ?? whole ?? controlOf(row)
  place?.focus()
}

function saveAndNext(frame: HTMLElement): void {
  const form = frame.closest('form')
  const button = frame.querySelector<HTMLButtonElement>('button[value="next"]')
  if (form && button && !button.disabled) form.requestSubmit(button)
}
