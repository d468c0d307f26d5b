import { listBookings } from '@/db/queries/appointments'
import { listParticipantPage, listStatuses } from '@/db/queries/participant-list'
import { listScores } from '@/db/queries/participant-scores'
import { listParticipantsByIds, type ParticipantRow } from '@/db/queries/participants'
import { listScheduleWithEntries } from '@/db/queries/schedule'
import { listSites } from '@/db/queries/studies'
import { listTreatments } from '@/db/queries/treatments'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import { rankMainParameters } from '@/lib/domain/outcomes/main-parameters'
import { deriveScaleDomain } from '@/lib/domain/outcomes/scale-domain'
import { computeNominalDays } from '@/lib/domain/protocol/nominal-time'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { groupRows } from '@/lib/domain/shared/group-rows'
import { ok, type Result } from '@/lib/domain/shared/result'
import type { ListedParameter, ListedParticipant, ListedVisit } from '@/lib/schemas/listed-participant'
import type { ParticipantListInput } from '@/lib/schemas/participants'
import type { Ctx } from './context'
import { readDayZero } from './day-zero'
import { listHiddenForms } from './double-entry-forms'
import { deriveTrend } from './participant-trends'
import { mayEver } from './policy'
import { openStudy } from './studies'
import { findOutstandingVisit, type PlacedVisit, placeVisits } from './visit-standings'

export const PAGE_SIZE = 50

export interface ParticipantPage {
  readonly study: {
    readonly code: string
    readonly title: string
    readonly synthetic: boolean
    readonly locked: boolean
  }
  readonly rows: readonly ListedParticipant[]
  readonly total: number
  readonly pageSize: number
  readonly sites: readonly { readonly code: string; readonly name: string }[]
  /** The parameter of the value columns: the main one of the study. */
  readonly parameter: ListedParameter | null
  readonly hasTreatments: boolean
  readonly mayRegister: boolean
}

/** One page of the participants whom this person may see. A number of queries that does not grow with the study. */
export function listParticipants(
  ctx: Ctx,
  code: string,
  query: ParticipantListInput,
): Result<ParticipantPage, AppError> {
  const opened = openStudy(ctx, code, 'readParticipants')
  if (!opened.ok) return opened
  const { study, protocol, sites: allowed } = opened.value
  const sites = listSites(ctx.db, study.id, allowed)
  const today = new Map(sites.map(site => [site.id, calendarDateIn(site.timeZone, ctx.now)]))
  const scope = { studyId: study.id, sites: allowed, today }
  // A site that is not the person's filters to nothing, as an unknown one does.
  const site = query.site === '' ? null : sites.find(candidate => candidate.code === query.site)
  const filter = { search: query.q, siteId: site?.id ?? null, status: query.status, overdue: query.overdue }
  const order = {
    sort: query.sort,
    descending: query.dir === 'desc',
    limit: PAGE_SIZE,
    offset: (query.page - 1) * PAGE_SIZE,
  }
  const { ids, total } =
    site === undefined ? { ids: [], total: 0 } : listParticipantPage(ctx.db, scope, filter, order)

  const [parameter] = rankMainParameters(protocol)
  const statuses = listStatuses(ctx.db, ids)
  const bookings = listBookings(ctx.db, ids)
  const entries = groupRows(listScheduleWithEntries(ctx.db, ids), row => row.participantId)
  const doses = groupRows(listTreatments(ctx.db, ids), row => row.participantId)
  const scores = groupRows(listScores(ctx.db, ids, parameter ? [parameter.code] : []), row => row.participant)
  const rows = listParticipantsByIds(ctx.db, ids).map(person => {
    const day = today.get(person.siteId) ?? calendarDateIn(person.timeZone, ctx.now)
    // Who asked for no further use is a number with that word, and nothing else.
    const own = <Row>(rows: readonly Row[] | undefined) => (person.restricted ? [] : (rows ?? []))
    const booked = bookings.get(person.id)
    const visits = placeVisits(protocol, person, own(entries.get(person.id)), day, booked)
    const given = own(doses.get(person.id))
    const hidden = new Set(listHiddenForms(ctx, { study, participant: person, protocol }).map(({ id }) => id))
    const seen = own(scores.get(person.id)).filter(row => !hidden.has(row.assessment))
    const dayZero = readDayZero(ctx.db, person, protocol)
    const real = dayZero && !dayZero.planned ? dayZero.date : null
    const trend = parameter && deriveTrend(protocol, parameter, seen, given, real)
    return {
      ...summarise(person.restricted ? { ...person, plannedDayZero: null } : person, visits, given),
      status: statuses.get(person.id) ?? 'screening',
      baseline: trend?.baseline ?? null,
      latest: trend?.latest ?? null,
      improvement: trend?.improvement ?? null,
      points: (trend?.points ?? []).map(({ visit, value }) => ({ day: nominalDay(protocol, visit), value })),
    }
  })
  return ok({
    study: {
      code: study.code,
      title: study.title,
      synthetic: study.synthetic,
      locked: study.lockedAt !== null,
    },
    rows,
    total,
    pageSize: PAGE_SIZE,
    sites: sites.map(({ code, name }) => ({ code, name })),
    parameter: parameter ? listParameter(parameter, rows) : null,
    hasTreatments: protocol.treatments.length > 0,
    mayRegister: study.lockedAt === null && mayEver(ctx, 'registerParticipant', study.id),
  })
}

function listParameter(parameter: Parameter, rows: readonly ListedParticipant[]): ListedParameter {
  const { label, kind, decimals } = parameter
  const values = rows.flatMap(({ points }) => points.map(({ value }) => value))
  return {
    ...{ label, kind, range: deriveScaleDomain(parameter, values) },
    ...(decimals === undefined ? {} : { decimals }),
  }
}

function summarise(
  person: ParticipantRow,
  visits: readonly PlacedVisit[],
  given: readonly { readonly givenOn: CalendarDate }[],
) {
  const next = findOutstandingVisit(visits)
  const first = given[0]?.givenOn
  const dayZero = first
    ? { date: first, planned: false }
    : person.outcome === 'enrolled' && person.plannedDayZero
      ? { date: person.plannedDayZero, planned: true }
      : null
  return {
    number: person.number,
    site: person.site,
    dayZero,
    doses: given.length,
    visits: visits.filter(({ standing }) => standing.state !== 'none').map(listVisit),
    next: next ? listVisit(next) : null,
    overdue: visits.filter(({ standing }) => standing.state === 'overdue').length,
  }
}

function listVisit({ plan, scheduled, standing, inWindow }: PlacedVisit): ListedVisit {
  const { target, windowEnd } = scheduled
  return {
    code: plan.code,
    name: plan.name,
    state: standing.state,
    inWindow,
    target,
    windowEnd,
    isPast: standing.daysPast !== null,
    isToday: standing.isToday,
    day: computeNominalDays(plan.target),
  }
}

function nominalDay(protocol: Protocol, code: string): number {
  const plan = protocol.visits.find(visit => visit.code === code)
  return plan ? computeNominalDays(plan.target) : 0
}
