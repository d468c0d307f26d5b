import { describe, expect, it } from 'vitest'
import { softInput } from '@/lib/domain/checks/__fixtures__/soft-input'
import { checkSoft } from '@/lib/domain/checks/soft'
import type { SoftCheckInput } from '@/lib/domain/checks/soft-rule'
import { deriveAwaitedDose } from '@/lib/domain/checks/soft-undosed'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const day = (text: string) => text as CalendarDate
const texts = (part: Partial<SoftCheckInput>) =>
  checkSoft(softInput({ form: 'VITALS', ...part })).map(({ text }) => text)

describe('a visit that counts from a dose that is not recorded', () => {
  it('is asked about, with the planned day where there is one', () => {
    expect(texts({ date: day('2025-05-02'), awaitsDose: { planned: day('2025-04-01') } })).toEqual([
      'Check: no dose is recorded; this visit counts from the first dose (planned 1 Apr 2025). Record the dose first?',
    ])
    expect(texts({ date: day('2025-05-02'), awaitsDose: { planned: null } })).toEqual([
      'Check: no dose is recorded; this visit counts from the first dose. Record the dose first?',
    ])
  })

  it('is not where the visit has no date, or awaits no dose', () => {
    expect(texts({ awaitsDose: { planned: null } })).toEqual([])
    expect(texts({ date: day('2025-05-02'), awaitsDose: null })).toEqual([])
  })

  it('is one after day zero, of a study that counts from the first treatment', () => {
    const visits = [-2, 0, 3].map(value => ({ code: `V${value}`, target: { value, unit: 'months' } }))
    const protocol = { dayZero: 'firstTreatment', visits } as unknown as Protocol
    const awaited = (code: string, doses = 0, of = protocol) => deriveAwaitedDose(of, { code }, doses, null)
    expect(awaited('V3')).toEqual({ planned: null })
    for (const code of ['V-2', 'V0', 'UNS-1']) expect(awaited(code)).toBeNull()
    expect(awaited('V3', 1)).toBeNull()
    expect(awaited('V3', 0, { ...protocol, dayZero: 'enrolment' })).toBeNull()
  })
})

describe('a date in a form of the study', () => {
  const asked = (value: string) =>
    texts({ answers: { DRAWN_ON: { value } }, dateFields: ['DRAWN_ON'], today: day('2026-04-16') })

  it('is asked about when it is after today, a partial one by its first day', () => {
    expect(asked('2030-01-01')).toEqual(['Check: 1 Jan 2030 is in the future.'])
    expect(asked('2026-05')).toEqual(['Check: 2026-05 is in the future.'])
  })

  it('is not today, in the past, or in a month or year that has begun', () => {
    for (const value of ['2026-04-16', '2025-01-01', '2026-04', '2026']) expect(asked(value)).toEqual([])
  })
})
