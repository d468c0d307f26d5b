import { formatDay } from '@/lib/domain/checks/day-text'
import { ask, type SoftRule } from '@/lib/domain/checks/soft-rule'
import { isWholeDay, parsePartialDate, spanOf } from '@/lib/domain/shared/partial-date'

/**
 * Asks about a date in a field of a study's own form that is after today at the site; some forms plan ahead,
 * so that it is not refused. A partial date counts by its first possible day. Code `futureDate.<field>`.
 * Missing: no answer, or today is not given → no question. Example: “Check: 1 Jan 2030 is in the future.”
 */
export const checkFutureDates: SoftRule = ({ answers, dateFields = [], today }) => {
  if (today === undefined) return []
  return dateFields.flatMap(field => {
    const answer = answers[field]
    const text = answer && 'value' in answer && typeof answer.value === 'string' ? answer.value : ''
    const date = parsePartialDate(text)
    if (!date) return []
    const { first } = spanOf(date)
    if (first <= today) return []
    return [
      ask(
        `futureDate.${field}`,
        { [field]: date },
        `${isWholeDay(date) ? formatDay(first) : date} is in the future.`,
      ),
    ]
  })
}
