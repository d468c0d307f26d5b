import type { Answers, Parameter } from '@/lib/domain/instruments/instrument'
import { listProtocolParameters } from '@/lib/domain/instruments/registry'
import { textOf } from '@/lib/domain/logs/answer-values'
import { deriveStartDay } from '@/lib/domain/logs/partial-days'
import type { Medication } from '@/lib/domain/medication/medication'
import type { CohortScore } from '@/lib/domain/outcomes/cohort-data'
import { rankMainParameters } from '@/lib/domain/outcomes/main-parameters'
import { chooseVisitScore, derivePrimaryScores } from '@/lib/domain/outcomes/primary-scores'
import { INTERVENTION_LABELS, readIntervention } from '@/lib/domain/outcomes/rescue'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'
import { closerRelation, readSafetyEvent } from '@/lib/domain/safety/safety-event'
import { type CalendarDate, daysBetween } from '@/lib/domain/shared/calendar-date'
import { nameEvent } from '@/lib/domain/story/deidentify'
import { deriveMedicationLine } from '@/lib/domain/story/medication-line'
import { placeSpan, type SpanFacts } from '@/lib/domain/story/place-span'
import type { Story, StoryCourse, StoryPerson } from '@/lib/domain/story/story'

/** What is recorded of one participant, with dates. */
export interface StoryFacts {
  readonly protocol: Protocol
  readonly person: StoryPerson
  /** Real, not planned. */
  readonly dayZero: CalendarDate
  /** Called as the reader may know them. */
  readonly doses: readonly { readonly name: string; readonly date: CalendarDate }[]
  readonly harvests: readonly (CalendarDate | null)[]
  readonly visits: readonly { readonly code: string; readonly date: CalendarDate | null }[]
  readonly scores: readonly CohortScore[]
  readonly events: readonly Answers[]
  readonly interventions: readonly Answers[]
  readonly medications: readonly Medication[]
  readonly death: CalendarDate | null
}

/** Panels that a page has room for. */
const MOST_NUMBERS = 4
const MOST_CATEGORIES = 4

/**
 * The story of one participant in days since day zero; a day before it is negative. Partial dates by the rule of
 * `deriveStartDay` and `deriveEndDay`, marked as estimated; what ends on an unknown day or goes on lasts to the last day on
 * which anything is known, so that the story does not depend on the day on which it is read. Terms, descriptions, reasons
 * and names of drugs that the product does not know are left out (`deidentify.ts`). Unscheduled visits and their values are
 * in it. Missing rule: what has no day is counted in `notDated`.
 * Source: clinical.md §3, dates; CARE guideline (timeline of a case report). Checked by hand in derive-story.test.ts.
 * Example: dose on day zero, pain 7 and 3 at baseline and month 12 → `courses[0].points` on days −14 and 365.
 */
