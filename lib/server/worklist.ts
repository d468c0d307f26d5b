import { type Bookings, listBookings } from '@/db/queries/appointments'
import { listSites } from '@/db/queries/studies'
import { type DueVisitRow, listDueVisits, listVisitEntries } from '@/db/queries/worklist'
import { findFormDefinition } from '@/lib/domain/instruments/form-definition'
import type { Booking } from '@/lib/domain/logs/appointments'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import { deriveEnteredForms } from '@/lib/domain/protocol/entered-forms'
import { capAt } from '@/lib/domain/protocol/follow-up'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { CLOSING_DAYS, deriveVisitState, type VisitStanding } from '@/lib/domain/protocol/visit-state'
import { addDays, type CalendarDate, calendarDateIn, daysBetween } from '@/lib/domain/shared/calendar-date'
import { compareText } from '@/lib/domain/shared/compare-text'
import type { AppError } from '@/lib/domain/shared/errors'
import type { SiteId, StudyId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatShortFormName } from '@/lib/format/answers'
import {
  type LackingEvent,
  WORKLIST_GROUPS,
  type Worklist,
  type WorklistGroup,
  type WorklistItem,
} from '@/lib/schemas/worklist'
import { listRunningClocks } from './adverse-events'
import { listAwaitedDoses } from './awaited-doses'
import type { Ctx } from './context'
import { listDoubleEntryItems } from './double-entry-list'
import { listUnfinished } from './drafts'
import { listLackingEvents, toldOfEvent } from './event-contacts'
import { mayEver } from './policy'
import { listReconsents } from './reconsents'
import { openStudy } from './studies'

export interface WorklistInput {
  readonly study: string
  /** Code of the only site wanted; null: all of the person's. */
  readonly site: string | null
}

/** What is due, in the order in which to do it: most overdue first, then by days left. */
export function readWorklist(ctx: Ctx, input: WorklistInput): Result<Worklist, AppError> {
  const opened = openStudy(ctx, input.study, 'readParticipants')
  if (!opened.ok) return opened
  const { study, protocol, sites: mine } = opened.value
  const sites = listSites(ctx.db, study.id, mine)
  const site = input.site === null ? null : sites.find(row => row.code === input.site)
  if (site === undefined) return err({ code: 'notFound', what: 'The site' })
  const rows = readRows(ctx, study, mine)
  const scope = { studyId: study.id, sites: mine }
  const told = listLackingEvents(ctx.db, protocol, scope)
  const all = settleEvents(listItems(protocol, rows, readBookings(ctx, rows), ctx.now), told)
  const shown = new Set(all.filter(item => item.lacksEvent).map(keyOf))
  const lackingEvents = told.filter(one => !shown.has(keyOf(one)))
  const reconsents = listReconsents(ctx, protocol, scope)
  const awaitedDoses = listAwaitedDoses(ctx, protocol, scope)
  const twice = listDoubleEntryItems(ctx, opened.value)
  return ok({
    study: { code: study.code, synthetic: study.synthetic, locked: study.lockedAt !== null },
    today: calendarDateIn(site?.timeZone ?? study.timeZone, ctx.now),
    sites: sites.map(({ code, name }) => ({
      code,
      name,
      count: all.filter(item => item.site === code).length,
    })),
    site: site?.code ?? null,
    clocks: listRunningClocks(ctx, opened.value),
    items: site ? all.filter(item => item.site === site.code) : all,
    unfinished: listUnfinished(ctx, opened.value),
    doubleEntry: site ? twice.filter(one => one.site === site.code) : twice,
    lackingEvents: site ? lackingEvents.filter(one => one.site === site.code) : lackingEvents,
    reconsents: site ? reconsents.filter(one => one.site === site.code) : reconsents,
    awaitedDoses: site ? awaitedDoses.filter(one => one.site === site.code) : awaitedDoses,
    mayEnter: mayEver(ctx, 'enterVisit', study.id),
    mayBook: mayEver(ctx, 'enterLog', study.id),
    mayRegister: mayEver(ctx, 'registerParticipant', study.id),
  })
}

/** The visit to enter after this one, in the order of the worklist; from its end back to the start. */
export function findNextVisit(
  ctx: Ctx,
  after: {
    readonly study: string
    readonly number: string
    readonly visit: string
    /** Code of the only site wanted; null: all of the person's. */
    readonly site: string | null
  },
): Result<{ number: string; visit: string } | null, AppError> {
  const opened = openStudy(ctx, after.study, 'enterVisit')
  if (!opened.ok) return opened
  const { study, protocol, sites } = opened.value
  const isAnchor = (item: { number: string; visit: string }) =>
    item.number === after.number && item.visit === after.visit
  // The visit just entered stands where it stood before.
  const before = listVisitEntries(ctx.db, { studyId: study.id, ...after }).map(row => ({
    ...row,
    form: null,
    missedReason: null,
  }))
  const rows = readRows(ctx, study, sites).filter(row => !isAnchor(row))
  const due = [...rows, ...before].toSorted(compareRows)
  const items = listItems(protocol, due, readBookings(ctx, due), ctx.now)
  const position = items.findIndex(isAnchor)
  const next = [...items.slice(position + 1), ...items].find(
    item => !isAnchor(item) && (after.site === null || item.site === after.site),
  )
  return ok(next ? { number: next.number, visit: next.visit } : null)
}

