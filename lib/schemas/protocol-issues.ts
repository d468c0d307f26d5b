import type { z } from 'zod'
import {
  describeError,
  formatPath,
  formatValue,
  type ProtocolError,
  suggestName,
} from '@/lib/domain/protocol/protocol-error'

const NOUNS: Readonly<Record<string, string>> = {
  string: 'a text in quotes',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'a list [ … ]',
  tuple: 'a list of two numbers [ low, high ]',
  object: 'an object { … }',
  record: 'an object { … }',
}

/** What zod found, as errors with path, value and remedy; several where one finding names several keys. */
export function formatIssue(issue: z.core.$ZodIssue, json: unknown): readonly ProtocolError[] {
  if (issue.code !== 'unrecognized_keys') {
    const value = valueAt(json, issue.path)
    return [describeError(formatPath(issue.path), value, issueText(issue, value))]
  }
  const remedies = issue.message.split('\n')
  return issue.keys.map((key, index) => {
    const path = [...issue.path, key]
    const text = `Unknown key. ${remedies[index] ?? ''} Keys of your own begin with "x-".`
    return describeError(formatPath(path), valueAt(json, path), text)
  })
}

/** The message by which a strict object hands its suggestions to `formatIssue`: one line for each unknown key. */
export function suggestKeys(issue: z.core.$ZodRawIssue, known: readonly string[]): string | undefined {
  if (issue.code !== 'unrecognized_keys') return undefined
  return (issue.keys as readonly string[]).map(key => suggestName(key, known)).join('\n')
}

function issueText(issue: z.core.$ZodIssue, value: unknown): string {
  const missing = value === undefined ? 'Missing. ' : ''
  // What the schema says itself is better than what follows from the kind of finding.
  if (!/^(Invalid|Too) /.test(issue.message)) return missing + issue.message
  switch (issue.code) {
    case 'invalid_type':
      return `${missing}${missing ? 'Give' : 'Must be'} ${NOUNS[issue.expected] ?? `a value of type ${issue.expected}`}.`
    case 'invalid_value':
      return (missing || 'Not allowed. ') + suggestValue(value, issue.values)
    case 'too_small':
      return sizeText(issue.origin, 'at least', issue.minimum)
    case 'too_big':
      return sizeText(issue.origin, 'at most', issue.maximum)
    default:
      return issue.message
  }
}

function suggestValue(value: unknown, values: readonly unknown[]): string {
  const all = `Use ${values.map(formatValue).join(', ')}.`
  if (typeof value !== 'string') return all
  const nearest = suggestName(value, values.map(formatValue))
  return nearest.startsWith('Did') ? `${nearest} ${all}` : all
}

function sizeText(origin: string, bound: string, limit: number | bigint): string {
  if (origin === 'string') return limit === 1 ? 'Empty. Give a text.' : `Use ${bound} ${limit} characters.`
  if (origin === 'array') return `List ${bound} ${limit === 1 ? 'one' : limit}.`
  return `Must be ${bound} ${limit}.`
}

function valueAt(json: unknown, path: readonly PropertyKey[]): unknown {
  let value = json
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined
    value = (value as Record<PropertyKey, unknown>)[key]
  }
  return value
}
