/**
 * Adverse events of the demonstration: none serious, none unexpected, as in the documented study (Future Science OA
 * 2022;8(5):FSO794). Made up; which events there were is not published by participant.
 */

import { addDays, type CalendarDate } from '@/lib/domain/shared/calendar-date'
import { DEMO_VISITS, type DemoVisit } from './cohort'
import type { DemoAnswers } from './logs'
import { type DemoTimeline, deriveHarvestDay } from './timeline'

export interface DemoEvent {
  readonly number: string
  readonly after: 'harvest' | 'firstDose' | 'secondDose'
  readonly term: string
  readonly category: 'injectionSite' | 'painFlare' | 'other'
  readonly grade: 1 | 2
  /** Onset, counted from the procedure, and length. */
  readonly afterDays: number
  readonly lastsDays: number
}

export const DEMO_EVENTS: readonly DemoEvent[] = [
  {
    ...{ number: 'MEL-002', after: 'firstDose', term: 'Injection-site pain', category: 'injectionSite' },
    ...{ grade: 1, afterDays: 1, lastsDays: 3 },
  },
  {
    ...{ number: 'MEL-004', after: 'harvest', term: 'Bruising at the harvest site', category: 'other' },
    ...{ grade: 1, afterDays: 1, lastsDays: 9 },
  },
  {
    ...{ number: 'MEL-006', after: 'secondDose', term: 'Pain flare', category: 'painFlare' },
    ...{ grade: 2, afterDays: 3, lastsDays: 10 },
  },
  {
    ...{ number: 'MEL-008', after: 'secondDose', term: 'Injection-site pain', category: 'injectionSite' },
    ...{ grade: 1, afterDays: 0, lastsDays: 2 },
  },
]

/** One event as three people fill it in, in this order. */
export interface DemoReport {
  /** The coordinator: what happened. */
  readonly recorded: DemoAnswers
  /** The investigator: seriousness and relation. */
  readonly judged: DemoAnswers
  /** The data manager: the sponsor's assessment. */
  readonly assessed: DemoAnswers
}

export function deriveDemoReports(number: string, days: DemoTimeline): readonly DemoReport[] {
  return listOwn(number, days).map(({ event, onset }) => {
    const isOfHarvest = event.after === 'harvest'
    return {
      recorded: {
        AETERM: [event.term],
        AECAT: [event.category],
        AESTDAT: [onset],
        AEONGO: ['no'],
        AEENDAT: [addDays(onset, event.lastsDays)],
        AETOXGR: [String(event.grade)],
        AEACN: ['none'],
        AEOUT: ['recovered'],
        AESER: ['no'],
      },
      judged: {
        AESERINV: ['no'],
        AERELPR: [event.category === 'painFlare' ? 'possible' : 'definite'],
        AERELPD: [isOfHarvest ? 'unrelated' : event.category === 'painFlare' ? 'possible' : 'unlikely'],
      },
      assessed: { AEEXP: ['expected'] },
    }
  })
}

/** The visits at which an event is told: for each the first contact on or after its onset. */
export function listToldVisits(number: string, days: DemoTimeline): ReadonlySet<DemoVisit> {
  const contacts = DEMO_VISITS.filter(visit => visit !== 'BL')
  const told = listOwn(number, days).flatMap(
    ({ onset }) => contacts.find(visit => days.visits[visit] >= onset) ?? [],
  )
  return new Set(told)
}

function listOwn(number: string, days: DemoTimeline) {
  return DEMO_EVENTS.filter(event => event.number === number).flatMap(event => {
    const procedure = dayOf(event, days)
    return procedure === null ? [] : [{ event, onset: addDays(procedure, event.afterDays) }]
  })
}

function dayOf({ after }: DemoEvent, { dayZero, secondDose }: DemoTimeline): CalendarDate | null {
  if (after === 'harvest') return deriveHarvestDay(dayZero)
  return after === 'firstDose' ? dayZero : secondDose
}
