import { ask, type SoftRule } from '@/lib/domain/checks/soft-rule'
import { readNumber } from '@/lib/domain/instruments/answers'

const NAMES = {
  NPRS_AVG: 'average pain',
  NPRS_WORST: 'worst pain',
  NPRS_LEAST: 'least pain',
  NPRS_NOW: 'pain now',
} as const

/** The first of each pair cannot be below the second if both recall the same days. */
const ORDER = [
  ['NPRS_WORST', 'NPRS_AVG'],
  ['NPRS_WORST', 'NPRS_LEAST'],
  ['NPRS_WORST', 'NPRS_NOW'],
  ['NPRS_AVG', 'NPRS_LEAST'],
  ['NPRS_NOW', 'NPRS_LEAST'],
] as const

/**
 * Asks when pain ratings of one period contradict each other. Codes `painOrder.<higher>.<lower>`.
 * Example: worst 4, average 5 → “Check: worst pain (4) is below average pain (5).”
 */
export const checkPainOrder: SoftRule = ({ answers }) =>
  ORDER.flatMap(([upper, lower]) => {
    const a = readNumber(answers, upper)
    const b = readNumber(answers, lower)
    if (a === undefined || b === undefined || a >= b) return []
    const text = `${NAMES[upper]} (${a}) is below ${NAMES[lower]} (${b}).`
    return ask(`painOrder.${upper}.${lower}`, { [upper]: a, [lower]: b }, text)
  })
