import type { ExplainedEvent } from '@/lib/domain/explain/explain-events'
import type { ExplainedPerson } from '@/lib/domain/explain/explain-people'
import { ADVERSE_EVENT_FIELDS } from '@/lib/domain/logs/adverse-event-fields'
import { departures } from '@/lib/domain/logs/departures'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { EventClass } from '@/lib/domain/safety/safety-summary'
import { formatDate } from '@/lib/format/dates'

/** Adverse events of a class, as a heading and in the choice of classes. */
export const EVENTS_OF: Readonly<Record<EventClass, string>> = {
  any: 'Any adverse event',
  related: 'Related adverse events',
  grade3OrMore: 'Adverse events of grade 3 or more',
  serious: 'Serious adverse events',
  seriousRelated: 'Serious and related adverse events',
  fatal: 'Fatal adverse events',
}

const STANDINGS: Readonly<Record<string, string>> = {
  criteria: 'not meeting the criteria',
  declined: 'declined to take part',
  other: 'not enrolled, no criterion recorded',
  inScreening: 'enrolled later than the data cut',
  notRandomised: 'enrolled, not randomised',
  awaiting: 'enrolled, awaiting the first dose',
  withdrawn: 'withdrawn before the first dose',
  lost: 'lost before the first dose',
  died: 'died before the first dose',
  notInSource: 'enrolled, no dose in the source',
  withEvent: 'with an event that counts',
  notCounted: 'with events before the first procedure alone, not counted',
  without: 'without an event',
}

/** What a group is called, in the middle of a sentence. */
export function nameStanding(reason: string, set: string, hasSubgroup = false): string {
  if (reason === 'inSet') return `in the analysis set (${set})`
  if (reason === 'outsideView')
    return hasSubgroup ? 'outside the chosen subgroup' : 'outside the analysis set'
  return STANDINGS[reason] ?? reason
}

export const capitalise = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const ENDS: Readonly<Record<string, string>> = {
  withdrawn: 'withdrawn',
  lost: 'lost to follow-up',
  died: 'died',
}

const NEVER_ENROLLED = ['criteria', 'declined', 'other', 'inScreening']

/** How follow-up ended. Example: `Withdrawn on 1 Feb 2024, burden of visits`. */
export function describeEnd({ followUpEnd, standing }: ExplainedPerson, protocol: Protocol): string {
  if (followUpEnd === null) return NEVER_ENROLLED.includes(standing.reason) ? 'not enrolled' : 'not ended'
  const { date, reason, cause } = followUpEnd
  const choices = departures.fields(protocol).find(each => each.code === 'CAUSE')?.choices ?? []
  const label = choices.find(({ code }) => code === cause)?.label ?? cause
  const on = date === null ? '' : ` on ${formatDate(date)}`
  return `${capitalise(ENDS[reason] ?? reason)}${on}${label ? `, ${label.toLowerCase()}` : ''}`
}

/** What was given, by day. Example: `1 Mar 2024, 1 Sep 2024`. */
export function describeDoses({ doses }: ExplainedPerson, concealed: boolean): string {
  if (doses.length === 0) return 'none'
  if (concealed) return String(doses.length)
  return doses.map(date => (date === null ? 'day not known' : formatDate(date))).join(', ')
}

/** Why an event counts or not. */
export function describeCounting({ emergence, isCounted }: ExplainedEvent): string {
  if (!isCounted) return 'Not counted: before the first procedure'
  return emergence === 'unknown' ? 'Counted: onset not known' : 'Counted: treatment-emergent'
}

/** The closest words for both judgements. Example: `procedure unlikely, product possible`. */
export function describeRelations({ relationToProcedure, relationToProduct }: ExplainedEvent): string {
  const name = (field: string, code: string | null) =>
    ADVERSE_EVENT_FIELDS.find(each => each.code === field)
      ?.choices?.find(choice => choice.code === code)
      ?.label.toLowerCase() ?? 'not judged'
  return `procedure ${name('AERELPR', relationToProcedure)}, product ${name('AERELPD', relationToProduct)}`
}
