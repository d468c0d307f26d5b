import { findInstrument } from '@/lib/domain/instruments/registry'
import {
  BY_ARM,
  LATE_CUT,
  makeCohort,
  makeProtocol,
  makeRule,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { type AnalysisView, DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'
import type { CohortData, CohortParticipant } from '@/lib/domain/outcomes/cohort-data'
import { computeCohortReport } from '@/lib/domain/outcomes/cohort-report'
import { deriveArmLetters, maskArms } from '@/lib/domain/outcomes/masked-arms'
import { deriveReportedParameters } from '@/lib/domain/outcomes/reported-parameters'
import { makeData } from '@/lib/domain/population/__fixtures__/population'
import { hasMaskedArms } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CohortView } from '../cohort-view'

export const PAIN30 = makeRule('PAIN30', {
  label: '≥ 30 % less pain, "moderate"',
  condition: { parameter: 'NPRS_AVG', improvement: { atLeast: 30, unit: 'percent' } },
})
const ANY = makeRule('ANY', {
  condition: { parameter: 'NPRS_AVG', improvement: { above: 0, unit: 'points' } },
  isResponder: false,
})

/** Baseline and values at M1 and M3, in months; NPRS average only. */
export function viewOf(
  rows: readonly (readonly (number | null)[])[],
  {
    changes = {},
    masking = BY_ARM,
    dataCut = LATE_CUT,
    view = DEFAULT_ANALYSIS_VIEW,
    participant = () => ({}),
  }: {
    changes?: Partial<Protocol>
    masking?: typeof BY_ARM
    dataCut?: typeof LATE_CUT
    view?: AnalysisView
    participant?: (index: number) => Partial<CohortParticipant>
  } = {},
): CohortView {
  const visits = [0, 1, 3].map((value, index) => ({
    code: ['BL', 'M1', 'M3'][index] ?? '',
    name: ['Baseline', '1 month', '3 months'][index] ?? '',
    target: { value, unit: 'months' as const },
    window: { beforeDays: 0, afterDays: 0 },
    instruments: ['nprs'],
    forms: [],
  }))
  const open = makeProtocol({
    visits,
    settings: { nprs: { items: ['average'] } },
    responders: [PAIN30, ANY],
    ...changes,
  })
  const cohort = makeCohort(rows, index => ({
    arm: open.arms[index % open.arms.length]?.code ?? null,
    ...participant(index),
  }))
  const scored = { ...cohort, scores: cohort.scores.map(score => ({ ...score, parameter: 'NPRS_AVG' })) }
  return viewFrom(open, scored, { masking, dataCut, view })
}

/** The view of a study and its facts, whatever its instruments. */
export function viewFrom(
  open: Protocol,
  scored: CohortData,
  {
    masking = BY_ARM,
    dataCut = LATE_CUT,
    view = DEFAULT_ANALYSIS_VIEW,
  }: { masking?: typeof BY_ARM; dataCut?: typeof LATE_CUT; view?: AnalysisView } = {},
): CohortView {
  const letters = deriveArmLetters(open.arms.map(({ code }) => code).toReversed())
  const result = { protocol: open, data: scored }
  const { protocol, data } = hasMaskedArms(masking) ? maskArms(result, letters) : result
  const report = computeCohortReport({
    protocol,
    parameters: deriveReportedParameters(protocol, findInstrument),
    data,
    dataCut,
    asOf: 12,
    version: '1.0',
    softwareVersion: '0.1.0',
    synthetic: true,
    population: makeData({ dataCut }),
    safety: { events: [], harvests: [], doses: [], lastVisits: [] },
    masking,
    view,
  })
  return {
    ...report,
    title: 'Test',
    protocol,
    isPooled: !masking.resultsByArm,
    armsMasked: hasMaskedArms(masking),
  }
}

/** clinical.md §4: mean change −2.333, SD 2.000, exact Wilcoxon p .015625. */
export const CHECKED: (readonly (number | null)[])[] = [6, 7, 5, 8, 6, 7, 4, 6, 7].map((baseline, index) => [
  baseline,
  null,
  [3, 2, 5, 4, 1, 7, 2, 5, 6][index] ?? null,
])
