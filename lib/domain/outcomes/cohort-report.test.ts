import { describe, expect, it } from 'vitest'
import { makeData } from '@/lib/domain/population/__fixtures__/population'
import { computeMonths } from '@/lib/domain/protocol/nominal-time'
import {
  day,
  LATE_CUT,
  makeCohort,
  makeProtocol,
  makeScheduled,
  PAIN,
  report,
  THREE_ARMS,
} from './__fixtures__/cohort'
import { DEFAULT_ANALYSIS_VIEW } from './analysis-view'
import { computeCohortReport } from './cohort-report'
import { addCompleteness } from './pooled-completeness'
import { deriveReportVisits } from './report-visits'
import type { SummaryRequest } from './summary'

const OPEN = { participantArms: true, resultsByArm: true, armsNamed: true }

function reportOn(data: SummaryRequest['data'], changes: Partial<SummaryRequest> = {}) {
  return computeCohortReport({
    protocol: makeProtocol(),
    parameters: [report(PAIN)],
    data,
    dataCut: LATE_CUT,
    asOf: 12,
    version: '1.0',
    softwareVersion: '0.1.0',
    synthetic: false,
    masking: OPEN,
    view: DEFAULT_ANALYSIS_VIEW,
    population: makeData(),
    safety: { events: [], harvests: [], doses: [], lastVisits: [] },
    ...changes,
  })
}

const inMonths = (...months: number[]) => ({
  baseline: { visits: ['V0'], rule: 'single' as const },
  visits: [0, ...months].map(value => ({
    ...makeProtocol().visits[0],
    code: `V${value}`,
    name: `${value} months`,
    target: { value, unit: 'months' as const },
    window: { beforeDays: 0, afterDays: 0 },
    instruments: ['nprs'],
    forms: [],
  })),
})

describe('the visits that figures by participant show', () => {
  const choose = (...months: number[]) => {
    const protocol = inMonths(...months)
    return deriveReportVisits(
      protocol,
      protocol.visits.map(visit => visit.code),
    )
  }

  it('are 6 and 12 months as in the documented study, not the visit that an amendment added at 24', () => {
    expect(choose(1, 3, 6, 9, 12, 24)).toEqual(['V6', 'V12'])
  })

  it('are the last two where the protocol has neither, and the only one where there is one', () => {
    expect(choose(1, 2, 3)).toEqual(['V2', 'V3'])
    expect(choose(1)).toEqual(['V1'])
    expect(choose()).toEqual([])
  })

  it('are 26 and 52 weeks where a protocol counts in weeks', () => {
    expect(computeMonths({ value: 26, unit: 'weeks' })).toBeCloseTo(5.98, 2)
    expect(computeMonths({ value: -14, unit: 'days' })).toBeCloseTo(-0.46, 2)
  })
})

describe('the report of a cohort', () => {
  it('counts as followed who has a value at the last of those visits, of those due', () => {
    const seen = reportOn(
      makeCohort([
        [7, 5, 3],
        [6, 6, null],
        [8, null, 4],
      ]),
    )
    expect(seen.followUp).toEqual({ visit: 'M3', k: 2, n: 3 })
    expect(seen.inSet).toBe(3)
  })

  it('counts second doses only where the protocol has a second treatment', () => {
    const doses = [
      { treatment: 'DOSE1', date: day('2024-02-01') },
      { treatment: 'DOSE2', date: day('2024-08-01') },
    ]
    const data = makeCohort(
      [
        [7, 5, 3],
        [6, 6, 6],
      ],
      index => ({ doses: doses.slice(0, index + 1) }),
    )
    const treatments = [
      { code: 'DOSE1', name: 'First' },
      { code: 'DOSE2', name: 'Second' },
    ]
    const given = reportOn(data, { protocol: makeProtocol({ treatments }) })
    expect(given.secondDose).toEqual({ k: 1, n: 2 })
    expect(given.members?.map(({ subject, hasSecondDose }) => [subject, hasSecondDose])).toEqual([
      ['MEL-001', false],
      ['MEL-002', true],
    ])
    expect(reportOn(makeCohort([[7, 5, 3]])).secondDose).toBeNull()
  })

  it('adds completeness up over arms', () => {
    const data = makeCohort(
      [
        [7, 5, 3],
        [6, null, 6],
        [5, 4, null],
      ],
      index => ({ arm: 'ABC'[index] ?? null }),
    )
    const { completeness } = reportOn(data, { protocol: makeProtocol({ arms: THREE_ARMS }) })
    expect(completeness[0]?.map(({ visit, received, expected }) => [visit, received, expected])).toEqual([
      ['BL', 3, 3],
      ['M1', 2, 3],
      ['M3', 2, 3],
    ])
    expect(addCompleteness(completeness[0] ?? [])).toMatchObject({
      received: 7,
      expected: 9,
      missing: { overdue: 2 },
    })
  })

  it('says that nothing is known of windows where no value can be judged, instead of 0 in window', () => {
    const cohort = makeCohort([[7, 5, 3]])
    const undated = {
      ...cohort,
      schedule: ['BL', 'M1', 'M3'].map(visit => makeScheduled(1, visit, null, null)),
    }
    expect(reportOn(undated).completeness[0]?.[0]).toMatchObject({
      received: 1,
      inWindow: null,
      windowKnown: 0,
    })
  })

  it('names nobody to a reader to whom results by arm are closed', () => {
    const data = makeCohort(
      [
        [7, 5, 3],
        [6, 6, 6],
      ],
      index => ({ arm: 'AB'[index] ?? null }),
    )
    const masking = { participantArms: true, resultsByArm: false, armsNamed: false }
    const masked = reportOn(data, { protocol: makeProtocol({ arms: THREE_ARMS }), masking })
    expect(masked.members).toBeNull()
    expect(JSON.stringify(masked)).not.toContain('MEL-')
  })
})
