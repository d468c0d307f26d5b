import { describe, expect, it } from 'vitest'
import type { Explanation } from '@/lib/domain/explain/explanation'
import { makeTouchesNumber } from '@/lib/domain/explain/touching-entries'
import type { KnownEntry } from '@/lib/domain/knowledge/known-changes'
import { makeProtocol } from '@/lib/domain/outcomes/__fixtures__/cohort'
import { DEFAULT_ANALYSIS_VIEW } from '@/lib/domain/outcomes/analysis-view'

const EXPLANATION: Explanation = {
  ...{ parameter: 'NPRS_AVG', unit: 'points', visit: 'M3', afterBaseline: true, noChangeReason: null },
  ...{ analysisSet: 'treated', rules: [], arms: [], participants: [] },
}

function entry(changes: Partial<KnownEntry>): KnownEntry {
  return {
    ...{ seq: 9, at: '2026-01-01T00:00:00.000Z', act: 'update', actor: 'Ann', role: 'Coordinator' },
    ...{ site: 'MEL', subject: 'MEL-001', visit: 'M3', form: 'nprs', entity: 'assessments', entityId: 1 },
    ...{ changes: {}, reason: null, movedFrom: null },
    ...changes,
  }
}

describe('writes that touch a number', () => {
  const touches = makeTouchesNumber(EXPLANATION, makeProtocol())

  it('are those of its form at its visit and at baseline, and what sets, windows and events stand on', () => {
    expect(touches(entry({}))).toBe(true)
    expect(touches(entry({ visit: 'BL' }))).toBe(true)
    expect(touches(entry({ entity: 'visits', form: null }))).toBe(true)
    expect(touches(entry({ entity: 'treatments', visit: null, form: null }))).toBe(true)
    expect(touches(entry({ entity: 'log_entries', visit: null, form: 'interventions' }))).toBe(true)
    expect(
      touches(entry({ visit: 'M1', act: 'move', movedFrom: { site: null, subject: null, visit: 'M3' } })),
    ).toBe(true)
  })

  it('are no others', () => {
    expect(touches(entry({ visit: 'M1' }))).toBe(false)
    expect(touches(entry({ form: 'odi' }))).toBe(false)
    expect(touches(entry({ entity: 'second_entries' }))).toBe(false)
    expect(touches(entry({ entity: 'log_entries', visit: null, form: 'adverseEvents' }))).toBe(false)
  })

  it('are those of earlier visits as well where the last value is carried forward', () => {
    const view = { ...DEFAULT_ANALYSIS_VIEW, missingData: 'locf' as const }
    const carried = makeTouchesNumber(EXPLANATION, makeProtocol(), view)
    expect(carried(entry({ visit: 'M1' }))).toBe(true)
    expect(carried(entry({ visit: 'UNS-1' }))).toBe(true)
  })
})
