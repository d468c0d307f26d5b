import { ask, fieldOf, type SoftRule } from '@/lib/domain/checks/soft-rule'
import { readNumber } from '@/lib/domain/instruments/answers'
import { UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'

const PAIRS = [
  ['TOL_SIT', 'ODI_05', 'sitting'],
  ['TOL_STAND', 'ODI_06', 'standing'],
  ['TOL_WALK', 'ODI_04', 'walking'],
] as const

/** The last box of a section: not at all. */
const UNABLE = 5
const LONG_MINUTES = 60

/**
 * Asks when the ODI says *not at all* of sitting, standing or walking and its tolerance is an hour or more, or unlimited.
 * It stands at the tolerance. Codes `tolerance.<item>`.
 * Example: ODI standing 5, tolerance 60 → “Check: standing tolerance is 60 minutes, but ODI standing is 5 (not at all).”
 */
export const checkTolerance: SoftRule = ({ form, answers, others }) => {
  if (form !== 'tolerance') return []
  const odi = others.find(other => other.form === 'odi')
  if (!odi) return []
  return PAIRS.flatMap(([tolerance, section, activity]) => {
    const minutes = readNumber(answers, tolerance)
    const box = readNumber(odi.answers, section)
    if (minutes === undefined || minutes < LONG_MINUTES || box !== UNABLE) return []
    const shown = minutes === UNLIMITED_RANK ? 'unlimited' : `${minutes} minutes`
    const text = `${activity} tolerance is ${shown}, but ODI ${activity} is ${UNABLE} (not at all).`
    const question = ask(`tolerance.${tolerance}`, { [tolerance]: minutes, [section]: box }, text)
    return [{ ...question, fields: [tolerance, fieldOf(odi.key, section)] }]
  })
}
