/** Whether single letters and digits are keys of a page: a choice of the person at this browser. */
const NAME = 'longitude.letterKeys'

/** On unless switched off. A browser that keeps nothing has them on. */
export function areLettersOn(): boolean {
  try {
    return window.localStorage.getItem(NAME) !== 'off'
  } catch {
    return true
  }
}

export function switchLetters(isOn: boolean): void {
  try {
    if (isOn) window.localStorage.removeItem(NAME)
    else window.localStorage.setItem(NAME, 'off')
  } catch {
    // Kept nowhere, it holds for nothing: the switch shows what is in force.
  }
}
