import { askAboutIdentifiers } from '@/lib/domain/checks/identifiers'
import type { SoftRule } from '@/lib/domain/checks/soft-rule'

/**
 * Asks about a text field of a study's own form that looks as if it identified the participant, as
 * `askAboutIdentifiers` does. Missing and unanswered fields give no question. Code `identifier`.
 * Source: trust.md E2. Example: field *Remarks* with `MRN 1234567` → one question at that field.
 */
export const checkFreeText: SoftRule = ({ answers, freeText }) =>
  Object.entries(freeText).flatMap(([field, label]) => {
    const answer = answers[field]
    const text = answer && 'value' in answer && typeof answer.value === 'string' ? answer.value : null
    return askAboutIdentifiers(field, label, text).map(question => ({
      ...question,
      code: 'identifier',
      key: question.code,
    }))
  })
