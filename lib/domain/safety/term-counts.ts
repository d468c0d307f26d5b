import { type CountedArm, countEvents, countGrades, countPeople } from '@/lib/domain/safety/event-counts'
import type { PlacedEvent } from '@/lib/domain/safety/place-events'
import { isRelated } from '@/lib/domain/safety/safety-event'
import type { CategorySafety, TermCounts, TermSafety } from '@/lib/domain/safety/safety-summary'
import { compareText } from '@/lib/domain/shared/compare-text'
import { groupRows } from '@/lib/domain/shared/group-rows'

/** The name by which terms are told apart. Example: `'  Pain   Flare'` → `'pain flare'`. */
function normaliseTerm(term: string): string {
  return term.trim().toLowerCase().replace(/\s+/g, ' ')
}

/**
 * Events by category and, within it, by term as recorded (case and blanks do not matter; no dictionary is applied), each
 * for every arm. The most frequent first, by participants, then events, then name. Categories without an event are left
 * out. `namesTerms` false: no terms within them. Source: convention of safety tables. Example: `Pain flare` and `pain flare` → one term, two events.
 */
export function countTerms(
  arms: readonly CountedArm[],
  categories: readonly { readonly code: string; readonly label: string }[],
  namesTerms: boolean,
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
          terms: namesTerms ? listTerms(arms, events) : [],
        },
      ]
    }),
    ({ label }) => label,
  )
}

function listTerms(arms: readonly CountedArm[], events: readonly PlacedEvent[]): TermSafety[] {
  const byTerm = groupRows(events, event => normaliseTerm(event.term))
  const terms = [...byTerm.values()].map(own => ({ term: mostUsed(own), arms: countByArm(arms, own) }))
  return inOrder(terms, ({ term }) => term)
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
