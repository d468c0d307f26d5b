import { ask, type SoftRule } from '@/lib/domain/checks/soft-rule'
import { readNumber } from '@/lib/domain/instruments/answers'
import { findInstrument } from '@/lib/domain/instruments/registry'

/**
 * Asks, for each item of which two boxes were marked on the paper form, whether the higher was entered.
 * Codes `twoMarked.<item>`. Example: “Check: two boxes were marked for lifting; 4 must be the higher of
 * them.”
 */
export const checkTwoMarked: SoftRule = ({ form, answers, settings }) => {
  const instrument = findInstrument(form)
  if (!instrument) return []
  return instrument.items(settings).flatMap(item => {
    const answer = answers[item.code]
    const value = readNumber(answers, item.code)
    if (value === undefined || !answer || !('twoMarked' in answer)) return []
    const text = `two boxes were marked for ${item.label.toLowerCase()}; ${value} must be the higher of them.`
    return ask(`twoMarked.${item.code}`, { [item.code]: value }, text)
  })
}
