import { describe, expect, it } from 'vitest'
import { softInput } from '@/lib/domain/checks/__fixtures__/soft-input'
import { checkAnalgesicLevel } from '@/lib/domain/checks/soft-analgesics'
import type { SoftCheckInput } from '@/lib/domain/checks/soft-rule'
import type { Medication } from '@/lib/domain/medication/medication'
import { day } from '@/lib/domain/outcomes/__fixtures__/cohort'
import type { PartialDate } from '@/lib/domain/shared/partial-date'

const TRAMADOL: Medication = {
  drug: 'Tramadol',
  isAnalgesic: true,
  level: 2,
  dose: 50,
  unit: 'mg',
  frequency: 'regular',
  timesADay: 4,
  from: '2026-01' as PartialDate,
  to: null,
  isOngoing: true,
}

function ask(level: number, changes: Partial<Medication> = {}, input: Partial<SoftCheckInput> = {}) {
  return checkAnalgesicLevel(
    softInput({
      form: 'analgesics',
      answers: { ANALGESIC_LEVEL: { value: level } },
      date: day('2026-03-10'),
      medication: [{ ...TRAMADOL, ...changes }],
      ...input,
    }),
  )
}

describe('the analgesic level beside the medication log', () => {
  it('is asked about when a stronger drug is taken on that day', () => {
    expect(ask(0)).toMatchObject([
      {
        code: 'analgesicLevel',
        fields: ['ANALGESIC_LEVEL'],
        text: 'Check: analgesic level 0 (none), but Tramadol (weak opioid) is recorded as taken on this day.',
      },
    ])
    expect(ask(1)).toHaveLength(1)
    expect(ask(1, { drug: 'Oxycodone', level: null })).toHaveLength(1)
  })

  it('names the strongest of several', () => {
    const medication = [TRAMADOL, { ...TRAMADOL, drug: 'Morphine', level: 3 as const }]
    expect(ask(0, {}, { medication })[0]?.text).toContain('Morphine (strong opioid)')
  })

  it('is not asked about otherwise', () => {
    expect(ask(2)).toEqual([])
    expect(ask(0, { isOngoing: false, to: '2026-03-09' as PartialDate })).toEqual([])
    expect(ask(0, { from: '2026-03' as PartialDate })).toEqual([])
    expect(ask(0, { isAnalgesic: false })).toEqual([])
    expect(ask(0, {}, { date: null })).toEqual([])
    expect(ask(0, {}, { medication: [] })).toEqual([])
    expect(ask(0, {}, { answers: { ANALGESIC_LEVEL: { missing: 'declined' } } })).toEqual([])
    expect(ask(0, {}, { form: 'nprs' })).toEqual([])
  })

  it('is asked about when no drug of that day is as strong', () => {
    expect(ask(3)).toMatchObject([
      {
        code: 'analgesicLevelAbove',
        fields: ['ANALGESIC_LEVEL'],
        text: 'Check: analgesic level 3 (strong opioid), but Tramadol (weak opioid) is the strongest in the medication log on this day.',
      },
    ])
  })

  it('is not asked about when a drug that may be as strong may have been taken, or the log has none', () => {
    const beside = (changes: Partial<Medication>) =>
      ask(3, {}, { medication: [TRAMADOL, { ...TRAMADOL, ...changes }] })
    expect(beside({ drug: 'Morphine', level: 3 })).toEqual([])
    expect(beside({ drug: 'Morphine', level: 3, from: '2026-03' as PartialDate })).toEqual([])
    expect(beside({ drug: 'A trial drug', level: null })).toEqual([])
    expect(ask(3, {}, { medication: [] })).toEqual([])
  })
})
