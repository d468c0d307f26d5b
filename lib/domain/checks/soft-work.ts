import { ask, type SoftRule } from '@/lib/domain/checks/soft-rule'
import { readNumber } from '@/lib/domain/instruments/answers'

const UNABLE = 0
const FULL = 2
/** More than this a week is rarely meant. */
const LONG_WEEK_HOURS = 80

/**
 * Asks when hours worked contradict the work capacity, or are more than 80 a week. Codes `workHours`,
 * `longWeek`.
 * Example: unable to work, 20 hours → “Check: unable to work, but 20 hours a week are entered.”
 */
export const checkWorkHours: SoftRule = ({ answers }) => {
  const capacity = readNumber(answers, 'WORK_CAPACITY')
  const hours = readNumber(answers, 'WORK_HOURS')
  if (hours === undefined) return []
  const values = capacity === undefined ? null : { WORK_CAPACITY: capacity, WORK_HOURS: hours }
  const contradiction =
    values && capacity === UNABLE && hours > 0
      ? [ask('workHours', values, `unable to work, but ${hours} hours a week are entered.`)]
      : values && capacity === FULL && hours === 0
        ? [ask('workHours', values, 'full work capacity, but 0 hours a week are entered.')]
        : []
  return hours > LONG_WEEK_HOURS
    ? [...contradiction, ask('longWeek', { WORK_HOURS: hours }, `${hours} hours of work a week.`)]
    : contradiction
}
