import type { EstimateReference, VisitEstimatesData } from '@/app/_ui/charts/rates-chart-data'
import { layOutVisitEstimates } from '@/app/_ui/charts/rates-layout'
import { keepWithin } from '@/app/_ui/charts/reference-marks'
import type { ArmSummary, ResponderRate } from '@/lib/domain/outcomes/summary-types'
import type { ResponderRule } from '@/lib/domain/protocol/protocol'
import { formatCount, formatPercent } from '@/lib/format/numbers'
import { armCells, armColumns, type CohortView, isReached, nameVisit } from '../cohort-view'
import { composeCaption, describeSet } from '../figure-text'
import {
  type DrawnReference,
  describeReferences,
  keyReferences,
  listChosenReferences,
  lookOf,
  nameShort,
  uniqueArms,
} from '../reference/chosen-references'
import type { ReportFigure } from '../report-figure'
import {
  column,
  countOfCell,
  numberCell,
  percentBoundsCell,
  type ReportTable,
  textCell,
} from '../report-table'
import { keyArms } from './arm-key'
import { placeMonth, placeVisits, type TimedVisit, timeUnitOf } from './visit-times'

const METHOD = 'Share of everyone expected who meets the rule, 95% Wilson intervals.'
const MISSING =
  'Missing values, a missing baseline and, for percentages, a baseline of 0 count as non-response. Values of open windows are left out.'

/** One rule with its rates at the visits at which somebody is expected. */
interface RulePanel {
  readonly rule: ResponderRule
  readonly parameter: string
  readonly visits: readonly TimedVisit[]
  readonly arms: readonly { readonly arm: string; readonly rates: readonly (ResponderRate | undefined)[] }[]
  readonly references: readonly DrawnRate[]
}

interface DrawnRate extends DrawnReference {
  readonly line: EstimateReference
}

/** Responder rates over time: a panel for each responder rule. */
export function listRateFigures(view: CohortView): ReportFigure[] {
  const panels = listRulePanels(view)
  const [first] = panels
  if (!first) return []
  const drawn = panels.flatMap(panel => panel.references)
  const references = describeReferences(drawn)
  return [
    {
      name: 'responder-rates',
      section: 'outcome',
      title: 'Responder rates over time',
      n: describeSet(view),
      panels: panels.map(panel => ({
        name: panel.rule.code,
        title: panel.rule.label,
        description: describePanel(view, panel),
        size: 'half',
        draw: width => layOutVisitEstimates(toChartData(view, panel), width),
      })),
      key: [
        ...keyArms(view, 'points', 'share with response, with 95% interval'),
        ...keyReferences(uniqueArms(drawn)),
      ],
      note: [
        `${METHOD} The table has those of Clopper and Pearson too.`,
        MISSING,
        'Arms stand beside each other at a visit; the line that joins visits is a guide to the eye.',
        ...references,
        drawn.length > 0
          ? 'A published percentage has an interval only where its count is published (Wilson). Published months after the last visit drawn are in the table of published rates alone.'
          : '',
      ].filter(Boolean),
      caption: composeCaption([
        `Responder rates at each visit: ${panels.map(({ rule }) => rule.label).join('; ')}.`,
        METHOD,
        MISSING,
        'Under each visit responders of expected.',
        ...references,
        ...new Set(drawn.map(({ citation }) => `${citation}.`)),
      ]),
      table: deriveTable(view, panels),
      explain: { parameter: first.parameter, rule: first.rule.code },
    },
  ]
}

function listRulePanels(view: CohortView): RulePanel[] {
  return view.protocol.responders
    .filter(rule => rule.isResponder)
    .flatMap((rule): RulePanel[] => {
      const home = view.summary.parameters.find(({ arms }) => visitsOf(arms, rule.code).length > 0)
      if (!home) return []
      const codes = visitsOf(home.arms, rule.code).filter(code => isReached(view, home.parameter, code))
      const visits = placeVisits(view, codes)
      const arms = home.arms.map(arm => ({
        arm: arm.arm,
        rates: visits.map(({ code }) => rateAt(arm, code, rule.code)),
      }))
      if (arms.every(({ rates }) => rates.every(rate => rate === undefined || rate.n === null))) return []
      const references = listDrawnRates(view, rule.code, visits)
      return [{ rule, parameter: home.parameter, visits, arms, references }]
    })
}

