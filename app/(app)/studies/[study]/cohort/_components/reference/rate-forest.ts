import type { ResponderRule } from '@/lib/domain/protocol/protocol'
import type { Reference, ReferenceRate } from '@/lib/domain/references/list-references'
import { formatCount, formatPercent, formatPercentBounds } from '@/lib/format/numbers'
import { type CohortView, isReached } from '../cohort-view'
import { composeCaption, describeSet } from '../figure-text'
import type { ReportFigure } from '../report-figure'
import { countCell, numberCell, percentBoundsCell, type ReportCell, textCell } from '../report-table'
import { armOf, describeReferences, listChosenReferences, lookOf, nameInFull } from './chosen-references'
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
  'Own: share of everyone expected, missing as not met, 95% Wilson interval. Published: as published; a Wilson interval only where the count is published, never worked out from a percentage.'

/** A forest plot of the shares that meet each rule, the study's own beside those published for the same rule. */
export function listRateForests(view: CohortView): ReportFigure[] {
  const groups = view.protocol.responders.flatMap(rule => listGroups(view, rule))
  const [first] = groups
  if (!first) return []
  const drawn = listDrawnIn(groups)
  const references = describeReferences(drawn)
  const notResponders = groups.some(({ isResponder }) => !isResponder)
  const scale = {
    formatTick: formatPercent,
    ...{ min: 0, max: 1, zero: null, sides: ['', ''] as const },
  }
  return [
    {
      name: 'forest-rates',
      section: 'outcome',
      title: 'Rates beside published trials',
      n: describeSet(view),
      panels: [toForestPanel(view, 'rates', 'Share that meets the rule', groups, scale)],
      key: [],
      note: [
        METHOD,
        'A published rate stands beside a visit planned within one month of it, and under the rule that asks the same; the pain scale may differ.',
        notResponders ? 'Rules that the protocol does not call responder rules are no responder rates.' : '',
        ...references,
      ].filter(Boolean),
      caption: composeCaption([
        'Share of participants who meet each rule, in this study and in published trials.',
        METHOD,
        ...references,
        ...new Set(drawn.map(({ citation }) => `${citation}.`)),
      ]),
      table: toForestTable(view, groups, ['rule', 'Rule'], [['proportion', 'k'], 'Share and count']),
      explain: { parameter: first.parameter, visit: first.visit, rule: first.rule },
    },
  ]
}

interface RuleGroup extends ForestGroup {
  readonly rule: string
  readonly parameter: string
  readonly isResponder: boolean
}

function listGroups(view: CohortView, rule: ResponderRule): RuleGroup[] {
  return view.summary.parameters.flatMap(({ parameter, arms }) =>
    (arms[0]?.visits ?? []).flatMap(({ visit, responders }): RuleGroup[] => {
      if (!responders.some(({ code }) => code === rule.code) || !isReached(view, parameter, visit)) return []
      const published = listPublished(view, rule.code, visit)
      if (published.length === 0) return []
      const title = textCell(rule.label, rule.code)
      const lines = [...listOwn(view, parameter, rule.code, visit), ...published]
      return [{ title, visit, lines, rule: rule.code, parameter, isResponder: rule.isResponder }]
    }),
  )
}

function listOwn(view: CohortView, parameter: string, rule: string, visit: string): ForestLine[] {
  const arms = view.summary.parameters.find(each => each.parameter === parameter)?.arms ?? []
  return arms.flatMap((arm, index): ForestLine[] => {
    const rate = arm.visits
      .find(each => each.visit === visit)
      ?.responders.find(each => each.code === rule && each.method === 'nonResponderImputation')
    if (!rate) return []
    const { proportion, wilson, k, n } = rate
    const text =
      proportion === null || k === null || n === null
        ? 'no values'
        : `${formatPercent(proportion)}${wilson ? ` (${formatPercentBounds([wilson[0], wilson[1]])})` : ''}, ${formatCount(k, n)}`
    const source = nameOwn(view, arm)
    return [
      {
        row: {
          ...{ label: source, text, estimate: proportion, look: { kind: 'own', index } },
          ...{ lower: wilson?.[0] ?? null, upper: wilson?.[1] ?? null },
        },
        source: textCell(source, arm.arm),
        month: wordCell('own visit'),
        n: numberCell(n, rate.nReason, String),
        estimate: shareCell(proportion, k, n) ?? numberCell(null, rate.proportionReason, formatPercent),
        interval: percentBoundsCell(wilson, rate.wilsonReason),
        citation: wordCell('this study'),
      },
    ]
  })
}

function listPublished(view: CohortView, rule: string, visit: string): ForestLine[] {
  const asked = listChosenReferences(view).flatMap(trial =>
    trial.arms.map(({ code }) => ({
      trial,
      rates: trial.rates.filter(rate => rate.arm === code && rate.rules.includes(rule)),
    })),
  )
  return asked.flatMap(({ trial, rates }): ForestLine[] => {
    const rate = nearestTo(rates, monthOf(view, visit))
    return rate ? [toLine(trial, rate)] : []
  })
}

function toLine(trial: Reference, rate: ReferenceRate): ForestLine {
  const drawn = { trial, arm: rate.arm, citation: rate.citation }
  const n = armOf(drawn)?.n ?? 0
  const { wilson, proportion, k } = rate
  const interval = wilson ? ` (${formatPercentBounds([wilson[0], wilson[1]])})` : ', interval not published'
  const share = formatPercent(proportion)
  return {
    row: {
      label: namePublished(drawn, rate.month),
      text: `${share}${interval}${k === null ? '' : `, ${formatCount(k, n)}`}`,
      ...{ estimate: proportion, lower: wilson?.[0] ?? null, upper: wilson?.[1] ?? null },
      look: { kind: 'reference', index: lookOf(drawn) },
    },
    source: textCell(nameInFull(drawn), `${trial.code} ${rate.arm}`),
    month: countCell(rate.month),
    n: countCell(n),
    estimate: shareCell(proportion, k, n) ?? { text: `${share}, count not published`, values: [proportion] },
    interval: wilson ? percentBoundsCell(wilson, undefined) : wordCell('not published'),
    citation: textCell(rate.citation),
    published: drawn,
  }
}

/** The share with its count, where the count is known. */
function shareCell(proportion: number | null, k: number | null, n: number | null): ReportCell | null {
  if (proportion === null || k === null || n === null) return null
  return { text: `${formatPercent(proportion)}, ${formatCount(k, n)}`, values: [proportion, k] }
}
