import type { Cell } from '@/lib/domain/exports/csv'
import type { ExportScore } from '@/lib/domain/exports/export-record'
import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportSubject } from '@/lib/domain/exports/export-subject'
import type { ExportTable } from '@/lib/domain/exports/export-table'
import { scoresLongColumns, scoresLongValues } from '@/lib/domain/exports/scores-long-columns'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import { isUnlimited, UNLIMITED } from '@/lib/domain/instruments/unlimited'
import { deriveBaseline } from '@/lib/domain/outcomes/baseline'
import { deriveDueState, deriveWindowState } from '@/lib/domain/outcomes/expected'
import { computeChange, computePercentImprovement } from '@/lib/domain/outcomes/improvement'
import { chooseVisitScore, derivePrimaryScores } from '@/lib/domain/outcomes/primary-scores'
import { deriveDoseState } from '@/lib/domain/protocol/doses'
import { studyDay } from '@/lib/domain/protocol/schedule'
import { isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'
import { groupRows } from '@/lib/domain/shared/group-rows'

/**
 * `scores_long.csv`: one row for each stored score, a value or a reason. What was expected and is absent has no row
 * here; `visits.csv` tells it. Columns and meaning: `scoresLongColumns`.
 * Source: interfaces.md, CSV files of an export. Example: NPRS 6 at M3, baseline 8 → change −2, improvement 25 %.
 */
export function scoresLongTable(scope: ExportScope): ExportTable {
  const parameters = new Map(
    scope.parameters.map(({ parameter, visits }) => [parameter.code, { parameter, visits }]),
  )
  return {
    file: 'scores_long.csv',
    holds: 'One row for each score: value or missing reason, baseline, change and percent improvement.',
    columns: scoresLongColumns(scope),
    values: scoresLongValues(scope),
    rows: subject => {
      const byParameter = groupRows(subject.scores, score => score.parameter)
      const rows: Cell[][] = []
      const derived = new Map(
        [...byParameter].map(([code, scores]) => [
          code,
          deriveParameter(scores, subject, scope, parameters.get(code)?.parameter),
        ]),
      )
      let earlier: ExportScore | null = null
      let place: readonly Cell[] = []
      for (const score of subject.scores) {
        const reported = parameters.get(score.parameter)
        const parameter = derived.get(score.parameter)
        if (!reported || !parameter) continue
        if (earlier === null || !isSameOccasion(score, earlier)) place = placeCells(score, subject, scope)
        earlier = score
        rows.push([
          ...place,
          score.location,
          score.laterality,
          score.repeat,
          score.mode,
          score.source,
          score.parameter,
          ...valueCells(score, parameter.baselineOf(score), reported.parameter, scope),
          flagOf(score, parameter.chosen, reported.visits, subject, scope),
        ])
      }
      return rows
    },
  }
}

interface DerivedParameter {
  /** The records that results by visit take, by visit. */
  readonly chosen: ReadonlyMap<string, ExportScore>
  baselineOf(score: ExportScore): number | null
}

/** Baselines are of the same place: the upper disc is compared with the upper disc. */
function deriveParameter(
  scores: readonly ExportScore[],
  subject: ExportSubject,
  scope: ExportScope,
  parameter: Parameter | undefined,
): DerivedParameter {
  const chosen = chooseByVisit(scores)
  const plan = scope.protocol.baseline
  if (scores.every(score => score.location === null && score.laterality === null)) {
    const baseline = deriveBaseline(scores, subject.participant, plan, parameter)
    return { chosen, baselineOf: () => baseline }
  }
  const places = groupRows(scores, placeOf)
  const baselines = new Map(
    [...places].map(([place, rows]) => [place, deriveBaseline(rows, subject.participant, plan, parameter)]),
  )
  return { chosen, baselineOf: score => baselines.get(placeOf(score)) ?? null }
}

/**
 * The one score of each visit that results by visit take from a parameter's scores of one participant.
 * Example: two repeats at M6, the first not done → the second.
 */
export function chooseByVisit(scores: readonly ExportScore[]): Map<string, ExportScore> {
  const chosen = new Map<string, ExportScore>()
  for (const score of derivePrimaryScores(scores) as readonly ExportScore[]) {
    chosen.set(score.visit, chooseVisitScore(chosen.get(score.visit), score) as ExportScore)
  }
  return chosen
}

const placeOf = (score: ExportScore) => `${score.location ?? ''}\u0000${score.laterality ?? ''}`

function placeCells(score: ExportScore, subject: ExportSubject, scope: ExportScope): Cell[] {
  const { participant } = subject
  const window = deriveWindowState(subject.schedule.get(score.visit), score)
  const dose = scope.armsShown
    ? deriveDoseState(scope.protocol, participant.doses, score.date, score.beforeTreatment)
    : { doseNumber: null, daysSinceLastDose: null }
  return [
    scope.protocol.study.code,
    participant.site,
    participant.subject,
    subject.arm,
    score.visit,
    subject.visitOrder.get(score.visit) ?? null,
    isUnscheduledCode(score.visit) ? 'unscheduled' : 'scheduled',
    score.visitDate,
    score.date,
    studyDay(score.date, participant.dayZero),
    window === 'unknown' ? null : window === 'inside',
    dose.doseNumber,
    dose.daysSinceLastDose,
  ]
}

/** What `placeCells` derives is the same for all scores of one visit and day, and is derived once. */
function isSameOccasion(a: ExportScore, b: ExportScore): boolean {
  return (
    a.visit === b.visit &&
    a.date === b.date &&
    a.visitDate === b.visitDate &&
    a.beforeTreatment === b.beforeTreatment
  )
}

function valueCells(
  score: ExportScore,
  baseline: number | null,
  parameter: Parameter,
  scope: ExportScope,
): Cell[] {
  const { value } = score
  const after = (scope.visitOrder.get(score.visit) ?? 0) > scope.lastBaselineOrder
  const change = after ? computeChange(parameter, baseline, value) : null
  const percent = change === null ? null : computePercentImprovement(parameter, baseline, value)
  // A number in place of unlimited would be averaged as one.
  const limited = (each: number | null) => (isUnlimited(parameter, each) ? null : each)
  return [
    limited(value),
    parameter.unit,
    isUnlimited(parameter, value) ? UNLIMITED : score.missingReason,
    limited(baseline),
    change,
    percent?.kind === 'improvement' ? percent.value : null,
  ]
}

function flagOf(
  score: ExportScore,
  chosen: ReadonlyMap<string, ExportScore>,
  askedAt: readonly string[],
  subject: ExportSubject,
  scope: ExportScope,
): string {
  if (chosen.get(score.visit) !== score || !askedAt.includes(score.visit)) return 'notUsed'
  if (deriveDueState(subject.schedule.get(score.visit), score, scope.dataCut) === 'early') return 'early'
  return scope.protocol.baseline.visits.includes(score.visit) ? 'baseline' : 'analysis'
}
