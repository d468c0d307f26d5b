import { deriveReportVisits } from '@/lib/domain/outcomes/report-visits'
import { formatBounds, formatMean, formatValue } from '@/lib/format/numbers'
import { type CohortView, isReached, listParameters } from '../cohort-view'
import { composeCaption, describeSet } from '../figure-text'
import type { ReportFigure } from '../report-figure'
import { boundsCell, countCell, numberCell, textCell } from '../report-table'
import { describeReferences, listChosenReferences, lookOf, nameInFull } from './chosen-references'
import {
  type ForestGroup,
  type ForestLine,
  listDrawnIn,
  monthOf,
  nameOwn,
  namePublished,
  nearestTo,
  toForestPanel,
  toForestTable,
  wordCell,
} from './forest-rows'

const METHOD =
  'Own: visit − baseline of participants with both values, 95% t interval. Published: mean at the visit minus mean at baseline, as published; without the SD of changes it has no interval, and none is worked out.'

/** A forest plot of change, the study's own beside the published ones: a panel for each score that a reference has. */
export function listChangeForests(view: CohortView): ReportFigure[] {
  const chosen = listChosenReferences(view)
  const panels = listParameters(view).flatMap(({ summary, reported: { parameter } }) => {
    if (!chosen.some(trial => trial.courses.some(course => course.parameter === parameter.code))) return []
    const groups = listGroups(view, parameter.code)
    if (groups.length === 0) return []
    const better = parameter.higherIs === 'worse' ? 'Better' : parameter.higherIs === 'better' ? 'Worse' : ''
    const worse = better === '' ? '' : better === 'Better' ? 'Worse' : 'Better'
    const scale = { formatTick: formatValue, min: 0, max: 0, zero: 0, sides: [better, worse] as const }
    const title = `${parameter.label}, change from baseline`
    return [
      {
        parameter: summary.parameter,
        groups,
        panel: toForestPanel(view, parameter.code, title, groups, scale),
      },
    ]
  })
  const [first] = panels
  if (!first) return []
  const groups = panels.flatMap(panel => panel.groups)
  const drawn = listDrawnIn(groups)
  const references = describeReferences(drawn)
  return [
    {
      name: 'forest-change',
      section: 'outcome',
      title: 'Change from baseline beside published trials',
      n: describeSet(view),
      panels: panels.map(({ panel }) => panel),
      key: [],
      note: [
        METHOD,
        'A published point stands beside a visit planned within one month of it.',
        ...references,
      ],
      caption: composeCaption([
        'Change from baseline in this study and in published trials.',
        METHOD,
        ...references,
        ...new Set(drawn.map(({ citation }) => `${citation}.`)),
      ]),
      table: toForestTable(view, groups, ['parameter', 'Score'], ['mean_change', 'Mean change']),
      explain: { parameter: first.parameter, visit: first.groups[0]?.visit },
    },
  ]
}

function listGroups(view: CohortView, code: string): ForestGroup[] {
  const found = listParameters(view).find(({ summary }) => summary.parameter === code)
  if (!found) return []
  const { parameter, visits } = found.reported
  const reached = visits.filter(visit => isReached(view, code, visit))
  return deriveReportVisits(view.protocol, reached).map(visit => ({
    title: textCell(parameter.label, code),
    visit,
    lines: [
      ...listOwn(view, code, visit, parameter.decimals),
      ...listPublished(view, code, visit, parameter.decimals),
    ],
  }))
}

function listOwn(view: CohortView, parameter: string, visit: string, decimals = 1): ForestLine[] {
  const arms = view.summary.parameters.find(each => each.parameter === parameter)?.arms ?? []
  const show = (value: number) => formatMean(value, decimals)
  return arms.flatMap((arm, index): ForestLine[] => {
    const change = arm.visits.find(each => each.visit === visit)?.change
    if (!change) return []
    const { mean, ciLower, ciUpper, n } = change
    const interval =
      ciLower === null || ciUpper === null ? '' : ` (${formatBounds(ciLower, ciUpper, decimals)})`
    const source = nameOwn(view, arm)
    return [
      {
        row: {
          label: source,
          text: mean === null ? 'no values' : `${show(mean)}${interval}, n = ${n}`,
          ...{ estimate: mean, lower: ciLower, upper: ciUpper, look: { kind: 'own', index } },
        },
        source: textCell(source, arm.arm),
        month: wordCell('own visit'),
        n: numberCell(n, change.nReason, String),
        estimate: numberCell(mean, change.meanReason, show),
        interval: boundsCell([ciLower, ciUpper], change.ciLowerReason, decimals),
        citation: wordCell('this study'),
      },
    ]
  })
}

function listPublished(view: CohortView, parameter: string, visit: string, decimals = 1): ForestLine[] {
  const courses = listChosenReferences(view).flatMap(trial =>
    trial.courses.filter(course => course.parameter === parameter).map(course => ({ trial, course })),
  )
  return courses.flatMap(({ trial, course }): ForestLine[] => {
    const point = nearestTo(course.points, monthOf(view, visit))
    if (!point) return []
    const drawn = { trial, arm: course.arm, citation: course.citation }
    const n = trial.arms.find(({ code }) => code === course.arm)?.n ?? 0
    return [
      {
        row: {
          label: namePublished(drawn, point.month),
          text: `${formatMean(point.change, decimals)}, interval not published`,
          ...{
            estimate: point.change,
            lower: null,
            upper: null,
            look: { kind: 'reference', index: lookOf(drawn) },
          },
        },
        source: textCell(nameInFull(drawn), `${trial.code} ${course.arm}`),
        month: countCell(point.month),
        n: countCell(n),
        estimate: numberCell(point.change, undefined, value => formatMean(value, decimals)),
        interval: wordCell('not published'),
        citation: textCell(course.citation),
        published: drawn,
      },
    ]
  })
}
