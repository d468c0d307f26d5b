import { describe, expect, it } from 'vitest'
import { explainResult } from '@/lib/domain/explain/explain-result'
import type { ExplainedArm, ExplainedValue } from '@/lib/domain/explain/explanation'
import { findNumber } from '@/lib/domain/explain/find-number'
import {
  atLeast,
  day,
  makeCohort,
  makeProtocol,
  makeRule,
  PAIN,
} from '@/lib/domain/outcomes/__fixtures__/cohort'
import { prepare } from '@/lib/domain/outcomes/__fixtures__/prepare'
import {
  formatBaselineRow,
  formatExplainedValue,
  formatGroup,
  formatLevel,
  formatRate,
  formatReason,
  formatRuleSum,
  formatTaken,
  formatValueSum,
} from './explanation'

const protocol = makeProtocol({ responders: [makeRule('HALF', { condition: atLeast(50, 'percent') })] })

function explainArm(code: string): ExplainedArm {
  const data = makeCohort([
    [8, 6, 2],
    [6, 3, 6],
    [0, 7, 7],
    [4, 4, null],
  ])
  const cohort = prepare(data, { protocol })
  const found = findNumber(cohort, protocol, { code, visit: 'M3' })
  if ('field' in found) throw new Error(found.field)
  const [arm] = explainResult(cohort, protocol, found).arms
  if (!arm) throw new Error('no arm')
  return arm
}

describe('an explanation in words', () => {
  it('adds up', () => {
    const arm = explainArm('HALF')
    expect(formatRuleSum(arm, 'HALF')).toBe(
      '4 expected = 1 met + 1 not met + 1 baseline 0, so no percent + 1 overdue',
    )
    expect(formatValueSum(explainArm('PAIN'))).toBe('4 expected = 3 with a value + 1 overdue')
    expect(arm.numbers.responders.map(rate => formatRate(rate).replace(/ \(.*\)/, ''))).toEqual([
      '1/4, 25%, of all expected, missing as not met',
      '1/2, 50%, of observed cases',
    ])
  })

  it('names every reason for which the domain puts somebody out', () => {
    const reasons = ['interventionUndated', 'notYetDue', 'onDosingDay', 'superseded', 'outsideWindow']
    for (const reason of reasons) expect(formatReason(reason)).not.toBe(reason)
    expect(formatGroup({ place: 'notMet', reason: 'declined' })).toBe('Not met: declined')
    expect(formatGroup({ place: 'in', reason: 'early' })).toBe('Counted: value counts, window still open')
    expect(formatGroup({ place: 'out', reason: 'notYetDue' })).toBe('Not counted: not yet due')
  })

  it('shows a value that does not count beside why, and what stands in for it', () => {
    const value: ExplainedValue = {
      ...{ visit: 'M3', value: null, received: 4, date: day('2024-06-01'), window: 'outside', due: 'due' },
      ...{ windowStart: null, windowEnd: null, filledIn: null, missingReason: 'outsideWindow' },
    }
    expect(formatExplainedValue(value, PAIN)).toBe('4 left out: outside the window')
    expect(formatTaken(value)).toBe('1 Jun 2024, outside the window')
    const filled = { ...value, value: 6, filledIn: 'bocf' as const }
    expect(formatExplainedValue(filled, PAIN)).toBe(
      '4 left out: outside the window; 6, baseline carried forward',
    )
    const early = { ...value, received: null, window: null, missingReason: null, due: 'early' as const }
    expect([formatExplainedValue(early, PAIN), formatTaken(early)]).toEqual(['not yet due', ''])
  })

  it('says of a baseline row what became of it', () => {
    const row = { visit: 'BL', date: day('2024-01-12'), value: 7, repeat: 1, counts: true, reason: null }
    expect(formatBaselineRow(row, PAIN)).toBe('BL, 12 Jan 2024: 7, counts')
    const late = { ...row, counts: false, reason: 'afterFirstDose', date: null, repeat: 2 }
    expect(formatBaselineRow(late, PAIN)).toBe('BL, repeat 2: 7, after the first dose')
  })

  it('names the level of an ordered score by its label', () => {
    const levels = [
      { value: 1, label: 'Level 1' },
      { value: 2, label: 'Some problems' },
    ]
    const ordered = { ...PAIN, kind: 'ordered' as const, levels }
    expect([1, 2, 3].map(score => formatLevel(ordered, score))).toEqual(['Level 1', 'Some problems', '3'])
  })
})
