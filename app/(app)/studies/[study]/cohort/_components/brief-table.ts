import type { Parameter } from '@/lib/domain/instruments/instrument'
import { rankMainParameters } from '@/lib/domain/outcomes/main-parameters'
import { deriveReportVisits } from '@/lib/domain/outcomes/report-visits'
import type { ArmSummary, ParameterSummary, VisitSummary } from '@/lib/domain/outcomes/summary-types'
import { formatMean, formatPercent } from '@/lib/format/numbers'
import { listBriefSafety } from './brief-safety'
import { armCells, armColumns, type CohortView, listParameters, nameVisit } from './cohort-view'
import { composeCaption, describeMissing } from './figure-text'
import type { ReportFigure } from './report-figure'
import {
  absentCell,
  boundsCell,
  column,
  countCell,
  countOfCell,
  explainedCell,
  numberCell,
  percentBoundsCell,
  type ReportCell,
} from './report-table'

/** Scores that stand in front; the others have their place further down. */
const MOST_SCORES = 3
/** Above so many participants nobody is named here. */
const MOST_IN_SET = 200
/** Participants named in one cell. */
const MOST_NAMED = 12

/**
 * The answer in one look: better, by how much, how sure, how many, who not, and is it safe. At the last reported visit
 * that anybody has reached; every number stands again, with its method, further down.
 */
export function listBrief(view: CohortView): ReportFigure[] {
  const main = rankMainParameters(view.protocol).map(({ code }) => code)
  const scores = listParameters(view)
    .filter(({ summary }) => main.includes(summary.parameter))
    .toSorted((a, b) => main.indexOf(a.summary.parameter) - main.indexOf(b.summary.parameter))
    .flatMap(each => {
      const visit = findVisit(view, each.summary, each.reported.visits)
      return visit === undefined ? [] : [{ ...each, visit }]
    })
    .slice(0, MOST_SCORES)
  const rows = [
    ...scores.flatMap(({ summary, reported, visit }) => [
      ...byArm(summary, visit, (arm, at) => [
        [
          subjectCell(view, 'change from baseline', reported.parameter.label, summary.parameter, visit),
          ...armCells(view, arm),
          numberCell(at.change?.n ?? null, at.change?.nReason, String),
          explainedCell(
            numberCell(
              at.change?.mean ?? null,
              at.change?.meanReason,
              value => `${formatMean(value, reported.parameter.decimals)} ${nameChangeUnit(summary)}`,
            ),
            { parameter: summary.parameter, visit },
          ),
          boundsCell(
            at.change ? [at.change.ciLower, at.change.ciUpper] : null,
            at.change?.ciLowerReason,
            reported.parameter.decimals,
          ),
        ],
      ]),
      ...listDifferences(view, summary, reported.parameter, visit),
      ...listRules(view, summary, visit).flatMap(rule =>
        byArm(summary, visit, (arm, at) => listRates(view, summary, arm, at, rule)),
      ),
      ...byArm(summary, visit, (arm, at) => listWorse(view, summary, reported.parameter.label, arm, at)),
      ...listNotBetter(view, summary, reported.parameter.label, visit),
    ]),
    ...listBriefSafety(view),
  ]
  if (rows.length === 0) return []
  return [
    {
      name: 'brief',
      section: 'brief',
      title: 'The result in brief',
      n: `n = ${view.inSet} ${view.summary.analysisSet}`,
      panels: [],
      key: [],
      note: [
        `Change: visit − baseline, t interval; negative is better where higher is worse. ${describeMissing(view)} Responders: of all expected, missing as non-responder, Clopper–Pearson interval. Worse: of observed cases, Clopper–Pearson interval. Not better: improvement of 0 or less. Adverse events: participants of the safety set, Clopper–Pearson interval.`,
      ],
      caption: composeCaption([
        'Change from baseline with 95% t interval, responders and adverse events with 95% Clopper–Pearson interval.',
      ]),
      table: {
        columns: [
          column(['result', 'score', 'visit'], 'Result', 'head'),
          ...armColumns(view),
          column('n', 'n'),
          column(['value', 'of'], 'Estimate'),
          column(['ci_lower', 'ci_upper'], '95% CI'),
        ],
        rows,
      },
      explain: scores[0] ? { parameter: scores[0].summary.parameter, visit: scores[0].visit } : null,
    },
  ]
}

/** What a line is about. Example: `Average pain, 12 months: change from baseline`. */
function subjectCell(view: CohortView, what: string, label: string, code: string, visit: string): ReportCell {
  return { text: `${label}, ${nameVisit(view, visit)}: ${what}`, values: [what, code, visit] }
}

/** The last reported visit at which anybody has a change; where nobody has, the last of any visit. */
function findVisit(view: CohortView, { arms }: ParameterSummary, visits: readonly string[]) {
  const hasChange = (code: string) =>
    arms.some(arm => arm.visits.some(at => at.visit === code && (at.change?.n ?? 0) > 0))
  return deriveReportVisits(view.protocol, visits).findLast(hasChange) ?? visits.findLast(hasChange)
}