function visitsOf(arms: readonly ArmSummary[], rule: string): string[] {
  return (arms[0]?.visits ?? [])
    .filter(({ responders }) => responders.some(rate => rate.code === rule))
    .map(({ visit }) => visit)
}

function rateAt(arm: ArmSummary, visit: string, rule: string): ResponderRate | undefined {
  return arm.visits
    .find(each => each.visit === visit)
    ?.responders.find(rate => rate.code === rule && rate.method === 'nonResponderImputation')
}

/** Published rates of the same rule within the time drawn, one line a trial and arm. */
function listDrawnRates(view: CohortView, rule: string, visits: readonly TimedVisit[]): DrawnRate[] {
  const times = visits.map(({ time }) => time)
  return listChosenReferences(view).flatMap(trial =>
    trial.arms.flatMap(({ code }): DrawnRate[] => {
      const rates = trial.rates.filter(rate => rate.arm === code && rate.rules.includes(rule))
      const [first] = rates
      if (!first) return []
      const drawn = { trial, arm: code, citation: first.citation }
      const all = rates.map(({ month, proportion, wilson }) => ({
        time: placeMonth(view, month),
        estimate: proportion,
        lower: wilson?.[0] ?? null,
        upper: wilson?.[1] ?? null,
      }))
      const points = keepWithin(all, times)
      if (points.length === 0) return []
      return [{ ...drawn, line: { label: nameShort(drawn), look: lookOf(drawn), points } }]
    }),
  )
}

function toChartData(view: CohortView, { visits, arms, references }: RulePanel): VisitEstimatesData {
  return {
    ...{ min: 0, max: 1, formatTick: formatPercent, timeUnit: timeUnitOf(view), zero: null, rules: [] },
    visits,
    rowNames: ['Share', 'k/n'],
    arms: arms.map(({ arm, rates }) => ({
      code: arm,
      points: rates.map(rate => {
        const isKnown = rate !== undefined && rate.k !== null && rate.n !== null
        const share = rate?.proportion ?? null
        return {
          estimate: share,
          lower: rate?.wilson?.[0] ?? null,
          upper: rate?.wilson?.[1] ?? null,
          texts: [
            share === null ? '' : formatPercent(share),
            isKnown ? formatCount(rate.k ?? 0, rate.n ?? 0) : '',
          ],
        }
      }),
    })),
    references: references.map(({ line }) => line),
  }
}

function describePanel(view: CohortView, { visits, arms }: RulePanel): string {
  return arms
    .map(({ arm, rates }) => {
      const each = visits.map(({ code }, index) => {
        const rate = rates[index]
        const share = rate?.proportion ?? null
        const text =
          rate === undefined || share === null
            ? 'no rate'
            : `${formatPercent(share)} (${formatCount(rate.k ?? 0, rate.n ?? 0)})`
        return `${nameVisit(view, code)} ${text}`
      })
      return `${arms.length > 1 ? `${arm}: ` : ''}${each.join(', ')}.`
    })
    .join(' ')
}

function deriveTable(view: CohortView, panels: readonly RulePanel[]): ReportTable {
  return {
    columns: [
      column('rule', 'Rule', 'head'),
      column('visit', 'Visit', 'head'),
      ...armColumns(view),
      column(['k', 'n'], 'k/n'),
      column('proportion', '%'),
      column(['wilson_lower', 'wilson_upper'], 'Wilson', 'number', '95% CI'),
      column(['cp_lower', 'cp_upper'], 'Clopper–Pearson', 'number', '95% CI'),
    ],
    rows: panels.flatMap(({ rule, visits, arms }) =>
      visits.flatMap(({ code }, index) =>
        arms.flatMap(({ arm, rates }) => {
          const rate = rates[index]
          if (!rate) return []
          return [
            [
              textCell(rule.label, rule.code),
              textCell(nameVisit(view, code), code),
              ...armCells(view, { arm }),
              countOfCell(rate.k, rate.n, rate.kReason),
              numberCell(rate.proportion, rate.proportionReason, formatPercent),
              percentBoundsCell(rate.wilson, rate.wilsonReason),
              percentBoundsCell(rate.clopperPearson, rate.clopperPearsonReason),
            ],
          ]
        }),
      ),
    ),
  }
}
