import { describe, expect, it } from 'vitest'
import { derivePrimaryScores } from '@/lib/domain/outcomes/primary-scores'
import { checkReferences } from '@/lib/domain/protocol/check-references'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import {
  isUnscheduledCode,
  listUnscheduledForms,
  nextUnscheduledCode,
  planUnscheduledVisit,
} from '@/lib/domain/protocol/unscheduled'

const visit = (code: string, instruments: string[], forms: string[] = []) => ({
  ...{ code, name: code, instruments, forms },
  ...{ target: { value: 0, unit: 'days' as const }, window: { beforeDays: 0, afterDays: 0 } },
})
const form = { code: 'EXAM', label: 'Examination', repeating: false, fields: [] }
const PROTOCOL = {
  ...{ arms: [], treatments: [], responders: [], consents: [], versions: [], settings: {} },
  ...{ dayZero: 'enrolment', baseline: { visits: ['BL'], rule: 'single' }, forms: [form] },
  eligibility: { inclusion: [], exclusion: [] },
  visits: [visit('BL', ['nprs']), visit('M6', ['nprs', 'odi'], ['EXAM'])],
} as unknown as Protocol

describe('codes of unscheduled visits', () => {
  it('count on from the highest ever given, whatever else there is', () => {
    expect(nextUnscheduledCode([])).toBe('UNS-1')
    expect(nextUnscheduledCode(['M6', 'UNS-2', 'UNS-10', 'UNS-x'])).toBe('UNS-11')
  })

  it('belong to no visit of a protocol: one that begins so is refused, in any case', () => {
    for (const code of ['UNS-1', 'uns-a']) {
      const visits = [...PROTOCOL.visits, visit(code, ['nprs'])]
      const problems = checkReferences({ ...PROTOCOL, visits })
      expect(problems.map(({ path }) => path)).toEqual(['visits[2].code'])
      expect(isUnscheduledCode(code)).toBe(true)
    }
    expect(checkReferences(PROTOCOL)).toEqual([])
  })
})

describe('an unscheduled visit', () => {
  it('takes forms of the study only, in two kinds', () => {
    expect(listUnscheduledForms(PROTOCOL)).toEqual(['nprs', 'odi', 'EXAM'])
    const plan = planUnscheduledVisit(PROTOCOL, { code: 'UNS-2', forms: 'odi,EXAM,gone' })
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