export function deriveStory(facts: StoryFacts): Story {
  const { protocol, dayZero, doses } = facts
  const dayOf = (date: CalendarDate) => daysBetween(dayZero, date)
  const harvests = facts.harvests.flatMap(date => date ?? [])
  const firstProcedure = [...harvests, ...doses.map(dose => dose.date)].toSorted()[0] ?? null
  const events = facts.events.map(answers => readSafetyEvent(0, answers))
  const interventions = facts.interventions.map(answers => ({
    name: INTERVENTION_LABELS[readIntervention(answers).kind],
    began: deriveStartDay(textOf(answers, 'PRSTDAT'), { firstProcedure: null }),
  }))
  const courses = listCourses(protocol, facts.scores, dayOf)
  const visits = facts.visits.flatMap(({ code, date }) =>
    date === null ? [] : [{ name: nameVisit(protocol, code), day: dayOf(date) }],
  )
  const spans: SpanFacts[] = [
    ...events.map(({ onset, end, isOngoing }) => ({ from: onset, to: end, isOngoing, firstProcedure })),
    ...facts.medications.map(({ from, to, isOngoing }) => ({ from, to, isOngoing, firstProcedure: null })),
  ]
  const known = [
    0,
    ...visits.map(({ day }) => day),
    ...doses.map(({ date }) => dayOf(date)),
    ...harvests.map(dayOf),
    ...interventions.flatMap(({ began }) => (began ? [dayOf(began.day)] : [])),
    ...courses.flatMap(({ points }) => points.map(({ day }) => day)),
  ]
  const reach = spans.flatMap(span => placeSpan(span, { dayOf, lastDay: null, death: facts.death }) ?? [])
  // Medication of long before is drawn from the first day of the story on.
  const began = reach.slice(0, events.length).map(({ from }) => from)
  const lastDay = Math.max(...known, ...reach.map(({ from, to }) => Math.max(from, to)))
  const firstDay = Math.min(...known, ...began)
  const place = (span: SpanFacts) => placeSpan(span, { dayOf, lastDay, death: facts.death })
  const placedEvents = events.flatMap(event => {
    const span = place({ from: event.onset, to: event.end, isOngoing: event.isOngoing, firstProcedure })
    if (!span) return []
    const relation = closerRelation(event.relationToProcedure, event.relationToProduct)
    const { grade, isSerious } = event
    return [{ ...span, category: nameEvent(event.category), grade, isSerious, relation }]
  })
  const medications = facts.medications.flatMap(course => {
    const span = place({
      from: course.from,
      to: course.to,
      isOngoing: course.isOngoing,
      firstProcedure: null,
    })
    return span ? [{ ...span, ...deriveMedicationLine(course, protocol.settings) }] : []
  })
  const placed = interventions.flatMap(({ name, began: day }) =>
    day ? [{ name, day: dayOf(day.day), isEstimated: day.isDerived }] : [],
  )
  return {
    person: facts.person,
    firstDay,
    lastDay,
    visits: byDay(visits),
    procedures: byDay([
      ...harvests.map(date => ({ kind: 'harvest' as const, name: 'Harvest', day: dayOf(date) })),
      ...doses.map(({ name, date }) => ({ kind: 'dose' as const, name, day: dayOf(date) })),
    ]),
    events: placedEvents.toSorted((a, b) => a.from - b.from),
    interventions: byDay(placed),
    medications: medications.toSorted((a, b) => a.from - b.from),
    courses,
    notDated:
      events.length -
      placedEvents.length +
      (facts.medications.length - medications.length) +
      (interventions.length - placed.length) +
      facts.scores.filter(({ value, date }) => value !== null && date === null).length,
  }
}

function byDay<Moment extends { readonly day: number }>(moments: readonly Moment[]): Moment[] {
  return moments.toSorted((a, b) => a.day - b.day)
}

/** The number of an unscheduled visit says nothing here, and what it was for is free text. */
function nameVisit(protocol: Protocol, code: string): string {
  if (isUnscheduledCode(code)) return 'Unscheduled visit'
  return protocol.visits.find(visit => visit.code === code)?.name ?? code
}

function listCourses(
  protocol: Protocol,
  scores: readonly CohortScore[],
  dayOf: (date: CalendarDate) => number,
): StoryCourse[] {
  const main = rankMainParameters(protocol)
  const others = listProtocolParameters(protocol).filter(
    ({ kind }) => kind === 'ordered' || kind === 'duration',
  )
  const drawn = { continuous: MOST_NUMBERS, ordered: MOST_CATEGORIES, duration: 0, profile: 0 }
  return [...main, ...others.toSorted((a, b) => rankOf(a) - rankOf(b))].flatMap(parameter => {
    const points = listPoints(protocol, scores, parameter, dayOf)
    if (points.length === 0) return []
    drawn[parameter.kind] -= 1
    return [{ parameter, isDrawn: drawn[parameter.kind] >= 0, points }]
  })
}

/** Categories that are called by numbers alone say least to a reader. */
function rankOf({ levels, comparesWithBaseline }: Parameter): number {
  if (comparesWithBaseline) return 2
  return levels?.every(({ label }) => /^Level \d+$/.test(label)) ? 1 : 0
}

/** One value a visit, at the place that the result reads, and those of unscheduled visits. */
function listPoints(
  protocol: Protocol,
  scores: readonly CohortScore[],
  { code }: Parameter,
  dayOf: (date: CalendarDate) => number,
): StoryCourse['points'] {
  const own = scores.filter(({ parameter }) => parameter === code)
  const [primary] = derivePrimaryScores(own)
  const unscheduled = own.filter(
    ({ visit, location, laterality }) =>
      isUnscheduledCode(visit) &&
      (primary === undefined || (location === primary.location && laterality === primary.laterality)),
  )
  const byVisit = new Map<string, CohortScore>()
  for (const row of [...derivePrimaryScores(own), ...unscheduled])
    byVisit.set(row.visit, chooseVisitScore(byVisit.get(row.visit), row))
  return [...byVisit.values()]
    .flatMap(({ visit, value, date }) =>
      value === null || date === null ? [] : [{ visit: nameVisit(protocol, visit), day: dayOf(date), value }],
    )
    .toSorted((a, b) => a.day - b.day)
}
