import { formatDecimal } from '@/lib/format/numbers'
import { type CohortView, listParameters } from '../cohort-view'
import type { ReportFigure } from '../report-figure'
import { column, countCell, type ReportCell, textCell } from '../report-table'
import {
  type DrawnReference,
  describeReferences,
  listChosenReferences,
  nameInFull,
} from './chosen-references'
import { wordCell } from './forest-rows'

/** Decimals in which the sources print means and SDs. */
const DECIMALS = 2

/** The published arm means that lie over the trajectories, every one with its citation. */
export function listPublishedTables(view: CohortView): ReportFigure[] {
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
      n: 'n as published, at randomisation or treatment',
      panels: [],
      key: [],
      note: [
        'Not data of this study, and in none of its calculations.',
        ...describeReferences(drawn).slice(1),
      ],
      caption: `Arm means of published trials: ${[...new Set(drawn.map(({ citation }) => citation))].join('; ')}.`,
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

function show(value: number): ReportCell {
  return { text: formatDecimal(value, DECIMALS), values: [value] }
}
