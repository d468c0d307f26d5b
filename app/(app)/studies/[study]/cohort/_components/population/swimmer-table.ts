import type { Swimmer, SwimmerLane } from '@/lib/domain/population/swimmer'
import { type CohortView, hasArms } from '../cohort-view'
import { column, countCell, type ReportCell, type ReportTable, textCell } from '../report-table'
import { namePart } from './population-text'

/** One line for each lane, in the order in which they are drawn. */
export function deriveLanesTable(view: CohortView, lanes: readonly SwimmerLane[]): ReportTable {
  const isNamed = lanes.some(({ subject }) => subject !== null)
  const byArm = isNamed && hasArms(view)
  const days = (list: readonly { readonly day: number }[]): ReportCell => {
    const text = list.map(({ day }) => String(day).replace('-', '−')).join(', ')
    return { text: text === '' ? 'none' : text, values: [list.map(({ day }) => day).join(' ')] }
  }
  return {
    columns: [
      ...(isNamed ? [column('subject', 'Participant', 'head')] : []),
      ...(byArm ? [column('arm', 'Arm', 'text')] : []),
      column('end', 'End', 'text'),
      column('follow_up_days', 'Follow-up, days'),
      column('visits_done', 'Visits done'),
      column('visits_missed', 'Missed'),
      column('dose_days', 'Doses, day', 'text'),
      column('event_days', 'Adverse events, day', 'text'),
      column('serious_days', 'Serious, day', 'text'),
      column('rescue_days', 'Rescues, day', 'text'),
    ],
    rows: lanes.map((lane): ReportCell[] => [
      ...(isNamed ? [textCell(lane.subject ?? '')] : []),
      ...(byArm ? [textCell(lane.arm ?? '')] : []),
      textCell(namePart(lane.end), lane.end),
      countCell(lane.followUpDays),
      countCell(lane.visitsDone),
      countCell(lane.visitsMissed),
      days(lane.doses),
      days(lane.events),
      days(lane.events.filter(({ isSerious }) => isSerious)),
      days(lane.rescues),
    ]),
  }
}

/** What became of participants, by arm, for any number of them. */
export function deriveCountsTable(view: CohortView, { counts }: Swimmer): ReportTable {
  const byArm = counts.length > 1
  return {
    columns: [
      ...(byArm ? [column('arm', 'Arm', 'head')] : []),
      column('in_set', `In the set, ${view.summary.analysisSet}`),
      ...(counts[0]?.ends ?? []).map(({ code }) => column(code, namePart(code))),
      column('visits_done', 'Visits done'),
      column('visits_missed', 'Visits missed'),
      column('doses', 'Doses'),
      column('rescued', 'With a rescue'),
    ],
    rows: counts.map((each): ReportCell[] => [
      ...(byArm ? [textCell(each.label, each.arm)] : []),
      countCell(each.inSet),
      ...each.ends.map(({ k }) => countCell(k)),
      countCell(each.visitsDone),
      countCell(each.visitsMissed),
      countCell(each.doses),
      countCell(each.rescued),
    ]),
  }
}