function byArm(
  { arms }: ParameterSummary,
  visit: string,
  toRows: (arm: ArmSummary, at: VisitSummary) => readonly ReportCell[][],
): ReportCell[][] {
  return arms.flatMap(arm => {
    const at = arm.visits.find(each => each.visit === visit)
    return at ? toRows(arm, at) : []
  })
}

/** Arms against each other: the difference in change, first minus second. */
function listDifferences(
  view: CohortView,
  { contrasts, unit }: ParameterSummary,
  { label, code, decimals }: Parameter,
  visit: string,
): ReportCell[][] {
  return contrasts
    .filter(contrast => contrast.visit === visit)
    .map(({ arms, differenceInMeans, differenceInMeansReason, ci, ciReason }) => [
      subjectCell(view, 'difference in change', label, code, visit),
      { text: `${arms[0]} − ${arms[1]}`, values: [`${arms[0]} - ${arms[1]}`] },
      { text: 'both arms', values: [] },
      numberCell(
        differenceInMeans,
        differenceInMeansReason,
        value => `${formatMean(value, decimals)} ${unit === '%' ? 'points' : unit}`,
      ),
      boundsCell(ci, ciReason, decimals),
    ])
}

/** Responder rules of a score at a visit, in the order of the protocol. */
function listRules(view: CohortView, { arms }: ParameterSummary, visit: string): string[] {
  const codes = new Set(
    arms.flatMap(arm =>
      arm.visits.filter(at => at.visit === visit).flatMap(at => at.responders.map(rate => rate.code)),
    ),
  )
  return view.protocol.responders.filter(({ code }) => codes.has(code)).map(({ code }) => code)
}

function listRates(
  view: CohortView,
  { parameter }: ParameterSummary,
  arm: ArmSummary,
  at: VisitSummary,
  rule: string,
): ReportCell[][] {
  return at.responders
    .filter(rate => rate.code === rule && rate.isResponder && rate.method === 'nonResponderImputation')
    .map(rate => {
      const named = view.protocol.responders.find(each => each.code === rate.code)
      return [
        subjectCell(view, 'responders', named?.label ?? rate.code, rate.code, at.visit),
        ...armCells(view, arm),
        numberCell(rate.n, rate.nReason, String),
        explainedCell(
          rate.k === null || rate.n === null || rate.proportion === null
            ? absentCell(rate.proportionReason ?? rate.kReason)
            : { text: `${rate.k}/${rate.n}, ${formatPercent(rate.proportion)}`, values: [rate.k, rate.n] },
          { parameter, visit: at.visit, rule },
        ),
        percentBoundsCell(rate.clopperPearson, rate.clopperPearsonReason),
      ]
    })
}

function listWorse(
  view: CohortView,
  summary: ParameterSummary,
  label: string,
  arm: ArmSummary,
  { visit, worse }: VisitSummary,
): ReportCell[][] {
  if (worse.threshold === null) return []
  return [
    [
      subjectCell(
        view,
        `worse by at least ${worse.threshold} ${nameChangeUnit(summary)}`,
        label,
        summary.parameter,
        visit,
      ),
      ...armCells(view, arm),
      numberCell(worse.n, worse.nReason, String),
      countOfCell(worse.k, worse.n, worse.kReason),
      percentBoundsCell(worse.clopperPearson, worse.clopperPearsonReason),
    ],
  ]
}

/** A count that stands without an interval. */
const NO_INTERVAL: ReportCell = { text: 'no interval', values: [] }

function nameChangeUnit({ unit }: ParameterSummary): string {
  return unit === '%' ? 'points' : unit
}

/** Who is not better, by number, where participants may be named. */
function listNotBetter(
  view: CohortView,
  summary: ParameterSummary,
  label: string,
  visit: string,
): ReportCell[][] {
  const here = (summary.individuals ?? []).filter(each => each.visit === visit)
  return (summary.notBetter ?? [])
    .filter(each => each.visit === visit)
    .map(({ arm, k, n }) => {
      const notBetter = here.filter(each => each.arm === arm && (each.percentImprovement ?? 1) <= 0)
      const named = notBetter.slice(0, n > MOST_IN_SET ? 0 : MOST_NAMED).map(each => each.subject)
      const more = notBetter.length - named.length
      const who = [...named, ...(more > 0 ? [`${more} more`] : [])].join(', ')
      return [
        subjectCell(view, 'not better', label, summary.parameter, visit),
        ...armCells(view, { arm }),
        countCell(n),
        { text: nameThose(n, who, k), values: [k, n] },
        NO_INTERVAL,
      ]
    })
}

/** Who they are, or of very many how many. */
function nameThose(n: number, who: string, k: number): string {
  if (n > MOST_IN_SET) return `${k}/${n}`
  return who === '' ? 'nobody' : who
}
