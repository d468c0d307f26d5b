/** Hand-built cohorts for tests: what is not named in a test is unremarkable. */
import type { Parameter } from '@/lib/domain/instruments/instrument'
import type {
  CohortData,
  CohortParticipant,
  CohortScheduledVisit,
  CohortScore,
} from '@/lib/domain/outcomes/cohort-data'
import type { ReportedParameter } from '@/lib/domain/outcomes/reported-parameters'
import type { Summary, VisitSummary } from '@/lib/domain/outcomes/summary-types'
import type { Protocol, ResponderRule } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, parseCalendarDate } from '@/lib/domain/shared/calendar-date'

export function day(text: string): CalendarDate {
  const date = parseCalendarDate(text)
  if (date === null) throw new Error(`No date: ${text}`)
  return date
}

/** The views of a reader with all arms open, and of one without results by arm. */
export const BY_ARM = { participantArms: true, resultsByArm: true, armsNamed: true }
export const POOLED = { participantArms: true, resultsByArm: false, armsNamed: false }

/** Long after every window of the hand-built cohorts. */
export const LATE_CUT = day('2030-01-01')

export function makeProtocol(changes: Partial<Protocol> = {}): Protocol {
  const visit = (code: string) => ({
    code,
    name: code,
    target: { value: 0, unit: 'days' as const },
    window: { beforeDays: 0, afterDays: 0 },
    instruments: ['nprs'],
    forms: [],
  })
  return {
    format: 1,
    study: { code: 'TEST', title: 'Test', timeZone: 'Australia/Melbourne' },
    versions: [{ number: '1.0', effectiveFrom: day('2020-01-01'), summary: 'First' }],
    masking: 'open',
    arms: [{ code: 'ONE', name: 'Only arm', ratio: 1 }],
    treatments: [],
    dayZero: 'firstTreatment',
    visits: ['BL', 'M1', 'M3'].map(visit),
    settings: {},
    baseline: { visits: ['BL'], rule: 'single' },
    responders: [],
    missingData: { means: 'observed', responders: 'nonResponderImputation' },
    eligibility: { inclusion: [], exclusion: [] },
    consents: [],
    forms: [],
    illustrative: [],
    ...changes,
  }
}

export const THREE_ARMS = ['A', 'B', 'C'].map(code => ({ code, name: `Arm ${code}`, ratio: 1 }))

export const PAIN: Parameter = {
  code: 'PAIN',
  label: 'Pain',
  unit: 'points',
  min: 0,
  max: 10,
  higherIs: 'worse',
  kind: 'continuous',
  zeroMeansNone: true,
  minimalImportantChange: { points: 2, percent: 30, source: 'Ostelo 2008' },
}

export function report(parameter: Parameter, visits = ['BL', 'M1', 'M3']): ReportedParameter {
  return { parameter, visits }
}

export function makeRule(code: string, changes: Partial<ResponderRule> & Pick<ResponderRule, 'condition'>) {
  return { code, label: code, noIntervention: false, isResponder: true, ...changes }
}

export function atLeast(value: number, unit: 'points' | 'percent', parameter = 'PAIN') {
  return { parameter, improvement: { atLeast: value, unit } }
}

export function makeParticipant(
  participant: number,
  changes: Partial<CohortParticipant> = {},
): CohortParticipant {
  return {
    participant,
    subject: `MEL-${String(participant).padStart(3, '0')}`,
    site: 'MEL',
    arm: 'ONE',
    enrolled: true,
    enrolledOn: day('2024-01-01'),
    allocated: true,
    allocatedOn: day('2024-01-01'),
    dayZero: day('2024-02-01'),
    doses: [],
    rescues: [],
    followUpEnd: null,
    imported: false,
    ...changes,
  }
}

export function makeScore(
  participant: number,
  visit: string,
  value: number | null,
  changes: Partial<CohortScore> = {},
): CohortScore {
  return {
    participant,
    visit,
    parameter: 'PAIN',
    value,
    missingReason: null,
    date: null,
    beforeTreatment: false,
    location: null,
    laterality: null,
    repeat: 1,
    ...changes,
  }
}

export function makeScheduled(
  participant: number,
  visit: string,
  windowStart: string | null = '2024-01-01',
  windowEnd: string | null = '2024-12-31',
): CohortScheduledVisit {
  const start = windowStart === null ? null : day(windowStart)
  return {
    participant,
    visit,
    target: start,
    windowStart: start,
    windowEnd: windowEnd === null ? null : day(windowEnd),
  }
}

/** One participant a row, one column a visit (BL, M1, M3 …); null is no row. All dated values lie in the windows. */
export function makeCohort(
  rows: readonly (readonly (number | null)[])[],
  changes: (index: number) => Partial<CohortParticipant> = () => ({}),
  visits: readonly string[] = ['BL', 'M1', 'M3'],
): CohortData {
  const dates = new Map(
    [
      ['BL', '2024-01-15'],
      ['M1', '2024-03-01'],
      ['M3', '2024-05-01'],
    ].map(([v, d]) => [v, day(d ?? '')]),
  )
  return {
    participants: rows.map((_, index) => makeParticipant(index + 1, changes(index))),
    schedule: rows.flatMap((_, index) => visits.map(visit => makeScheduled(index + 1, visit))),
    scores: rows.flatMap((row, index) =>
      row.flatMap((value, column) => {
        const visit = visits[column]
        if (value === null || visit === undefined) return []
        return [makeScore(index + 1, visit, value, { date: dates.get(visit) ?? null })]
      }),
    ),
    missedVisits: [],
  }
}

/** One visit of one arm of one parameter of a result. */
export function visitOf(summary: Summary, visit: string, arm = 'ONE', parameter = 'PAIN'): VisitSummary {
  const found = summary.parameters
    .find(each => each.parameter === parameter)
    ?.arms.find(each => each.arm === arm)
    ?.visits.find(each => each.visit === visit)
  if (!found) throw new Error(`Not in the result: ${parameter} ${arm} ${visit}`)
  return found
}
