import type { Completeness, ParameterSummary } from '@/lib/domain/outcomes/summary-types'

/** How complete a parameter is at one visit, all arms together; counts of participants. */
export interface PooledCompleteness {
  readonly visit: string
  readonly expected: number
  readonly received: number
  readonly expectedInFollowUp: number
  /** Received in window; null where values came but no arm's can be judged. */
  readonly inWindow: number | null
  /** Received values that can be judged against their window. */
  readonly windowKnown: number
  readonly nEarly: number
  readonly missing: Readonly<Record<string, number>>
}

/** What is added up: a visit of an arm, or what was pooled before. */
type Part = Pick<
  Completeness,
  'expected' | 'received' | 'expectedInFollowUp' | 'inWindow' | 'nEarly' | 'missing'
> & { readonly windowKnown: number }

/**
 * Adds the completeness of the arms of a result up, visit by visit: the arms part the analysis set.
 * Example: arms of 4/5 and 5/5 received → received 9, expected 10.
 */
export function poolCompleteness({ arms }: Pick<ParameterSummary, 'arms'>): PooledCompleteness[] {
  const [first] = arms
  return (first?.visits ?? []).map(({ visit }, index) => {
    const parts = arms.flatMap(arm => arm.visits[index] ?? [])
    return { visit, ...addCompleteness(parts.map(toPart)) }
  })
}

function toPart(visit: Completeness): Part {
  return { ...visit, windowKnown: visit.received - visit.windowUnknown }
}

/**
 * Adds counts of completeness up, of several visits or parameters, for the total of a row or column.
 * Example: two visits of 8/9 → received 16, expected 18.
 */
export function addCompleteness(parts: readonly Part[]): Omit<PooledCompleteness, 'visit'> {
  const sum = (pick: (part: Part) => number) => parts.reduce((total, part) => total + pick(part), 0)
  const missing: Record<string, number> = {}
  for (const part of parts)
    for (const [reason, count] of Object.entries(part.missing))
      missing[reason] = (missing[reason] ?? 0) + count
  const received = sum(part => part.received)
  const windowKnown = sum(part => part.windowKnown)
  return {
    expected: sum(part => part.expected),
    received,
    expectedInFollowUp: sum(part => part.expectedInFollowUp),
    inWindow: received > 0 && windowKnown === 0 ? null : sum(part => part.inWindow ?? 0),
    windowKnown,
    nEarly: sum(part => part.nEarly),
    missing,
  }
}
