import { describe, expect, it } from 'vitest'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { derivePrimaryScores } from '@/lib/domain/outcomes/primary-scores'
import { checkReferences } from './check-references'
import {
  isUnscheduledCode,
  listUnscheduledForms,
  nextUnscheduledCode,
  planUnscheduledVisit,
} from './unscheduled'

describe('codes of unscheduled visits', () => {
  it('count on from the highest ever given, whatever else there is', () => {
    expect(nextUnscheduledCode([])).toBe('UNS-1')
    expect(nextUnscheduledCode(['M6', 'UNS-2', 'UNS-10', 'UNS-x'])).toBe('UNS-11')
  })

  it('belong to no visit of a protocol: one that begins so is refused, in any case', () => {
    for (const code of ['UNS-1', 'uns-a']) {
      const [first, ...rest] = SMALL_PROTOCOL.visits
      const visits = [...rest, { ...(first ?? rest[0]), code }] as typeof SMALL_PROTOCOL.visits
      const baseline = { ...SMALL_PROTOCOL.baseline, visits: [code] }
      const problems = checkReferences({ ...SMALL_PROTOCOL, visits, baseline })
      expect(problems.map(({ path }) => path)).toEqual(['visits[3].code'])
      expect(isUnscheduledCode(code)).toBe(true)
    }
    expect(checkReferences(SMALL_PROTOCOL)).toEqual([])
  })
})

describe('an unscheduled visit', () => {
  it('takes forms of the study only, in two kinds', () => {
    expect(listUnscheduledForms(SMALL_PROTOCOL)).toEqual(['nprs', 'odi', 'EXAM'])
    const plan = planUnscheduledVisit(SMALL_PROTOCOL, { code: 'UNS-2', forms: 'odi,EXAM,gone' })
    expect(plan).toMatchObject({ name: 'Unscheduled visit 2', instruments: ['odi'], forms: ['EXAM'] })
  })

  it('has no part in the choice of the place that results by visit follow', () => {
    const row = (visit: string, location: string) => ({
      ...{ participant: 1, visit, parameter: 'P', value: 1, missingReason: null, date: null },
      ...{ beforeTreatment: false, location, laterality: null, repeat: 1 },
    })
    const rows = [row('M1', 'L4/5'), row('UNS-1', 'L5/S1'), row('UNS-2', 'L5/S1')]
    expect(derivePrimaryScores(rows).map(({ visit }) => visit)).toEqual(['M1'])
  })
})
