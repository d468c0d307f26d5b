import { listFirstDoses, listStudyReports } from '@/db/queries/event-reports'
import { listStudyLogEntries } from '@/db/queries/logs'
import { listSites } from '@/db/queries/studies'
import { awaitsJudgement, isSerious } from '@/lib/domain/events/event-facts'
import { deriveReportClock, type ReportClock } from '@/lib/domain/events/report-clock'
import { deriveTreatmentEmergence } from '@/lib/domain/events/treatment-emergent'
import { ADVERSE_EVENT_FIELDS } from '@/lib/domain/logs/adverse-event-fields'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatTextValue } from '@/lib/format/answers'
import type { ListedEvent, Safety, SafetyListInput } from '@/lib/schemas/event-reports'
import type { Ctx } from './context'
import { type OpenStudy, openStudy } from './studies'

const PAGE_SIZE = 50

/** Every adverse event of the sites that the person may see, the most pressing first. It tells no arm and no dose. */
export function readSafety(ctx: Ctx, code: string, query: SafetyListInput): Result<Safety, AppError> {
  const opened = openStudy(ctx, code, 'readParticipants')
  if (!opened.ok) return opened
  const { study, sites: mine } = opened.value
  const sites = listSites(ctx.db, study.id, mine)
  if (query.site !== '' && !sites.some(site => site.code === query.site))
    return err({ code: 'notFound', what: 'The site' })
  const all = listEvents(ctx, opened.value)
  const found = all.filter(event => fits(event, query)).toSorted(comparePressing)
  const from = (query.page - 1) * PAGE_SIZE
  const count = (test: (event: ListedEvent) => boolean) => all.filter(test).length
  return ok({
    study: { code: study.code, synthetic: study.synthetic, locked: study.lockedAt !== null },
    sites: sites.map(site => ({ code: site.code, name: site.name })),
    events: found.slice(from, from + PAGE_SIZE),
    found: found.length,
    total: all.length,
    pageSize: PAGE_SIZE,
    counts: {
      serious: count(event => event.isSerious),
      open: count(isOpen),
      late: count(event => isOpen(event) && event.clock?.late === true),
      toJudge: count(event => event.awaitsJudgement),
    },
  })
}

function listEvents(ctx: Ctx, { study, sites }: OpenStudy): ListedEvent[] {
  const scope = { studyId: study.id, sites }
  const procedures = readFirstProcedures(ctx, scope)
  const clocks = new Map<number, ReportClock>()
  for (const row of listStudyReports(ctx.db, scope)) {
    const clock = deriveReportClock(row.awareAt, row.reportedAt, ctx.now)
    const other = clocks.get(row.entryId)
    if (!other || pressureOf(clock) > pressureOf(other)) clocks.set(row.entryId, clock)
  }
  return listStudyLogEntries(ctx.db, scope, 'adverseEvents').map(
    ({ id, participantId, number, site, answers }) => {
      const label = (field: string) => labelOf(field, textOf(answers, field))
      const began = textOf(answers, 'AESTDAT')
      return {
        id,
        number,
        site,
        term: textOf(answers, 'AETERM') ?? '',
        category: label('AECAT'),
        began: began === null ? '' : formatTextValue('partialDate', began),
        outcome: label('AEOUT'),
        grade: textOf(answers, 'AETOXGR') ?? '',
        isSerious: isSerious(answers),
        isTreatmentEmergent: deriveTreatmentEmergence(began, procedures.get(participantId) ?? null),
        awaitsJudgement: awaitsJudgement(answers),
        relation: { procedure: label('AERELPR'), product: label('AERELPD') },
        expectedness: label('AEEXP'),
        clock: clocks.get(id) ?? null,
      }
    },
  )
}

/** By participant; those without a procedure are left out. */
function readFirstProcedures(
  ctx: Ctx,
  scope: Pick<OpenStudy, 'sites'> & { readonly studyId: OpenStudy['study']['id'] },
): ReadonlyMap<ParticipantId, CalendarDate> {
  const doses = listFirstDoses(ctx.db, scope)
  const harvests = listStudyLogEntries(ctx.db, scope, 'harvests').map(({ participantId, answers }) => ({
    participantId,
    day: textOf(answers, 'HARVEST_DATE') as CalendarDate | null,
  }))
  const first = new Map<ParticipantId, CalendarDate>()
  for (const { participantId, day } of [...doses, ...harvests]) {
    const other = first.get(participantId)
    if (day !== null && (other === undefined || day < other)) first.set(participantId, day)
  }
  return first
}

function fits(event: ListedEvent, query: SafetyListInput): boolean {
  return (
    (query.site === '' || event.site === query.site) &&
    (query.grade === null || event.grade === query.grade) &&
    (!query.serious || event.isSerious) &&
    (!query.open || isOpen(event)) &&
    (!query.judge || event.awaitsJudgement)
  )
}

function isOpen({ clock }: ListedEvent): boolean {
  return clock?.state === 'running'
}

/** Running clocks before those that stopped, the later the more; then serious events before others. */
function comparePressing(a: ListedEvent, b: ListedEvent): number {
  const pressure = (event: ListedEvent) => (event.clock ? pressureOf(event.clock) : -1e9)
  return pressure(b) - pressure(a) || Number(b.isSerious) - Number(a.isSerious) || b.id - a.id
}

/** Hours past the limit, negative before it; far below that where it was reported. */
function pressureOf(clock: ReportClock): number {
  if (clock.state === 'reported') return -1e8
  return clock.late ? clock.hoursLate : -clock.hoursLeft
}

function labelOf(field: string, code: string | null): string {
  const choices = ADVERSE_EVENT_FIELDS.find(one => one.code === field)?.choices
  return choices?.find(choice => choice.code === code)?.label ?? ''
}
