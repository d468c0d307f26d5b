import { formatDecimal, formatPercent } from '@/lib/format/numbers'
import { type CohortView, listParameters } from '../cohort-view'
import { composeCaption } from '../figure-text'
import type { ReportFigure } from '../report-figure'
import { column, countCell, percentBoundsCell, type ReportCell, textCell } from '../report-table'
import {
  armOf,
  type DrawnReference,
  describeReferences,
  listChosenReferences,
  nameInFull,
} from './chosen-references'
import { wordCell } from './forest-rows'

const N = 'n as published, at randomisation or treatment'
const NOT_OWN = 'Not data of this study, and in none of its calculations.'
/** Decimals in which the sources print means and SDs. */
const DECIMALS = 2

/** The published numbers that fit the study, every one with its citation, whether a figure has room for them or not. */
export function listPublishedTables(view: CohortView): ReportFigure[] {
  return [...listMeans(view), ...listRates(view)]
}

function listMeans(view: CohortView): ReportFigure[] {
  const drawn: DrawnReference[] = []
  const rows = listChosenReferences(view).flatMap(trial =>
    trial.courses.flatMap(course => {
      const label = listParameters(view).find(({ summary }) => summary.parameter === course.parameter)
        ?.reported.parameter.label
      if (label === undefined) return []
      const of = { trial, arm: course.arm, citation: course.citation }
      drawn.push(of)
      const n = trial.arms.find(({ code }) => code === course.arm)?.n ?? 0
      const row = (when: ReportCell, { mean, sd }: { mean: number; sd: number | null }) => [
        textCell(label, course.parameter),
        textCell(nameInFull(of), `${trial.code} ${course.arm}`),
        when,
        countCell(n),
        show(mean),
        sd === null ? wordCell('not given') : show(sd),
        textCell(course.citation),
      ]
      return [
        row(textCell('Baseline', 'baseline'), course.baseline),
        ...course.points.map(point => row(countCell(point.month), point)),
      ]
    }),
  )
  if (rows.length === 0) return []
  return [
    {
      name: 'published-means',
      section: 'outcome',
      title: 'Published arm means',
      n: N,
      panels: [],
      key: [],
      note: [
        'Not data of this study, and in none of its calculations.',
        ...describeReferences(drawn).slice(1),
      ],
      caption: composeCaption([`Arm means of published trials: ${citationsOf(drawn)}.`]),
      table: {
        columns: [
          column('parameter', 'Score', 'head'),
          column('source', 'Trial and arm', 'head'),
          column('month', 'Month, published'),
          column('n', 'n'),
          column('mean', 'Mean'),
          column('sd', 'SD'),
          column('citation', 'Citation', 'text'),
        ],
        rows,
      },
      explain: null,
    },
  ]
}

function listRates(view: CohortView): ReportFigure[] {
  const rates = listChosenReferences(view).flatMap(trial =>
    trial.rates.map(rate => ({ rate, drawn: { trial, arm: rate.arm, citation: rate.citation } })),
  )
  if (rates.length === 0) return []
  const drawn = rates.map(each => each.drawn)
  return [
    {
      name: 'published-rates',
      section: 'outcome',
      title: 'Published rates',
      n: N,
      panels: [],
      key: [],
      note: [
        NOT_OWN,
        'Rules in the words of the source; the interval is Wilson’s, of a published count alone.',
        ...describeReferences(drawn).slice(1),
      ],
      caption: composeCaption([`Rates of published trials: ${citationsOf(drawn)}.`]),
      table: {
        columns: [
          column('rule', 'Rule, as published', 'head'),
          column('source', 'Trial and arm', 'head'),
          column('month', 'Month, published'),
          column('n', 'n'),
          column('k', 'k'),
          column('proportion', 'Share'),
          column(['wilson_lower', 'wilson_upper'], '95% CI'),
          column('citation', 'Citation', 'text'),
        ],
        rows: rates.map(({ rate, drawn: of }) => [
          textCell(rate.rule),
          textCell(nameInFull(of), `${of.trial.code} ${rate.arm}`),
          countCell(rate.month),
          countCell(armOf(of)?.n ?? 0),
          rate.k === null ? wordCell('not given') : countCell(rate.k),
          { text: formatPercent(rate.proportion), values: [rate.proportion] },
          rate.wilson ? percentBoundsCell(rate.wilson, undefined) : wordCell('not published'),
          textCell(rate.citation),
        ]),
      },
      explain: null,
    },
  ]
}

function show(value: number): ReportCell {
  return { text: formatDecimal(value, DECIMALS), values: [value] }
}

function citationsOf(drawn: readonly DrawnReference[]): string {
  return [...new Set(drawn.map(({ citation }) => citation))].join('; ')
}
