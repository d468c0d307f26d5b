import { FEWEST_OF_TEXT } from '@/lib/domain/outcomes/small-groups'
import { type CountedArm, countEvents, countGrades, countPeople } from '@/lib/domain/safety/event-counts'
import type { PlacedEvent } from '@/lib/domain/safety/place-events'
import { isRelated } from '@/lib/domain/safety/safety-event'
import type { CategorySafety, TermCounts, TermSafety } from '@/lib/domain/safety/safety-summary'
import { compareText } from '@/lib/domain/shared/compare-text'
import { groupRows } from '@/lib/domain/shared/group-rows'

/** Stands for the terms of few participants where single ones could tell somebody's arm. */
const RARER_TERMS = `Terms seen in fewer than ${FEWEST_OF_TEXT} participants`

/** The name by which terms are told apart. Example: `'  Pain   Flare'` → `'pain flare'`. */
function normaliseTerm(term: string): string {
  return term.trim().toLowerCase().replace(/\s+/g, ' ')
}

/**
 * Events by category and, within it, by term as recorded (case and blanks do not matter; no dictionary is applied), each
 * for every arm. The most frequent first, by participants, then events, then name. Categories without an event are left
 * out. Terms told: `all`; `none`; or the `frequent`, those of at least 5 participants, with the others together and last.
 * Source: convention of safety tables; clinical.md §3, interim results.
 * Example: `Pain flare` and `pain flare` → one term, two events.
 */
export function countTerms(
  arms: readonly CountedArm[],
  categories: readonly { readonly code: string; readonly label: string }[],
  told: 'all' | 'frequent' | 'none',
): CategorySafety[] {
  const all = arms.flatMap(({ events }) => events)
  const byCategory = groupRows(all, event => event.category)
  return inOrder(
    categories.flatMap(({ code, label }) => {
      const events = byCategory.get(code)
      if (!events) return []
      return [
        {
          category: code,
          label,
          arms: countByArm(arms, events),
          terms: told === 'none' ? [] : listTerms(arms, events, told === 'frequent' ? FEWEST_OF_TEXT : 1),
        },
      ]
    }),
    ({ label }) => label,
  )
}

/** `least`: terms of fewer participants, all arms taken together, stand in one line, at the end. */
function listTerms(arms: readonly CountedArm[], events: readonly PlacedEvent[], least: number): TermSafety[] {
  const byTerm = [...groupRows(events, event => normaliseTerm(event.term)).values()]
  const frequent = byTerm.filter(own => countPeople(own) >= least)
  const rarer = byTerm.filter(own => countPeople(own) < least).flat()
  const terms = frequent.map(own => ({ term: mostUsed(own), arms: countByArm(arms, own) }))
  return [
    ...inOrder(terms, ({ term }) => term),
    ...(rarer.length > 0 ? [{ term: RARER_TERMS, arms: countByArm(arms, rarer) }] : []),
  ]
}

/** The spelling that was used most, else the first by code unit. */
function mostUsed(events: readonly PlacedEvent[]): string {
  const spellings = [...groupRows(events, event => event.term.trim().replace(/\s+/g, ' '))]
  return spellings.toSorted(([a, x], [b, y]) => y.length - x.length || compareText(a, b))[0]?.[0] ?? ''
}

function countByArm(arms: readonly CountedArm[], events: readonly PlacedEvent[]): TermCounts[] {
  const byArm = groupRows(events, event => event.member.arm)
  return arms.map(({ code, base }) => {
    const own = byArm.get(code) ?? []
    const related = own.filter(isRelated)
    return {
      arm: code,
      ...countEvents(own, base),
      grades: countGrades(own),
      related: { participants: countPeople(related), events: related.length, grades: countGrades(related) },
      eventsNotJudged: own.filter(
        ({ relationToProcedure, relationToProduct }) =>
          relationToProcedure === null && relationToProduct === null,
      ).length,
    }
  })
}

function inOrder<Line extends { readonly arms: readonly TermCounts[] }>(
  lines: readonly Line[],
  nameOf: (line: Line) => string,
): Line[] {
  const sum = (line: Line, of: (arm: TermCounts) => number) =>
    line.arms.reduce((all, arm) => all + of(arm), 0)
  return lines.toSorted(
    (a, b) =>
      sum(b, arm => arm.participants) - sum(a, arm => arm.participants) ||
      sum(b, arm => arm.events) - sum(a, arm => arm.events) ||
      compareText(nameOf(a), nameOf(b)),
  )
}
