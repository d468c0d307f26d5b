import type { CohortView } from './cohort-view'
import { listFacts } from './report-facts'

/** Whose numbers these are, before any number. */
export function FactsStrip({ view }: { view: CohortView }) {
  return (
    <dl className="facts">
      {listFacts(view).map(({ name, value }) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
