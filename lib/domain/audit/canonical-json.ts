/** What JSON can hold. `undefined` members of objects are left out. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue | undefined }

/**
 * Canonical JSON by RFC 8785: members sorted by UTF-16 code units, numbers as ECMAScript prints them, no white space.
 * Throws on what has no JSON form (NaN, infinities, lone surrogates): such a value is a defect, not an input.
 * Checked against the vectors of the RFC. Example: `formatCanonicalJson({ b: 1, a: '€' })` → `{"a":"€","b":1}`.
 */
export function formatCanonicalJson(value: JsonValue): string {
  if (value === null || typeof value === 'boolean') return String(value)
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new RangeError(`${value} has no JSON form`)
    return JSON.stringify(value)
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new RangeError('a lone surrogate has no canonical JSON form')
    return JSON.stringify(value)
  }
  if (isArray(value)) return `[${value.map(formatCanonicalJson).join(',')}]`
  const members: string[] = []
  for (const key of Object.keys(value).sort()) {
    const member = value[key]
    if (member !== undefined) members.push(`${formatCanonicalJson(key)}:${formatCanonicalJson(member)}`)
  }
  return `{${members.join(',')}}`
}

function isArray(value: object): value is readonly JsonValue[] {
  return Array.isArray(value)
}
