import { listStrayForms, listStrayVisits, type StrayVisitRow } from '@/db/queries/deviations'
import { listLogEntries, listStudyLogEntries } from '@/db/queries/logs'
import { formatDay } from '@/lib/domain/checks/day-text'
import { findFormDefinition } from '@/lib/domain/instruments/form-definition'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { boolOf, textOf } from '@/lib/domain/logs/answer-values'
import { DEVIATION_CLASSES, DEVIATION_KINDS, deviations } from '@/lib/domain/logs/deviations'
import { type OfferedDeviation, offerDeviations, type StrayVisit } from '@/lib/domain/logs/offer-deviations'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import { compareText } from '@/lib/domain/shared/compare-text'
import type { AppError } from '@/lib/domain/shared/errors'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { LogEntryId, SiteId } from '@/lib/domain/shared/ids'
import { ok, type Result } from '@/lib/domain/shared/result'
import { formatShortFormName } from '@/lib/format/answers'
import type { DeviationQuery } from '@/lib/schemas/deviations'
import type { Ctx } from './context'
import { openParticipant } from './participants'
import { authorise } from './policy'
import { openStudy } from './studies'

/** A deviation that the schedule shows and nobody has logged, with the address of a new entry that holds it. */
export interface DeviationOffer {
  readonly number: string
  readonly text: string
  /** Null: the person may not enter it. */
  readonly query: string | null
}

export interface LoggedDeviation {
  readonly id: LogEntryId
  readonly number: string
  readonly date: string
  readonly text: string
  readonly kind: string
  readonly class: string
  /** Day of the report to the ethics committee; null: not reported. */
  readonly reported: string | null
}

export interface DeviationLog {
  readonly locked: boolean
  /** Latest first, one page of them. */
  readonly entries: readonly LoggedDeviation[]
  readonly total: number
  readonly page: number
  readonly pages: number
  readonly offers: readonly DeviationOffer[]
}

const PAGE_SIZE = 100

/** The deviations of a study, at the person's sites, and those that the schedule shows and nobody has logged. */
export function readDeviations(
  ctx: Ctx,
  query: DeviationQuery & { readonly study: string },
): Result<DeviationLog, AppError> {
  const opened = openStudy(ctx, query.study, 'readParticipants')
  if (!opened.ok) return opened
  const { study, protocol, sites } = opened.value
  const locked = study.lockedAt !== null
  const all = listStudyLogEntries(ctx.db, { studyId: study.id, sites }, 'deviations')
  const fitting = all
    .filter(({ answers }) => fits(answers, query))
    .toSorted((a, b) => compareText(dateOf(b.answers), dateOf(a.answers)) || b.id - a.id)
  const pages = Math.max(1, Math.ceil(fitting.length / PAGE_SIZE))
  const page = Math.min(query.page, pages)
  const logged = groupRows(all, ({ participantId }) => participantId)
  const strays = groupRows(
    listStrays(ctx, protocol, { studyId: study.id, sites }),
    ({ participantId }) => participantId,
  )
  const mayEnterAt = new Map<SiteId, boolean>()
  const offers = [...strays].flatMap(([id, own]) => {
    const [row] = own
    if (!row) return []
    const { siteId } = row
    const may = mayEnterAt.get(siteId) ?? authorise(ctx, 'enterLog', { studyId: study.id, siteId }).ok
    mayEnterAt.set(siteId, may)
    const today = calendarDateIn(row.timeZone, ctx.now)
    const entries = (logged.get(id) ?? []).map(readAnswers)
    return offerDeviations(protocol, own, entries, today).map(offer => tellOffer(own, offer, !locked && may))
  })
  const entries = fitting.slice((page - 1) * PAGE_SIZE, page * PAGE_SIZE).map(({ id, number, answers }) => ({
    id,
    number,
    date: formatOrEmpty(textOf(answers, 'DATE')),
    text: textOf(answers, 'DESCRIPTION') ?? deviations.describe(answers, protocol),
    kind: labelOf(DEVIATION_KINDS, textOf(answers, 'KIND')),
    class: labelOf(DEVIATION_CLASSES, textOf(answers, 'CLASS')),
    reported: boolOf(answers, 'REPORTED') ? formatOrEmpty(textOf(answers, 'REPORTED_ON')) : null,
  }))
  return ok({ locked, entries, total: fitting.length, page, pages, offers })
}

/** What the schedule of one participant shows and nobody has logged. */
export function readDeviationOffers(
  ctx: Ctx,
  place: { readonly study: string; readonly number: string },
): Result<readonly DeviationOffer[], AppError> {
  const opened = openParticipant(ctx, place.study, place.number, 'readParticipants')
  if (!opened.ok) return opened
  const { study, participant, protocol, sites, today } = opened.value
  const strays = listStrays(ctx, protocol, { studyId: study.id, sites, participantId: participant.id })
  const logged = listLogEntries(ctx.db, participant.id, 'deviations').map(readAnswers)
  const mayEnter = study.lockedAt === null && openParticipant(ctx, place.study, place.number, 'enterLog').ok
  return ok(offerDeviations(protocol, strays, logged, today).map(offer => tellOffer(strays, offer, mayEnter)))
}

type Stray = StrayVisitRow & StrayVisit

/** Stray visits and, as one each, visits with stray forms: by site, number and order of the protocol. */
function listStrays(ctx: Ctx, protocol: Protocol, scope: Parameters<typeof listStrayVisits>[1]): Stray[] {
  const strays: Stray[] = listStrayVisits(ctx.db, scope)
  const visits = groupRows(listStrayForms(ctx.db, scope), row => `${row.participantId} ${row.visit}`)
  for (const rows of visits.values()) {
    const forms = rows.flatMap(({ form, date }) => {
      const definition = findFormDefinition(protocol, form)
      return date === null ? [] : [{ name: definition ? formatShortFormName(definition) : form, date }]
    })
    const [row] = rows
    if (row) strays.push({ ...row, forms })
  }
  return strays.toSorted(
    (a, b) => compareText(a.site, b.site) || compareText(a.number, b.number) || a.position - b.position,
  )
}

const readAnswers = ({ answers }: { readonly answers: Answers }) => answers

function tellOffer(
  own: readonly StrayVisitRow[],
  offer: OfferedDeviation,
  mayEnter: boolean,
): DeviationOffer {
  const { kind, visit, date, description } = offer
  const preset = { KIND: kind, VISIT: visit, DATE: formatOrEmpty(date), DESCRIPTION: description }
  const query = mayEnter ? String(new URLSearchParams(preset)) : null
  return { number: own[0]?.number ?? '', text: description, query }
}

function fits(answers: Answers, query: DeviationQuery): boolean {
  const reported = boolOf(answers, 'REPORTED') ? 'yes' : 'no'
  return (
    (query.kind === undefined || textOf(answers, 'KIND') === query.kind) &&
    (query.class === undefined || textOf(answers, 'CLASS') === query.class) &&
    (query.reported === undefined || query.reported === reported)
  )
}

const dateOf = (answers: Answers) => textOf(answers, 'DATE') ?? ''

function formatOrEmpty(date: string | null): string {
  return date === null ? '' : formatDay(date as CalendarDate)
}

function labelOf(
  list: readonly { readonly code: string; readonly label: string }[],
  code: string | null,
): string {
  return list.find(one => one.code === code)?.label ?? code ?? ''
}
