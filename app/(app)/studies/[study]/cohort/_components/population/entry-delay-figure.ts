import { deriveLooks, drawCategory, type StackedChartData } from '@/app/_ui/charts/stacked-chart-data'
import { layOutStacked } from '@/app/_ui/charts/stacked-layout'
import {
  type DelayClass,
  type EntryDelay,
  OTHER_SITES,
  type SiteDelay,
} from '@/lib/domain/population/entry-delay'
import { formatMean, formatValue } from '@/lib/format/numbers'
import type { CohortView } from '../cohort-view'
import { composeCaption } from '../figure-text'
import type { ReportFigure } from '../report-figure'
import {
  boundsCell,
  column,
  countCell,
  countOfCell,
  numberCell,
  type ReportCell,
  type ReportTable,
  textCell,
} from '../report-table'

const CLASSES: Readonly<Record<DelayClass, string>> = {
  day0: 'Same day',
  day7: '1 to 7 days',
  day14: '8 to 14 days',
  day30: '15 to 30 days',
  later: 'More than 30 days',
}

/** Sites with a bar of their own; the slowest are drawn where there are more. */
const MOST_SITES = 20

/** How soon visits were entered, by site. */
export function listEntryDelayFigures(view: CohortView): ReportFigure[] {
  const { entryDelay } = view.summary.population
  const { overall, sites, imported } = entryDelay
  if (overall.n === 0) return []
  const drawn = chooseSites(entryDelay)
  const categories = deriveLooks(overall.spread.length).map((look, index) => ({
    look,
    label: CLASSES[overall.spread[index]?.code ?? 'later'],
  }))
  const data: StackedChartData = {
    categories,
    hasOwnKey: false,
    visits: drawn.map(delay => ({
      label: nameSite(delay),
      bars: [{ label: null, n: delay.n, counts: delay.spread.map(({ k }) => k) }],
    })),
  }
  const left =
    sites.length > 1 && drawn.length <= sites.length
      ? `The ${MOST_SITES} sites with the longest median are drawn; the table has all ${sites.length}.`
      : ''
  const apart = [
    view.summary.synthetic
      ? 'Synthetic data were entered at once, whatever the dates of their visits: the delays are no site’s.'
      : '',
    imported > 0
      ? `${imported} visits that came by an import say nothing of a site’s speed and are left out.`
      : '',
    entryDelay.undated > 0 ? `${entryDelay.undated} visits have no date.` : '',
  ]
  const method =
    'Whole days from the visit’s date to the day, at the site, on which its first form was entered; quartiles of type 7. Visits dated up to the data cut, of everybody screened, whenever they were entered; missed visits have no date.'
  const summary = describeDelay(overall)
  return [
    {
      name: 'entry-delay',
      section: 'conduct',
      title: 'Time from visit to entry',
      n: `n = ${overall.n} visits`,
      panels: [
        {
          name: 'entry-delay',
          title: 'Time from visit to entry',
          description: summary,
          size: 'full',
          draw: width => layOutStacked(data, width),
        },
      ],
      key: categories.map(({ label, look }) => ({
        marks: drawCategory(look, { x: 2, y: 0, width: 24, height: 12 }),
        text: label,
      })),
      note: [summary, method, left, ...apart].filter(Boolean),
      caption: composeCaption([
        'Time from visit to first entry, by site; percent of visits, counts in the bars.',
        summary,
        method,
        ...apart,
      ]),
      table: toTable(entryDelay),
      explain: null,
    },
  ]
}

function describeDelay({ median, q1, q3, within7, n }: SiteDelay): string {
  if (median === null || q1 === null || q3 === null) return ''
  return `Median ${formatValue(median)} days (quartiles ${formatValue(q1)} to ${formatValue(q3)}); ${within7 ?? 0} of ${n} within 7 days.`
}

function chooseSites({ overall, sites }: EntryDelay): SiteDelay[] {
  if (sites.length <= 1) return [...sites]
  const slowest = sites.toSorted((a, b) => (b.median ?? 0) - (a.median ?? 0)).slice(0, MOST_SITES)
  return [overall, ...(sites.length <= MOST_SITES ? sites : slowest)]
}

function nameSite({ site }: SiteDelay): string {
  if (site === OTHER_SITES) return 'Other sites'
  return site === 'all' ? 'All sites' : site
}

function toTable({ overall, sites }: EntryDelay): ReportTable {
  const days = (value: number) => formatMean(value, 1)
  return {
    columns: [
      column('site', 'Site', 'head'),
      column('n', 'Visits'),
      column('median', 'Median days'),
      column(['q1', 'q3'], 'Quartiles'),
      column('max', 'Longest'),
      column(['within7', 'of'], 'Within 7 days'),
      ...overall.spread.map(({ code }) => column(code, CLASSES[code])),
    ],
    rows: [...(sites.length > 1 ? [overall] : []), ...sites].map((delay): ReportCell[] => [
      textCell(nameSite(delay), delay.site),
      countCell(delay.n),
      numberCell(delay.median, delay.medianReason, days),
      boundsCell([delay.q1, delay.q3], delay.q1Reason),
      numberCell(delay.max, delay.maxReason, formatValue),
      countOfCell(delay.within7, delay.n, delay.within7Reason),
      ...delay.spread.map(({ k }) => countCell(k)),
    ]),
  }
}
