import type { Instrument, Parameter } from '@/lib/domain/instruments/instrument'
import type { VisitSummary } from '@/lib/domain/outcomes/summary-types'
import type { CohortView } from '../cohort-view'
import { composeCaption, describeMissing, describeSet, joinNames } from '../figure-text'
import type { ReportFigure } from '../report-figure'
import { deriveStacked, type LevelPanel, toKey, toStackedPanel } from './level-panels'
import { deriveLevelTable } from './level-table'
import {
  describePlaces,
  groupByInstrument,
  listReachedVisits,
  listShownVisits,
  type ShownParameter,
  type ShownVisit,
  visitOf,
} from './shown-visits'

/** Bars of one panel beyond which only baseline and the reported visits are drawn. */
const MOST_BARS = 8

/** Participants in ordered categories at each visit, stacked: a figure for the levels of each instrument. */
export function listLevelFigures(view: CohortView): ReportFigure[] {
  return groupByInstrument(view, hasLevels).flatMap(([instrument, parameters]) => {
    const panels = parameters.map(shown => ({
      ...shown,
      visits: chooseVisits(view, shown),
      countsOf: ({ categories }: VisitSummary) => categories,
    }))
    return composeLevelFigure(view, instrument, panels, {
      name: `levels-${instrument.code}`,
      title: `${instrument.name}, participants at each level`,
      about: 'Levels are counted, never averaged.',
    })
  })
}

/** Participants in the named ranges of a score, stacked: a figure for each instrument that names ranges. */
export function listBandFigures(view: CohortView): ReportFigure[] {
  return groupByInstrument(view, ({ bands }) => bands !== undefined).flatMap(([instrument, parameters]) => {
    const panels = parameters.map(shown => ({
      ...shown,
      visits: listShownVisits(view, shown),
      countsOf: ({ bands = [] }: VisitSummary) => bands,
    }))
    return composeLevelFigure(view, instrument, panels, {
      name: `bands-${instrument.code}`,
      title: `${instrument.name}, participants in each range`,
      about: `Ranges as named by the instrument${describeBandSource(parameters)}; each reaches up to and with its upper end.`,
    })
  })
}

/** A comparison with baseline in three levels is a change: `listLevelChangeFigures` shows it. */
function hasLevels({ kind, comparesWithBaseline, levels = [] }: Parameter): boolean {
  return kind === 'ordered' && !(comparesWithBaseline && levels.length <= 3)
}

function chooseVisits(view: CohortView, shown: ShownParameter): ShownVisit[] {
  const all = listReachedVisits(view, shown)
  return all.length * shown.summary.arms.length <= MOST_BARS ? all : listShownVisits(view, shown)
}

function describeBandSource(parameters: readonly ShownParameter[]): string {
  const sources = new Set(parameters.flatMap(({ reported }) => reported.parameter.bands?.source ?? []))
  return sources.size === 0 ? '' : ` (${[...sources].join('; ')})`
}

function composeLevelFigure(
  view: CohortView,
  instrument: Instrument,
  all: readonly LevelPanel[],
  text: { readonly name: string; readonly title: string; readonly about: string },
): ReportFigure[] {
  const panels = all.filter(({ visits }) => visits.length > 0)
  const [first] = panels
  if (!first) return []
  const drawn = panels.map(panel => deriveStacked(panel))
  const keys = new Set(drawn.map(data => data.categories.map(({ label }) => label).join('\n')))
  const hasSharedKey = keys.size === 1
  const parameters = panels.map(({ reported }) => reported.parameter)
  const outside = panels.flatMap(panel => describeOutside(view, instrument, panel)).join(' ')
  const names = joinNames([...new Set(panels.map(({ reported }) => reported.parameter.label))])
  return [
    {
      name: text.name,
      section: 'outcome',
      title: text.title,
      n: describeSet(view),
      panels: drawn.map((data, index) =>
        toStackedPanel(panels[index] ?? first, { ...data, hasOwnKey: !hasSharedKey }),
      ),
      key: hasSharedKey ? toKey(drawn[0]?.categories ?? []) : [],
      note: [
        `Number of participants in the segment; the axis is percent of those with a value, n beside each bar. ${describeOrder(parameters, 'Darker is worse (brighter in a dark scheme).')}`,
        text.about,
        outside,
        `${describeMissing(view)} A count without room in its segment stands in the table.`,
        describePlaces(instrument),
      ].filter(Boolean),
      caption: composeCaption([
        `${names}: participants in each category by visit, as percent of those with a value. Numbers in the bars are counts, numbers beside them everybody with a value.`,
        describeOrder(parameters, 'Darker is worse.'),
        text.about,
        outside,
        describeMissing(view),
        describePlaces(instrument),
      ]),
      table: deriveLevelTable(view, panels),
      explain: { parameter: first.summary.parameter, visit: first.visits.at(-1)?.code },
    },
  ]
}

function describeOrder(parameters: readonly Parameter[], ramp: string): string {
  const unordered = parameters.filter(({ higherIs }) => higherIs === 'neither').map(({ label }) => label)
  if (unordered.length === parameters.length) return 'Shades follow the codes; none is better than another.'
  return unordered.length === 0
    ? ramp
    : `${ramp} ${joinNames(unordered)}: no category is better than another.`
}

/** Who is outside the denominator because the question does not apply, by visit. */
function describeOutside(view: CohortView, instrument: Instrument, panel: LevelPanel): string[] {
  const item = instrument.items(view.protocol.settings).find(({ code }) => code === panel.summary.parameter)
  const name = item?.missingLabels?.notApplicable
  if (name === undefined) return []
  const parts = panel.visits.flatMap(visit => {
    const counts = panel.summary.arms.map(arm => visitOf(arm, visit)?.missing.notApplicable ?? 0)
    const count = counts.reduce((sum, each) => sum + each, 0)
    return count === 0 ? [] : [`${visit.name} ${count}`]
  })
  const label = panel.reported.parameter.label
  return [
    `${label}: “${name.toLowerCase()}” is outside the denominator (${parts.length === 0 ? 'nobody' : parts.join(', ')}).`,
  ]
}
