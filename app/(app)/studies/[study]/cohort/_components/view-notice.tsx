import type { CohortControls } from '@/lib/schemas/cohort'
import type { CohortView } from './cohort-view'
import { describeViewInForce } from './view-in-force'

/** What the controls leave out or change, in words; nothing where the view is the default. */
export function ViewNotice({ view, controls }: { view: CohortView; controls: CohortControls }) {
  const lines = describeViewInForce(view, controls)
  if (lines.length === 0) return null
  return (
    <ul className="report-problem view-notice">
      {lines.map(line => (
        <li key={line}>{line}</li>
      ))}
    </ul>
  )
}
