import { drawDose } from '@/app/_ui/charts/drawing'
import {
  countPairedRows,
  MOST_PAIRED_LINES,
  MOST_PAIRED_NAMES,
  type PairedChartData,
} from '@/app/_ui/charts/paired-chart-data'
import { layOutPaired } from '@/app/_ui/charts/paired-layout'
import { drawBaselineMark, drawPairLine, drawVisitMark } from '@/app/_ui/charts/paired-marks'
import type { CohortView } from '../cohort-view'
import { composeCaption, describeMissing, describeSet, joinNames } from '../figure-text'
import type { FigurePanel, KeyEntry, ReportFigure } from '../report-figure'
import { BEYOND, countCourses, derivePaired, type PairedPanel } from './paired-panels'
import { derivePairedTable } from './paired-table'
import { groupByInstrument, listLaterVisits, visitOf } from './shown-visits'

/** Durations at baseline and at about 6 and 12 months, of the same participants: a figure for each instrument. */
export function listPairedFigures(view: CohortView): ReportFigure[] {
  return groupByInstrument(view, ({ kind }) => kind === 'duration').flatMap(([instrument, parameters]) => {
    const panels = parameters.flatMap((shown): PairedPanel[] => {
      const visits = listLaterVisits(view, shown)
      return visits.length === 0 ? [] : [{ ...shown, visits, data: derivePaired(view, shown, visits) }]
    })
    const [first] = panels
    if (!first) return []
    const names = joinNames(panels.map(({ reported }) => reported.parameter.label))
    const visits = joinNames([...new Set(panels.flatMap(panel => panel.visits.map(({ name }) => name)))])
    const rule = `“${BEYOND}” ranks above every number, has its own place and is never averaged.`
    const lines =
      'Bars under the participants: quartiles and median of the pairs at baseline and at the visit (type 7).'
    const missing = `Pairs: participants with both values; counts of longer and shorter leave out values that were filled in or are from open windows. ${describeMissing(view)}`
    return [
      {
        name: `pairs-${instrument.code}`,
        section: 'outcome',
        title: `${instrument.name}: baseline and follow-up`,
        n: describeSet(view),
        panels: panels.map(toPanel),
        key: deriveKey(panels.map(({ data }) => data)),
        note: [`${rule} ${lines}`, missing, describeRows(first.data)],
        caption: composeCaption([
          `${names} at baseline and at ${visits}, of the same participants.`,
          `Hollow circles baseline, filled marks the visit (circle longer, square unchanged, triangle shorter). ${rule}`,
          'Bars are quartiles with the median.',
          missing,
        ]),
        table: derivePairedTable(view, panels),
        explain: { parameter: first.summary.parameter, visit: first.visits.at(-1)?.code },
      },
    ]
  })
}

function describeRows(data: PairedChartData): string {
  const rows = countPairedRows(data)
  if (rows === 0)
    return `Above ${MOST_PAIRED_LINES} participants, and where none may be shown, quartiles alone are drawn.`
  const order = 'Rows: participants, largest gain at the last visit first.'
  return rows <= MOST_PAIRED_NAMES
    ? order
    : `Above ${MOST_PAIRED_NAMES} participants each is a line without a name, and each visit is ranked for itself, largest gain first.`
}

function toPanel({ summary, reported, visits, data }: PairedPanel): FigurePanel {
  const parts = visits.flatMap(visit =>
    summary.arms.map(arm => {
      const name = summary.arms.length > 1 ? `${visit.name}, ${arm.arm}` : visit.name
      return `${name}: ${countCourses(visitOf(arm, visit))}.`
    }),
  )
  return {
    name: summary.parameter,
    title: reported.parameter.label,
    description: parts.join(' '),
    size: 'half',
    draw: width => layOutPaired(data, width),
  }
}

function deriveKey(panels: readonly PairedChartData[]): KeyEntry[] {
  const rows = panels.flatMap(({ groups }) => groups.flatMap(group => group.rows))
  const isNamed = panels.every(data => countPairedRows(data) <= MOST_PAIRED_NAMES)
  const box = { kind: 'path', d: 'M4 2h20v8h-20z', className: 'quartiles' } as const
  const pairs: KeyEntry[] = (
    [
      ['better', 'Longer'],
      ['unchanged', 'Unchanged'],
      ['worse', 'Shorter'],
    ] as const
  ).map(([course, text]) => ({
    marks: [
      ...(course === 'unchanged' && isNamed ? [] : [drawPairLine(course, 4, 24, 6)]),
      ...(isNamed ? [drawVisitMark(course, course === 'unchanged' ? 14 : 24, 6)] : []),
    ],
    text,
  }))
  return [
    ...(rows.length > 0 && isNamed ? [{ marks: [drawBaselineMark(14, 6)], text: 'Baseline' }] : []),
    ...(rows.length > 0 ? pairs : []),
    { marks: [box, { kind: 'path', d: 'M14 0v12', className: 'median' }], text: 'Quartiles and median' },
    ...(isNamed && rows.some(row => row.hasSecondDose)
      ? [{ marks: [drawDose(14, 6)], text: 'Second dose' }]
      : []),
  ]
}
