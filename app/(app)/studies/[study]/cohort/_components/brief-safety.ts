import { armCells, type CohortView } from './cohort-view'
import { countOfCell, explainedCell, percentBoundsCell, type ReportCell } from './report-table'

const CLASSES = [
  ['serious', 'Serious adverse events'],
  ['related', 'Related adverse events'],
] as const

/** How many had a serious and a related event, in the safety set. */
export function listBriefSafety(view: CohortView): ReportCell[][] {
  return CLASSES.flatMap(([code, label]) =>
    view.summary.safety.arms.flatMap(arm => {
      const counts = arm.classes.find(each => each.class === code)
      if (!counts) return []
      return [
        [
          { text: `${label}, participants to the data cut`, values: [code, '', ''] },
          ...armCells(view, arm),
          { text: String(counts.n), values: [counts.n] },
          explainedCell(countOfCell(counts.participants, counts.n, undefined), {
            ...{ about: 'events', class: code },
          }),
          percentBoundsCell(counts.clopperPearson, counts.clopperPearsonReason),
        ],
      ]
    }),
  )
}
