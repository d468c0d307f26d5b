import { formatDate } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import { type CohortView, nameVisit } from './cohort-view'

const SET_NAMES = {
  treated: 'Treated',
  enrolled: 'Enrolled; the protocol has no treatment',
  randomised: 'Randomised, treated or not',
} as const

/** Whose numbers these are, before any number. */
export function listFacts(view: CohortView): { readonly name: string; readonly value: string }[] {
  const { summary, protocol, followUp, secondDose } = view
  const baselineVisits = protocol.baseline.visits.map(code => nameVisit(view, code)).join(', ')
  const followed = followUp && (followUp.n === 0 ? 'not yet due' : formatCount(followUp.k, followUp.n))
  return [
    { name: 'Analysis set', value: SET_NAMES[summary.analysisSet] },
    { name: 'Participants', value: `n = ${view.inSet}` },
    ...(followUp && followed
      ? [{ name: `Followed to ${nameVisit(view, followUp.visit)}`, value: followed }]
      : []),
    ...(secondDose ? [{ name: 'Second dose', value: formatCount(secondDose.k, secondDose.n) }] : []),
    { name: 'Data cut', value: `${formatDate(summary.dataCut)}, as of entry ${summary.asOf}` },
    {
      name: 'Baseline rule',
      value:
        protocol.baseline.rule === 'mean' ? `Mean of ${baselineVisits}` : `Last value of ${baselineVisits}`,
    },
  ]
}