function readRows(
  ctx: Ctx,
  study: { readonly id: StudyId; readonly timeZone: string },
  sites: 'all' | readonly SiteId[],
): DueVisitRow[] {
  // A site may be up to two calendar days ahead of the study's own zone: Kiritimati of Pago Pago.
  const until = addDays(calendarDateIn(study.timeZone, ctx.now), 2)
  return listDueVisits(ctx.db, { studyId: study.id, sites, until })
}

/** Of visits that did not take place yet. */
function readBookings(ctx: Ctx, rows: readonly DueVisitRow[]): Bookings {
  const open = rows.filter(row => row.visitDate === null).map(row => row.participantId)
  return listBookings(ctx.db, [...new Set(open)])
}

/** As the database orders them: by number, then by place in the protocol. */
function compareRows(a: DueVisitRow, b: DueVisitRow): number {
  return compareText(a.number, b.number) || a.position - b.position
}

function listItems(
  protocol: Protocol,
  rows: readonly DueVisitRow[],
  bookings: Bookings,
  now: string,
): WorklistItem[] {
  const days = new Map<string, CalendarDate>()
  const visits = new Map<string, DueVisitRow[]>()
  for (const row of rows) {
    if (!days.has(row.timeZone)) days.set(row.timeZone, calendarDateIn(row.timeZone, now))
    const key = `${row.participantId} ${row.visit}`
    const forms = visits.get(key)
    if (forms) forms.push(row)
    else visits.set(key, [row])
  }
  const items: WorklistItem[] = []
  for (const forms of visits.values()) {
    const [row] = forms
    const today = row && days.get(row.timeZone)
    const booking = (row && bookings.get(row.participantId)?.get(row.visit)) ?? null
    const item = row && today ? deriveItem(protocol, row, forms, today, booking) : null
    if (item) items.push(item)
  }
  return items.toSorted((a, b) => orderOf(a) - orderOf(b))
}

/** Of the visits at which an event was told, those without a record of it. */
function settleEvents(items: readonly WorklistItem[], told: readonly LackingEvent[]): WorklistItem[] {
  const lacking = new Set(told.map(keyOf))
  return items.map(item => ({ ...item, lacksEvent: item.lacksEvent && lacking.has(keyOf(item)) }))
}

function keyOf({ number, visit }: { readonly number: string; readonly visit: string }): string {
  return `${number} ${visit}`
}

/** By group, then by how soon. `toSorted` is stable: participants stay in order of their number. */
function orderOf(item: WorklistItem): number {
  const { daysPast, daysLeft } = item.standing
  return WORKLIST_GROUPS.indexOf(item.group) * 1e6 + (daysPast === null ? (daysLeft ?? 9e5) : -daysPast)
}

function deriveItem(
  protocol: Protocol,
  row: DueVisitRow,
  forms: readonly DueVisitRow[],
  today: CalendarDate,
  live: Booking | null,
): WorklistItem | null {
  const plan = protocol.visits.find(visit => visit.code === row.visit)
  if (!plan) return null
  // Without a single date nothing can be due: such participants come from files.
  if (row.windowEnd === null && row.origin === 'imported') return null
  const { visit: _, ...scheduled } = row
  const booking = row.visitDate === null ? live : null
  const standing = deriveVisitState(
    {
      scheduled: { ...scheduled, visit: plan },
      expected: listAskedForms(plan),
      ...deriveEnteredForms(protocol, forms),
      declaredMissed: row.missedReason !== null,
      bookedFor: booking?.date ?? null,
      consentedOn: row.consentDate,
      awaitsDayZero: row.origin === 'entered',
      followUpEnd: capAt(row.followUpEnd, today),
    },
    today,
  )
  const isBookedToday = booking?.date === today && standing.isToday
  const group = deriveGroup(standing) ?? (isBookedToday ? 'today' : null)
  // What comes after day zero waits for it, unless something was entered already.
  const isWaiting = row.windowEnd === null && plan.target.value >= 0 && standing.state !== 'partly'
  if (group === null || (isWaiting && !isBookedToday)) return null
  const { target, windowStart, windowEnd } = row
  const days =
    target && windowStart && windowEnd
      ? {
          today: daysBetween(target, today),
          start: daysBetween(target, windowStart),
          end: daysBetween(target, windowEnd),
        }
      : null
  const names = (codes: readonly string[]) => codes.map(code => nameOf(protocol, code))
  const entered = listAskedForms(plan).filter(code => !standing.lacking.includes(code))
  return {
    group,
    number: row.number,
    site: row.site,
    siteName: row.siteName,
    visit: plan.code,
    visitName: plan.name,
    standing,
    target,
    windowEnd,
    booking,
    days,
    lacking: names(standing.lacking),
    entered: names(entered),
    lacksEvent: forms.some(({ form, answers }) => toldOfEvent(form, answers)),
  }
}

function deriveGroup({ state, isToday, daysPast, daysLeft }: VisitStanding): WorklistGroup | null {
  if (state === 'overdue') return 'overdue'
  if (state !== 'open' && state !== 'closing' && state !== 'partly') return null
  if (isToday) return 'today'
  if (state === 'closing' || (daysPast === null && daysLeft !== null && daysLeft <= CLOSING_DAYS))
    return 'closing'
  return 'open'
}

function nameOf(protocol: Protocol, code: string): string {
  const form = findFormDefinition(protocol, code)
  return form ? formatShortFormName(form) : code
}
