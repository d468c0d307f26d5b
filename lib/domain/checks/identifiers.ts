import type { Question } from '@/lib/domain/shared/errors'

/** What free text may not hold, as far as its shape tells. Names themselves cannot be told from other words. */
const PATTERNS: readonly (readonly [RegExp, string])[] = [
  [/[^\s@]+@[^\s@]+\.[a-z]{2,}/i, 'an e-mail address'],
  [/\b(?:mr|mrs|ms|miss|dr|herr|frau)\b\.?\s+[A-Z]/i, 'a person’s name'],
  [/\b(?:name|surname)\s*[:=]/i, 'a person’s name'],
  [/\b(?:mrn|urn|nhs|ur|medicare|record)\s*(?:no\.?|number|#|:)?\s*\d/i, 'a record number'],
  [/\b(?:dob|born|date of birth)\b/i, 'a date of birth'],
  // Neither ISO dates nor stretches of years.
  [
    /(?:\+|\b)(?!\d{4}-\d{2}-\d{2}\b)(?!(?:19|20)\d{2}[\s-](?:19|20)\d{2}\b)\d(?:[\s-]?\d){6,}\b/,
    'a record or telephone number',
  ],
]

/**
 * Asks about free text that looks as if it identified the participant: e-mail addresses, record and telephone
 * numbers (seven digits and more), dates of birth, titles before a name. A soft check: the person confirms or
 * takes it out. Missing text gives no question. The code holds the text, so that a changed text is asked again.
 * Source: trust.md E2. Example: `askAboutIdentifiers('diagnosis', 'Diagnosis', 'MRN 1234567')` → one question.
 */
export function askAboutIdentifiers(field: string, label: string, text: string | null): readonly Question[] {
  if (text === null) return []
  const found = PATTERNS.find(([pattern]) => pattern.test(text))
  if (!found) return []
  return [
    {
      code: `identifier:${field}=${text}`,
      fields: [field],
      text: `Check: ${label} seems to hold ${found[1]}. Take it out, or confirm that it does not identify the participant.`,
    },
  ]
}

/**
 * The same of why a value changes, as it was chosen or written. No reason gives no question.
 * Example: `askAboutReason('Typing error')` → none.
 */
export function askAboutReason(reason: string | null): readonly Question[] {
  return askAboutIdentifiers('reasonText', 'the reason', reason)
}
