import type { ArmTimeToEvent, TimeToEventResult } from '@/lib/domain/outcomes/time-to-event-types'
import { formatMean, formatPercent } from '@/lib/format/numbers'
import { armCells, armColumns, type CohortView, nameVisit } from '../cohort-view'
import {
  column,
  countCell,
  numberCell,
  percentBoundsCell,
  type ReportCell,
  type ReportTable,
  textCell,
} from '../report-table'

/** The curves of one event at the visits, with counts and the median beside them. */
export function deriveEventTable(view: CohortView, results: readonly TimeToEventResult[]): ReportTable {
  return {
    columns: [
      column('rule', 'Event', 'head'),
      column('visit', 'Visit', 'head'),
      ...armColumns(view),
      column('n', 'n'),
      column('events', 'Events'),
      column('censored', 'Censored'),
      column('median_days', 'Median, days'),
      column('median_lower', 'from', 'number', '95% CI of the median'),
      column('median_upper', 'to', 'number', '95% CI of the median'),
      column('day', 'Day'),
      column('at_risk', 'At risk'),
      column('proportion', 'With event'),
      column(['ci_lower', 'ci_upper'], '95% CI'),
    ],
    rows: results.flatMap(({ label, rule, arms }) =>
      (arms[0]?.atVisits ?? []).flatMap((_, index) =>
        arms.flatMap(arm => {
          const point = arm.atVisits[index]
          if (!point) return []
          const { ciLower, ciUpper } = point
          const bounds = ciLower === null || ciUpper === null ? null : ([ciLower, ciUpper] as const)
          return [
            [
              textCell(label, rule ?? 'rescue'),
              textCell(nameVisit(view, point.visit), point.visit),
              ...armCells(view, arm),
              ...countCells(arm),
              numberCell(point.day, undefined, day => formatMean(day, 0)),
              countCell(point.atRisk),
              numberCell(point.proportion, point.proportionReason, formatPercent),
              percentBoundsCell(bounds, point.ciLowerReason),
            ],
          ]
        }),
      ),
    ),
  }
}

function countCells(arm: ArmTimeToEvent): ReportCell[] {
  const days = (value: number) => formatMean(value, 0)
  return [
    countCell(arm.n),
    countCell(arm.events),
    countCell(arm.censored),
    numberCell(arm.medianDays, arm.medianDaysReason, days),
    numberCell(arm.medianDaysCiLower, arm.medianDaysCiLowerReason, days),
    numberCell(arm.medianDaysCiUpper, arm.medianDaysCiUpperReason, days),
  ]
}
