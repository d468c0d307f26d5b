import type { DistributionChartData } from '@/app/_ui/charts/distribution-chart-data'
import { layOutDistribution } from '@/app/_ui/charts/distribution-layout'
import { drawLine } from '@/app/_ui/charts/drawing'
import type {
  ArmResponseDistribution,
  ResponseDistribution,
} from '@/lib/domain/outcomes/response-distribution-types'
import { formatMean, formatPercent } from '@/lib/format/numbers'
import { armCells, armColumns, type CohortView, listParameters, nameVisit } from '../cohort-view'
import { composeCaption, describeSet } from '../figure-text'
import type { FigurePanel, ReportFigure } from '../report-figure'
import {
  column,
  countCell,
  countOfCell,
  numberCell,
  percentBoundsCell,
  type ReportTable,
  textCell,
} from '../report-table'
import { keyArms } from './arm-key'

/** Longer curves are told in the table at about every tenth percent alone; the document of the summary has every step. */
const MOST_STEPS = 30
const THRESHOLD_STEP = 10

const METHOD =
  'Share of everyone expected who improved by at least so many percent; 95% bands are Wilson intervals, pointwise.'
const MISSING =
  'Whoever has no percentage counts and lies below the worst value, never at 0%: visit or baseline missing, or a baseline of 0. Nothing is filled in; values of open windows are left out.'

/** Cumulative curves of response: a panel for each score on which zero means none, at each reported visit. */
export function listDistributionFigures(view: CohortView): ReportFigure[] {
  const { responseDistribution } = view.summary
  const drawn = responseDistribution.filter(({ arms }) => arms.some(arm => arm.expected > 0))
  const [first] = drawn
  if (!first) return []
  const isCoarse = drawn.some(({ resolution }) => resolution === 'coarse')
  const missing =
    view.summary.view.strategy === 'composite'
      ? `${MISSING} So do values at or after an intercurrent event.`
      : MISSING
  const names = drawn.map(
    ({ parameter, visit }) => `${nameParameter(view, parameter)}, ${nameVisit(view, visit)}`,
  )
  return [
    {
      name: 'response-distribution',
      section: 'outcome',
      title: 'Cumulative distribution of response',
      n: describeSet(view),
      panels: drawn.map((each, index) => toPanel(each, names[index] ?? '')),
      key: [
        ...keyArms(view, 'curve', 'share improved by at least so much, with 95% band'),
        { marks: [drawLine('grd', 14, 0, 14, 12)], text: '0, 30 and 50%' },
      ],
      note: [
        METHOD,
        missing,
        'Improvements below −100% are drawn at it.',
        isCoarse
          ? 'Curves are told at every tenth percent, since a participant’s own value would tell the arm.'
          : drawn.some(hasLongCurve)
            ? 'The table gives the first improvement observed from every tenth percent on; the summary document has them all.'
            : '',
      ].filter(Boolean),
      caption: composeCaption([
        `Cumulative distribution of percent improvement from baseline: ${names.join('; ')}.`,
        METHOD,
        missing,
        'Under each panel the number expected. Dashed lines at 0, 30 and 50%.',
      ]),
      table: deriveTable(view, drawn),
      explain: { parameter: first.parameter, visit: first.visit },
    },
  ]
}

function nameParameter(view: CohortView, code: string): string {
  return (
    listParameters(view).find(({ summary }) => summary.parameter === code)?.reported.parameter.label ?? code
  )
}

function toPanel({ parameter, visit, arms }: ResponseDistribution, title: string): FigurePanel {
  const data: DistributionChartData = {
    arms: arms.map(arm => ({
      code: arm.arm,
      n: arm.expected,
      withoutValue: describeWithout(arm),
      steps: arm.steps.map(({ percentImprovement, proportion, wilson: [lower, upper] }) => ({
        improvement: percentImprovement,
        share: proportion,
        lower,
        upper,
      })),
    })),
  }
  return {
    name: `${parameter}-${visit}`,
    title,
    description: arms.map(arm => describeCurve(arm, arms.length > 1)).join(' '),
    size: 'half',
    draw: width => layOutDistribution(data, width),
  }
}

function describeWithout({ missing, undefinedBaselineZero, afterEvent }: ArmResponseDistribution): string {
  return [
    missing > 0 ? `missing ${missing}` : '',
    undefinedBaselineZero > 0 ? `baseline 0: ${undefinedBaselineZero}` : '',
    afterEvent > 0 ? `after an event ${afterEvent}` : '',
  ]
    .filter(Boolean)
    .join(', ')
}

function describeCurve(arm: ArmResponseDistribution, isNamed: boolean): string {
  const shares = [0, 30, 50].map(threshold => {
    const k = arm.steps.find(step => step.percentImprovement >= threshold - 1e-9)?.k ?? 0
    return `${k} of ${arm.expected} by at least ${threshold}%`
  })
  return `${isNamed ? `${arm.arm}: ` : ''}improved ${shares.join(', ')}.`
}

function hasLongCurve({ arms }: ResponseDistribution): boolean {
  return arms.some(arm => arm.steps.length > MOST_STEPS)
}

/** The steps that a table shows: all, or of a long curve the first from every tenth percent on. */
function listShownSteps({ steps }: ArmResponseDistribution) {
  if (steps.length <= MOST_STEPS) return steps
  let wanted = Number.NEGATIVE_INFINITY
  return steps.filter(({ percentImprovement }) => {
    if (percentImprovement < wanted) return false
    wanted = (Math.floor(percentImprovement / THRESHOLD_STEP) + 1) * THRESHOLD_STEP
    return true
  })
}

function deriveTable(view: CohortView, drawn: readonly ResponseDistribution[]): ReportTable {
  return {
    columns: [
      column('parameter', 'Score', 'head'),
      column('visit', 'Visit', 'head'),
      ...armColumns(view),
      column('missing', 'Missing'),
      column('baseline_zero', 'Baseline 0'),
      column('after_event', 'After an event'),
      column('n_early', 'Early, left out'),
      column('percent_improvement', 'Improved by at least, %'),
      column(['k', 'n'], 'k/n'),
      column('proportion', '%'),
      column(['wilson_lower', 'wilson_upper'], '95% CI, Wilson'),
    ],
    rows: drawn.flatMap(({ parameter, visit, arms }) =>
      arms.flatMap(arm =>
        listShownSteps(arm).map(step => [
          textCell(nameParameter(view, parameter), parameter),
          textCell(nameVisit(view, visit), visit),
          ...armCells(view, arm),
          countCell(arm.missing),
          countCell(arm.undefinedBaselineZero),
          countCell(arm.afterEvent),
          countCell(arm.nEarly),
          numberCell(step.percentImprovement, undefined, value => formatMean(value)),
          countOfCell(step.k, arm.expected, undefined),
          numberCell(step.proportion, undefined, formatPercent),
          percentBoundsCell(step.wilson, undefined),
        ]),
      ),
    ),
  }
}
