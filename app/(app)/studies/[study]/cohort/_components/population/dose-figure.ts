import type { StripChartData, StripPoint } from '@/app/_ui/charts/strip-chart-data'
import { layOutStrip } from '@/app/_ui/charts/strip-layout'
import type { DescribedDose, DoseMeasure } from '@/lib/domain/population/dose-description'
import { formatMean, formatValue } from '@/lib/format/numbers'
import { type CohortView, hasArms } from '../cohort-view'
import { composeCaption, describeSet } from '../figure-text'
import type { FigurePanel, ReportFigure } from '../report-figure'
import {
  boundsCell,
  column,
  countCell,
  numberCell,
  type ReportCell,
  type ReportTable,
  textCell,
} from '../report-table'

/** What is drawn; what else was recorded of a dose stands in the table. */
const DRAWN = ['CELL_COUNT', 'VIABILITY']

/** Cells and viability by dose: who may not know what an arm was given has no such figure. */
export function listDoseFigures(view: CohortView): ReportFigure[] {
  const doses = view.summary.population.doses.doses ?? []
  const measured = doses.filter(({ measures }) => measures.length > 0)
  if (measured.length === 0) return []
  const codes = [...new Set(measured.flatMap(dose => dose.measures.map(({ code }) => code)))]
  const drawn = codes.filter(code => DRAWN.includes(code))
  const shown = drawn.length > 0 ? drawn : codes.slice(0, 1)
  const given = measured.map(dose => `${dose.label} n = ${dose.given}`).join(', ')
  return [
    {
      name: 'doses',
      section: 'participants',
      title: drawn.length > 0 ? 'Cells and viability by dose' : 'Doses as given',
      n: describeSet(view),
      panels: shown.flatMap(code => toPanel(view, measured, code)),
      key: [],
      note: [
        'Doses given to participants of the analysis set. Left in each group the single doses, then quartiles as a box with the median, then the mean. A dose without the value is left out and counted as missing in the table.',
        'Mean and SD describe the doses; no interval and no test.',
      ],
      caption: composeCaption([
        `${drawn.length > 0 ? 'Cell count and viability' : 'Doses'} as recorded at each dose: ${given}.`,
        'Points are single doses, boxes quartiles with the median, larger markers means. Nothing was imputed.',
      ]),
      table: toTable(view, measured),
      explain: { about: 'participants' },
    },
  ]
}

function toPanel(view: CohortView, doses: readonly DescribedDose[], code: string): FigurePanel[] {
  const own = doses.flatMap(dose => {
    const measure = dose.measures.find(each => each.code === code)
    return measure ? [{ dose, measure }] : []
  })
  const [first] = own
  if (!first) return []
  const { label, unit } = first.measure
  const title = unit === '' ? label : `${label}, ${unit}`
  const arms = [...new Set(own.map(({ dose }) => dose.arm))]
  const treatments = [...new Set(own.map(({ dose }) => dose.treatment))]
  const ends = own.flatMap(({ measure }) => [measure.min ?? [], measure.max ?? []].flat())
  const data: StripChartData = {
    ...widen(Math.min(...ends), Math.max(...ends)),
    decimals: 1,
    bands: [],
    visits: treatments.map(
      treatment => own.find(({ dose }) => dose.treatment === treatment)?.dose.label ?? treatment,
    ),
    arms: arms.map(arm => ({
      code: hasArms(view) ? arm : null,
      points: treatments.map(treatment => {
        const found = own.find(({ dose }) => dose.arm === arm && dose.treatment === treatment)
        return found ? toPoint(found.dose, found.measure) : EMPTY
      }),
    })),
  }
  const means = own.map(({ dose, measure }) =>
    measure.mean === null ? '' : `${dose.label} mean ${formatMean(measure.mean)}, n = ${measure.n}`,
  )
  return [
    {
      name: code.toLowerCase(),
      title,
      description: `${title}: ${means.filter(Boolean).join('; ')}.`,
      size: 'half',
      draw: width => layOutStrip(data, width),
    },
  ]
}

/** Some room around values that hardly differ. */
function widen(lowest: number, highest: number): { readonly min: number; readonly max: number } {
  const room = Math.max((highest - lowest) * 0.1, Math.abs(highest) * 0.01, 0.1)
  return { min: Math.max(0, lowest - room), max: highest + room }
}

const EMPTY: StripPoint = {
  n: 0,
  values: [],
  mean: null,
  ciLower: null,
  ciUpper: null,
  median: null,
  q1: null,
  q3: null,
}

function toPoint(dose: DescribedDose, measure: DoseMeasure): StripPoint {
  const { n, mean, median, q1, q3 } = measure
  const values = (measure.values ?? []).map(({ subject, value }) => ({
    subject,
    value,
    label:
      `${subject === null ? '' : `${subject}, `}${dose.label}: ${formatValue(value)} ${measure.unit}`.trim(),
  }))
  return { n, values, mean, ciLower: null, ciUpper: null, median, q1, q3 }
}

function toTable(view: CohortView, doses: readonly DescribedDose[]): ReportTable {
  const byArm = hasArms(view)
  return {
    columns: [
      column('dose', 'Dose', 'head'),
      ...(byArm ? [column('arm', 'Arm', 'text')] : []),
      column('measure', 'Measure', 'text'),
      column('given', 'Doses'),
      column('n', 'n'),
      column('missing', 'Missing'),
      column('mean', 'Mean'),
      column('sd', 'SD'),
      column('median', 'Median'),
      column(['q1', 'q3'], 'Quartiles'),
      column(['min', 'max'], 'Range'),
    ],
    rows: doses.flatMap(dose =>
      dose.measures.map((measure): ReportCell[] => [
        textCell(dose.label, dose.treatment),
        ...(byArm ? [textCell(dose.arm)] : []),
        textCell(measure.unit === '' ? measure.label : `${measure.label}, ${measure.unit}`, measure.code),
        countCell(dose.given),
        countCell(measure.n),
        countCell(measure.missing),
        numberCell(measure.mean, measure.meanReason, value => formatMean(value, 1)),
        numberCell(measure.sdSample, measure.sdSampleReason, value => formatMean(value, 2)),
        numberCell(measure.median, measure.medianReason, value => formatMean(value, 1)),
        boundsCell([measure.q1, measure.q3], measure.q1Reason),
        boundsCell([measure.min, measure.max], measure.minReason),
      ]),
    ),
  }
}
