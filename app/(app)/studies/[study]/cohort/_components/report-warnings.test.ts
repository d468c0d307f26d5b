import { describe, expect, it } from 'vitest'
import type { PooledReason } from '@/lib/domain/outcomes/small-groups'
import { CHECKED, viewOf } from './__fixtures__/cohort-view'
import { listWarnings } from './report-warnings'

const POOLED = { participantArms: false, resultsByArm: false, armsNamed: false }

function warn(armsReason?: PooledReason): string {
  const view = viewOf(CHECKED, { masking: POOLED })
  const summary = { ...view.summary, ...(armsReason ? { armsReason } : {}) }
  return listWarnings({ ...view, summary, openedBy: null, seenBeforeUnlock: [] }).join('\n')
}

describe('what is said above pooled results, on the page and in the report', () => {
  it('names the reason why they are pooled', () => {
    expect(warn()).toMatch(/^Results by arm are closed until the study is locked/)
    expect(warn('notAsOfNow')).toMatch(
      /^Results by arm are given to you only as they stand now; at another data cut or entry they are pooled\. No participant is named/,
    )
    expect(warn('smallArm')).toMatch(
      /^Results are pooled for you while an arm has fewer than 5 participants, .+ No participant is named/,
    )
    expect(warn('smallArm')).not.toMatch(/closed until/)
  })
})
