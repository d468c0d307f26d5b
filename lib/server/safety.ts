import { listEventReports } from '@/db/queries/event-reports'
import { countEvents, listEvents } from '@/db/queries/safety'
import { listSites } from '@/db/queries/studies'
import { awaitsJudgement, isSerious } from '@/lib/domain/events/event-facts'
import { deriveReportClock, type ReportClock } from '@/lib/domain/events/report-clock'
import { deriveTreatmentEmergence } from '@/lib/domain/events/treatment-emergent'
import { ADVERSE_EVENT_FIELDS } from '@/lib/domain/logs/adverse-event-fields'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { AppError } from '@/lib/domain/shared/errors'
import type { LogEntryId } from '@/lib/domain/shared/ids'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatTextValue } from '@/lib/format/answers'
import type { ListedEvent, Safety, SafetyListInput } from '@/lib/schemas/event-reports'
import { listRunningClocks } from './adverse-events'
import type { Ctx } from './context'
import { readFirstProcedure } from './log-facts'
import { openStudy } from './studies'

const PAGE_SIZE = 50

/**
 * Every adverse event of the sites that the person may see, the most pressing first. It tells no arm and no dose. Clocks
 * are those of the worklist, so that both count the same: of who asked for no further use the clock alone.
 */
export function readSafety(ctx: Ctx, code: string, query: SafetyListInput): Result<Safety, AppError> {
  const opened = openStudy(ctx, code, 'readParticipants')
  if (!opened.ok) return opened
  const { study, sites: mine } = opened.value
  const sites = listSites(ctx.db, study.id, mine)
  if (query.site !== '' && !sites.some(site => site.code === query.site))
    return err({ code: 'notFound', what: 'The site' })
  const scope = { studyId: study.id, sites: mine }
  const filter = { ...query, site: query.site === '' ? null : query.site }
  const { total, found, serious, toJudge } = countEvents(ctx.db, scope, filter)
  const window = { limit: PAGE_SIZE, offset: (query.page - 1) * PAGE_SIZE }
  const running = listRunningClocks(ctx, opened.value)
  return ok({
    study: { code: study.code, synthetic: study.synthetic, locked: study.lockedAt !== null },
    sites: sites.map(site => ({ code: site.code, name: site.name })),
    events: viewEvents(ctx, listEvents(ctx.db, scope, filter, window)),
    found,
    total,
    pageSize: PAGE_SIZE,
    counts: {
      serious,
      open: running.length,
      late: running.filter(({ clock }) => clock.late).length,
      unlisted: running.filter(({ restricted }) => restricted).length,
      toJudge,
    },
  })
}

function viewEvents(ctx: Ctx, rows: ReturnType<typeof listEvents>): ListedEvent[] {
  const clocks = readClocks(
    ctx,
    rows.map(({ id }) => id),
  )
  return rows.map(({ id, participantId, number, site, answers }) => {
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
      isTreatmentEmergent: deriveTreatmentEmergence(began, readFirstProcedure(ctx.db, participantId)),
      awaitsJudgement: awaitsJudgement(answers),
      relation: { procedure: label('AERELPR'), product: label('AERELPD') },
      expectedness: label('AEEXP'),
      clock: clocks.get(id) ?? null,
    }
  })
}

/** Of each event the clock that presses most: one that runs before one that stopped, the longest running first. */
function readClocks(ctx: Ctx, ids: readonly LogEntryId[]): ReadonlyMap<LogEntryId, ReportClock> {
  const reports = listEventReports(ctx.db, ids)
    .filter(({ kind }) => kind !== 'note')
    .toSorted(
      (a, b) =>
        Number(b.reportedAt === null) - Number(a.reportedAt === null) || (a.awareAt < b.awareAt ? -1 : 1),
    )
  const clocks = new Map<LogEntryId, ReportClock>()
  for (const { entryId, awareAt, reportedAt } of reports)
    if (!clocks.has(entryId)) clocks.set(entryId, deriveReportClock(awareAt, reportedAt, ctx.now))
  return clocks
}

function labelOf(field: string, code: string | null): string {
  const choices = ADVERSE_EVENT_FIELDS.find(one => one.code === field)?.choices
  return choices?.find(choice => choice.code === code)?.label ?? ''
}
