import { formatDate } from '@/lib/format/dates'
import { formatCount } from '@/lib/format/numbers'
import { type CohortView, nameVisit } from './cohort-view'

const SET_NAMES = {
  treated: 'Treated',
  enrolled: 'Enrolled; the protocol has no treatment',
  randomised: 'Randomised, treated or not',
} as const

/** Whose numbers these are, before any number. */
export function FactsStrip({ view }: { view: CohortView }) {
  const { summary, protocol, followUp, secondDose } = view
  const baselineVisits = protocol.baseline.visits.map(code => nameVisit(view, code)).join(', ')
  return (
    <dl className="facts">
      <Fact name="Analysis set" value={SET_NAMES[summary.analysisSet]} />
      <Fact name="Participants" value={`n = ${view.inSet}`} />
      {followUp && (
        <Fact
          name={`Followed to ${nameVisit(view, followUp.visit)}`}
          value={followUp.n === 0 ? 'not yet due' : formatCount(followUp.k, followUp.n)}
        />
      )}
      {secondDose && <Fact name="Second dose" value={formatCount(secondDose.k, secondDose.n)} />}
      <Fact name="Data cut" value={`${formatDate(summary.dataCut)}, as of entry ${summary.asOf}`} />
      <Fact
        name="Baseline rule"
        value={
          protocol.baseline.rule === 'mean' ? `Mean of ${baselineVisits}` : `Last value of ${baselineVisits}`
        }
      />
    </dl>
  )
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}
