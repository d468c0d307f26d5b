import { describe, expect, it } from 'vitest'
import { analgesics } from '@/lib/domain/instruments/analgesics'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import { mri } from '@/lib/domain/instruments/mri'
import { pgic } from '@/lib/domain/instruments/pgic'
import { tolerance } from '@/lib/domain/instruments/tolerance'
import { UNLIMITED_RANK } from '@/lib/domain/instruments/unlimited'
import { work } from '@/lib/domain/instruments/work'
import { day, makeCohort, report, visitOf } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { summarise } from '@/lib/domain/outcomes/__fixtures__/summarise'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'

const parameterOf = (parameters: readonly Parameter[], code: string): Parameter => {
  const found = parameters.find(parameter => parameter.code === code)
  if (!found) throw new Error(`No parameter ${code}`)
  return { ...found, code: 'PAIN' }
}
const WORK = parameterOf(work.parameters({}), 'WORK_CAPACITY')
const ANALGESICS = parameterOf(analgesics.parameters({}), 'ANALGESIC_LEVEL')
const WALK = parameterOf(tolerance.parameters({}), 'TOL_WALK')
const PROTRUSION = parameterOf(mri.parameters({}), 'MRI_PROTRUSION')

const m1 = (parameter: Parameter, rows: readonly (readonly (number | null)[])[], dataCut = '2030-01-01') =>
  visitOf(summarise(makeCohort(rows), { parameters: [report(parameter)], dataCut: day(dataCut) }), 'M1')
    .levelChange

describe('change of level', () => {
  it('counts any step up of work capacity as better, with the exact interval', () => {
    const rows = [
      [0, 1],
      [0, 2],
      [1, 2],
      [1, 2],
      [0, 1],
      [1, 1],
      [2, 2],
      [0, 0],
      [2, 1],
    ]
    const change = m1(WORK, rows)
    expect(change).toMatchObject({ n: 9, better: 5, unchanged: 3, worse: 1 })
    // Clinical reference, check values: 5/9 is 21.2 to 86.3.
    const [lower = 0, upper = 0] = change?.betterClopperPearson ?? []
    expect([(100 * lower).toFixed(1), (100 * upper).toFixed(1)]).toEqual(['21.2', '86.3'])
  })

  it('runs the other way where higher is worse', () => {
    expect(
      m1(ANALGESICS, [
        [3, 1],
        [2, 2],
        [0, 1],
      ]),
    ).toMatchObject({ n: 3, better: 1, unchanged: 1, worse: 1 })
  })

  it('ranks unlimited above every number of minutes, and finds no change between two unlimited ones', () => {
    expect(
      m1(WALK, [
        [1440, UNLIMITED_RANK],
        [UNLIMITED_RANK, UNLIMITED_RANK],
        [UNLIMITED_RANK, 1440],
        [30, 45],
      ]),
    ).toMatchObject({ n: 4, better: 2, unchanged: 1, worse: 1 })
  })

  it('reads a finding that compares with baseline by itself, without a baseline of its own', () => {
    expect(
      m1(PROTRUSION, [
        [null, 1],
        [null, 2],
        [null, 2],
        [null, 3],
      ]),
    ).toMatchObject({ n: 4, better: 1, unchanged: 2, worse: 1 })
  })

  it('leaves out who lacks either value, and values from open windows', () => {
    const rows = [
      [0, 1],
      [0, null],
      [null, 2],
    ]
    expect(m1(WORK, rows)).toMatchObject({ n: 1, better: 1 })
    expect(m1(WORK, rows, '2024-06-01')).toMatchObject({
      n: 0,
      better: 0,
      betterClopperPearson: null,
      betterClopperPearsonReason: 'noValues',
    })
  })

  // By hand: 0 to 1 is a step up; carried forward the second would be unchanged, the third better.
  it('counts measured values alone, whatever the view fills in', () => {
    const data = makeCohort([
      [0, 1, 1],
      [0, null, null],
      [1, 2, null],
    ])
    const view = { ...DEFAULT_ANALYSIS_VIEW, missingData: 'locf' } as const
    const filled = visitOf(summarise(data, { parameters: [report(WORK)], view }), 'M3')
    expect(filled.nImputed).toBe(2)
    expect(filled.levelChange).toMatchObject({ n: 1, better: 1, unchanged: 0, worse: 0 })
  })

  it('is not counted without a direction, at baseline, or of what has no baseline', () => {
    const modic = parameterOf(mri.parameters({}), 'MODIC')
    expect(m1(modic, [[0, 1]])).toMatchObject({ n: null, betterReason: 'noDirection' })
    const impression = parameterOf(pgic.parameters({ pgic: { best: 7 } }), 'PGIC')
    const summary = summarise(makeCohort([[null, 6]]), { parameters: [report(impression, ['M1'])] })
    expect(visitOf(summary, 'M1').levelChange).toMatchObject({ n: null, nReason: 'notMeasuredAtBaseline' })
    const baseline = visitOf(summarise(makeCohort([[0, 1]]), { parameters: [report(WORK)] }), 'BL')
    expect(baseline.levelChange).toMatchObject({ n: null, nReason: 'baselineVisit' })
  })

  it('is absent for a score that is measured', () => {
    expect(visitOf(summarise(makeCohort([[6, 3]])), 'M1')).not.toHaveProperty('levelChange')
  })
})
