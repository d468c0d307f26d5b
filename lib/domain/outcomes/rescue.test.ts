import { describe, expect, it } from 'vitest'
import { day } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { deriveRescue, deriveRescuePerson, deriveRescueRule } from '@/lib/domain/outcomes/rescue'
import type { InterventionKind } from '@/lib/domain/protocol/protocol'
import type { PartialDate } from '@/lib/domain/shared/partial-date'

const RULE = deriveRescueRule({})
const PERSON = { dayZero: day('2024-05-01'), firstDose: day('2024-05-10'), awaitsDose: false }
const UNKNOWN = { dayZero: null, firstDose: null, awaitsDose: false }
const derive = (
  kind: InterventionKind,
  date: string | null,
  person: Parameters<typeof deriveRescue>[2] = PERSON,
) => deriveRescue({ kind, date: date as PartialDate | null }, RULE, person)

describe('deriveRescue', () => {
  it('counts surgery, injection and ablation after the first dose where the protocol says nothing', () => {
    expect(RULE).toMatchObject({ interventions: ['surgery', 'injection', 'ablation'], isDefault: true })
    for (const kind of ['surgery', 'injection', 'ablation'] as const)
      expect(derive(kind, '2024-05-11')).toEqual({ kind, day: '2024-05-11', isEstimated: false })
    for (const kind of ['physiotherapy', 'other'] as const) expect(derive(kind, '2024-05-11')).toBe('no')
  })

  it('counts what the protocol names, from the event that it names', () => {
    const rule = deriveRescueRule({ rescue: { interventions: ['physiotherapy'], after: 'dayZero' } })
    const of = (kind: InterventionKind, date: string) =>
      deriveRescue({ kind, date: date as PartialDate }, rule, PERSON)
    expect(of('physiotherapy', '2024-05-02')).toMatchObject({ day: '2024-05-02' })
    expect(of('surgery', '2024-06-01')).toBe('no')
  })

  it('counts nothing on or before the day of the first dose', () => {
    expect(derive('injection', '2024-05-10')).toBe('no')
    expect(derive('surgery', '2024-05-09')).toBe('no')
    expect(derive('surgery', '2024-04')).toBe('no')
    expect(derive('surgery', '2023')).toBe('no')
  })

  it('takes day zero where no dose was given', () => {
    const untreated = { dayZero: day('2024-05-01'), firstDose: null, awaitsDose: false }
    expect(derive('surgery', '2024-05-02', untreated)).toMatchObject({ day: '2024-05-02' })
    expect(derive('surgery', '2024-05-01', untreated)).toBe('no')
  })

  it('takes the earliest day of a partial date, not before the dose within it, and says so', () => {
    expect(derive('surgery', '2024-05')).toEqual({ kind: 'surgery', day: '2024-05-10', isEstimated: true })
    expect(derive('surgery', '2024')).toEqual({ kind: 'surgery', day: '2024-05-10', isEstimated: true })
    expect(derive('surgery', '2024-06')).toEqual({ kind: 'surgery', day: '2024-06-01', isEstimated: true })
  })

  it('leaves unknown what is unknown', () => {
    expect(derive('surgery', null)).toEqual({ kind: 'surgery', day: null, isEstimated: false })
    expect(derive('surgery', '2024-06-01', { ...UNKNOWN })).toMatchObject({ day: null })
    expect(derive('physiotherapy', null)).toBe('no')
  })

  it('counts nothing while the first treatment, from which days count, is still to come', () => {
    const of = (imported: boolean, dayZero: 'firstTreatment' | 'enrolment', doses: { date: null }[] = []) =>
      derive('surgery', '2024-06', deriveRescuePerson({ dayZero }, { dayZero: null, imported }, doses))
    expect(of(false, 'firstTreatment')).toBe('no')
    const notKnown = { kind: 'surgery', day: null, isEstimated: true }
    expect(of(true, 'firstTreatment')).toEqual(notKnown)
    expect(of(false, 'firstTreatment', [{ date: null }])).toEqual(notKnown)
    expect(of(false, 'enrolment')).toEqual(notKnown)
  })
})
