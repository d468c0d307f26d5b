/** What the page *Explain* is asked and given where no single number is explained: everybody screened, or adverse events. */
import type { EventsExplanation, ExplainedEventsPerson } from '@/lib/domain/explain/explain-events'
import type { ExplainedPerson, PeopleExplanation } from '@/lib/domain/explain/explain-people'
import type { PooledReason } from '@/lib/domain/outcomes/small-groups'
import type { ViewInForce } from '@/lib/domain/outcomes/view-in-force'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { EVENT_CLASSES, type EventClass } from '@/lib/domain/safety/safety-summary'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { type CohortControls, formatCohortControls, listAllowed, quote, readCohortControls } from './cohort'

export type ExplainSubject =
  | { readonly about: 'participants' }
  | { readonly about: 'events'; readonly class: EventClass }

/** Who is explained, and how the cohort is counted. */
export interface AboutAsked {
  readonly subject: ExplainSubject
  /** From 1. */
  readonly page: number
  /** How the cohort page counts; its scores and visits are not used. */
  readonly controls: CohortControls
}

type Given = Parameters<typeof readCohortControls>[0]

/** Reads the address; null: it asks for a number. */
export function readAboutAddress(given: Given): Result<AboutAsked, AppError> | null {
  const about = firstOf(given.about)
  if (about === undefined) return null
  const { parameter: _, visit: __, arm: ___, reference: ____, ...others } = given
  const controls = readCohortControls(others)
  if (!controls.ok) return controls
  const subject = readSubject(about, firstOf(given.class))
  if (!subject.ok) return subject
  const page = Number(firstOf(given.page) ?? 1)
  const isPage = Number.isSafeInteger(page) && page >= 1 && page <= 100_000
  return ok({ subject: subject.value, page: isPage ? page : 1, controls: controls.value })
}

function readSubject(about: string, asked: string | undefined): Result<ExplainSubject, AppError> {
  if (about === 'participants') return ok({ about })
  if (about !== 'events') return refuse('about', about, ['participants', 'events'])
  const name = EVENT_CLASSES.find(each => each === (asked ?? 'any'))
  return name ? ok({ about, class: name }) : refuse('class', asked ?? '', EVENT_CLASSES)
}

function refuse(field: string, value: string, allowed: readonly string[]): Result<never, AppError> {
  const text = `${quote(value)} is not one of what can be explained. Choose ${listAllowed(allowed)}.`
  return err({ code: 'invalidInput', fields: [{ field, value, text }] })
}

function firstOf(given: string | readonly string[] | undefined): string | undefined {
  const first = typeof given === 'object' ? given[0] : given
  return first?.trim().slice(0, 64) || undefined
}

/** The query of an address that explains something in the same view. */
export function formatAboutQuery(controls: CohortControls, subject: ExplainSubject | null, page = 1): string {
  const query = new URLSearchParams(formatCohortControls({ ...controls, parameters: [], visits: [] }))
  for (const [name, value] of Object.entries({ ...subject, page: page > 1 ? page : null }))
    if (value !== null) query.set(name, String(value))
  return query.toString()
}

interface Told {
  /** `subject` is a made-up label and days are left out: of another site. */
  readonly concealed: boolean
}

export type ToldPerson = ExplainedPerson & Told
export type ToldEventsPerson = ExplainedEventsPerson & Told

export interface ExplainedPeople extends Omit<PeopleExplanation, 'people'> {
  readonly about: 'participants'
  /** Null where participants may not be named. */
  readonly people: readonly ToldPerson[] | null
}

export interface ExplainedEvents extends Omit<EventsExplanation, 'people'> {
  readonly about: 'events'
  readonly people: readonly ToldEventsPerson[] | null
}

/** What the page shows. */
export interface AboutPage {
  readonly study: string
  readonly synthetic: boolean
  readonly lockedAt: string | null
  readonly dataCut: CalendarDate
  readonly asOf: number
  readonly version: string
  readonly softwareVersion: string
  readonly protocol: Protocol
  readonly view: ViewInForce
  /** Results by arm are open to this reader, and yet pooled here. */
  readonly armsReason?: PooledReason
  readonly opensParticipants: boolean
  readonly explained: ExplainedPeople | ExplainedEvents
}
