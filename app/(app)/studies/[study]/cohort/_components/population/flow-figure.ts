import type { FlowBox, FlowChartData, FlowLine } from '@/app/_ui/charts/flow-chart-data'
import { layOutFlow } from '@/app/_ui/charts/flow-layout'
import type { Flow, FlowArm } from '@/lib/domain/population/flow'
import { formatMissing } from '@/lib/format/reasons'
import { type CohortView, nameSet, nameVisit } from '../cohort-view'
import { composeCaption } from '../figure-text'
import type { ReportFigure } from '../report-figure'
import { column, countCell, type ReportCell, type ReportTable, textCell } from '../report-table'
import { nameCause, nameDoseOrdinal, namePart } from './population-text'

/** From assessment to analysis, as CONSORT draws it. */
export function listFlowFigures(view: CohortView): ReportFigure[] {
  const { flow } = view.summary.population
  if (flow.assessed === 0) return []
  const data = deriveFlowChart(view, flow)
  const restricted =
    flow.noFurtherUse === 0
      ? ''
      : `In no box: ${flow.noFurtherUse} whose data may not be used any further, as they asked.`
  return [
    {
      name: 'flow',
      section: 'participants',
      title: 'Flow of participants',
      n: `n = ${flow.assessed} assessed`,
      panels: [
        {
          name: 'flow',
          title: 'Flow of participants',
          description: describeFlow(flow),
          size: 'full',
          draw: width => layOutFlow(data, width),
        },
      ],
      key: [],
      note: [
        'Counted from the records, in persons: who was screened again counts once, by the last screening. A person may fail several criteria. Each box is the sum of its parts.',
        view.armsMasked ? 'Doses are not told by masked arm, since they would tell which is which.' : '',
        restricted,
      ].filter(Boolean),
      caption: composeCaption([
        'Flow of participants from assessment for eligibility to analysis (CONSORT).',
        describeFlow(flow),
        restricted,
      ]),
      table: toTable(data),
      explain: { about: 'participants' },
    },
  ]
}

function describeFlow(flow: Flow): string {
  const sets = flow.randomised === null ? '' : `, ${flow.randomised} randomised`
  const inSet = flow.arms.reduce((sum, arm) => sum + arm.inSet, 0)
  return `${flow.assessed} assessed, ${flow.excluded} excluded, ${flow.enrolled} enrolled${sets}, ${inSet} in the analysis set.`
}

const line = (text: string, count: number, level: FlowLine['level'] = 0): FlowLine => ({ text, count, level })

const box = (title: string, count: number, lines: readonly FlowLine[] = []): FlowBox => ({
  title,
  count,
  lines,
})

/** The boxes of the flow, in words. */
export function deriveFlowChart(view: CohortView, flow: Flow): FlowChartData {
  const criteria = [...view.protocol.eligibility.inclusion, ...view.protocol.eligibility.exclusion]
  const excludedFor = flow.excludedFor
    .filter(({ k }) => k > 0)
    .flatMap(({ code, k }) => [
      line(namePart(code), k),
      ...(code === 'criteria'
        ? flow.criteria.map(part => {
            const text = criteria.find(each => each.code === part.code)?.text
            return line(`${part.code}${text ? ` ${text}` : ''}`, part.k, 1)
          })
        : []),
    ])
  const outside =
    flow.outsideView > 0 ? [box(`Outside the chosen group, ${nameSet(view)}`, flow.outsideView)] : []
  const steps = [
    {
      box: box(
        'Assessed for eligibility',
        flow.assessed,
        flow.rescreened > 0 ? [line('Screened more than once', flow.rescreened)] : [],
      ),
      aside: [
        ...(flow.excluded > 0 ? [box('Excluded', flow.excluded, excludedFor)] : []),
        ...(flow.inScreening > 0 ? [box('In screening', flow.inScreening)] : []),
      ],
    },
    {
      box: box('Enrolled', flow.enrolled),
      aside:
        flow.randomised === null
          ? outside
          : flow.notRandomised
            ? [box('Not randomised', flow.notRandomised)]
            : [],
    },
    ...(flow.randomised === null ? [] : [{ box: box('Randomised', flow.randomised), aside: outside }]),
  ]
  return { steps, arms: flow.arms.map(arm => listArmBoxes(view, flow, arm)) }
}

function listArmBoxes(view: CohortView, flow: Flow, arm: FlowArm): FlowBox[] {
  const allocated = flow.randomised === null ? 'enrolled' : 'allocated'
  const untreated = arm.notReceived.filter(({ k }) => k > 0)
  const given =
    arm.received === null
      ? []
      : [
          line('Received the first dose', arm.received),
          ...arm.laterDoses.map(({ dose, k }) => line(`Received the ${nameDoseOrdinal(dose)}`, k, 1)),
          ...untreated.map(({ code, k }) => line(`Not received, ${namePart(code).toLowerCase()}`, k)),
        ]
  const left = arm.left
    .filter(({ k }) => k > 0)
    .flatMap(({ code, k, causes }) => [
      line(namePart(code), k),
      ...causes.map(cause => line(nameCause(view, cause.code), cause.k, 1)),
    ])
  return [
    box(`${arm.label}, ${allocated}`, arm.allocated, given),
    box(`Follow-up, ${nameSet(view)}`, arm.inSet, [
      ...left,
      line('Still in follow-up, or complete', arm.inFollowUp),
    ]),
    ...(arm.analysis ? [listAnalysis(view, arm.analysis)] : []),
  ]
}

function listAnalysis(view: CohortView, analysis: NonNullable<FlowArm['analysis']>): FlowBox {
  const label =
    view.parameters.find(({ parameter }) => parameter.code === analysis.parameter)?.parameter.label ??
    analysis.parameter
  return box(`Analysed: ${label}, ${nameVisit(view, analysis.visit)}`, analysis.analysed, [
    ...(analysis.notYetDue > 0 ? [line('Not yet due', analysis.notYetDue)] : []),
    ...analysis.missing.map(({ code, k }) => line(`Missing, ${formatMissing(code)}`, k)),
  ])
}

/** The boxes as lines: what each says, and its number. */
function toTable({ steps, arms }: FlowChartData): ReportTable {
  const boxes = [...steps.flatMap(step => [step.box, ...step.aside]), ...arms.flat()]
  return {
    columns: [column('box', 'Box', 'head'), column('part', 'Of them', 'text'), column('persons', 'Persons')],
    rows: boxes.flatMap(({ title, count, lines }): ReportCell[][] => [
      [textCell(title), textCell('all', ''), countCell(count)],
      ...lines.map(part => [textCell(title), textCell(part.text), countCell(part.count)]),
    ]),
  }
}
