/** How one form of a visit is named on its page: by code, place of the body, side, and which of its kind. */

export const LATERALITIES = ['', 'left', 'right', 'both'] as const

/** What tells one form of a visit from another, apart from the visit. */
export interface FormPlace {
  readonly code: string
  /** Disc level, joint …; `''`: the whole person. */
  readonly location: string
  readonly laterality: (typeof LATERALITIES)[number]
  readonly repeat: number
}

const KEY = /^([^#@~]+)(?:@([^#@~]*))?(?:~(left|right|both))?(?:#([1-9]\d{0,2}))?$/

/** Longest name of a place, in characters. */
export const MAX_LOCATION = 40

/** `mri@L4%2FL5~left#2` → form `mri`, the second of L4/L5, left; undefined where the text is no key. */
export function parseFormKey(key: string): FormPlace | undefined {
  const [whole, code, written = '', side = '', repeat = '1'] = KEY.exec(key) ?? []
  if (whole === undefined || code === undefined) return undefined
  const location = readLocation(written)
  if (location === undefined) return undefined
  return { code, location, laterality: side as FormPlace['laterality'], repeat: Number(repeat) }
}

/** The name of a control ends at its first dot, so that the key has none. */
export function formatFormKey({ code, location, laterality, repeat }: FormPlace): string {
  const place = location && `@${encodeURIComponent(location).replaceAll('.', '%2E').replaceAll('~', '%7E')}`
  return `${code}${place}${laterality && `~${laterality}`}${repeat === 1 ? '' : `#${repeat}`}`
}

/** What a form is of, after its name: ` L4/L5, left, 2`; `''` for the only one, of the whole person. */
export function describeFormPlace({ location, laterality, repeat }: Omit<FormPlace, 'code'>): string {
  return [location, SIDES[laterality], repeat > 1 ? String(repeat) : ''].filter(Boolean).join(', ')
}

export const SIDES: Readonly<Record<FormPlace['laterality'], string>> = {
  '': '',
  left: 'left',
  right: 'right',
  both: 'both sides',
}

/** Undefined where the text is no name of a place: badly escaped, too long, or with blanks around it. */
function readLocation(written: string): string | undefined {
  try {
    const location = decodeURIComponent(written)
    return location.length <= MAX_LOCATION && location === location.trim() ? location : undefined
  } catch {
    return undefined
  }
}
