import { findLocker, listRecordHistory, type RecordedChange } from '@/db/queries/assessment-history'
import { type AssessmentRow, listParticipantAssessments } from '@/db/queries/assessments'
import { findVisit } from '@/db/queries/visits'
import { findFormDefinition } from '@/lib/domain/instruments/form-definition'
import { findInstrument } from '@/lib/domain/instruments/registry'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import { nameDose } from '@/lib/domain/protocol/dose-name'
import { deriveEnteredForms } from '@/lib/domain/protocol/entered-forms'
import { isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'
import { deriveVisitState } from '@/lib/domain/protocol/visit-state'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import { formatDateOrEmpty } from '@/lib/format/answers'
import { formatInstant } from '@/lib/format/dates'
import { formatMissedVisit } from '@/lib/format/reasons'
import type { FormView, OwnSettings, VisitView } from '@/lib/schemas/visit-view'
import { NOT_RECORDED } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { findStored, formatFormKey, mayRepeat } from './entry-forms'
import { authorise } from './policy'
import { nameBefore } from './visit-conflict'
import { openVisitEntry, type VisitAddress, type VisitEntry } from './visit-entry'
import { describeDateHistory, describeHistory } from './visit-history'
import { readTrends } from './visit-trends'

/** All that the page of one visit shows. `more`: code of a repeating form to which an empty one is added. */
export function readVisit(
  ctx: Ctx,
  input: VisitAddress & { readonly more?: string | undefined },
): Result<VisitView, AppError> {
  const opened = openVisitEntry(ctx, input, 'readParticipants')
  if (!opened.ok) return opened
  const entry = opened.value
  const { study, participant, plan, scheduled, protocol, today } = entry
  const visit = findVisit(ctx.db, participant.id, plan.code)
  const all = listParticipantAssessments(ctx.db, participant.id)
  const stored = all.filter(row => row.visit === plan.code).map(row => row.assessment)
  const expected = listAskedForms(plan)
  const may = authorise(ctx, 'enterVisit', { studyId: study.id, siteId: participant.siteId })
  const history = listRecordHistory(
    ctx.db,
    'assessments',
    stored.map(row => row.id),
  )
  const given = entry.doses.map(dose => dose.treatment)
  const page = pageSettings(entry, visit?.visitDate ?? null, stored)
  return ok({
    study: { code: study.code, synthetic: study.synthetic, lock: lockOf(ctx, study) },
    participant: {
      number: participant.number,
      site: participant.site,
      siteName: participant.siteName,
      level: participant.level,
      doses: entry.doses.map(({ treatment, date }) => ({
        name: nameDose(protocol, entry.view, treatment, given),
        date,
      })),
    },
    visit: {
      code: plan.code,
      name: plan.name,
      position: entry.schedule.indexOf(scheduled) + 1,
      count: entry.schedule.length,
      cause: entry.cause ?? null,
      version: visit?.rowVersion ?? null,
      missed: visit?.missedReason ? formatMissedVisit(visit.missedReason, visit.missedNote) : null,
      target: scheduled.target,
      windowStart: scheduled.windowStart,
      windowEnd: scheduled.windowEnd,
      history: describeDateHistory(listRecordHistory(ctx.db, 'visits', visit ? [visit.id] : [])),
    },
    page,
    today,
    standing: deriveVisitState(
      {
        scheduled: { ...scheduled, visit: plan },
        expected,
        ...deriveEnteredForms(protocol, stored),
        declaredMissed: visit?.missedReason != null,
        bookedFor: null,
        consentedOn: participant.consentDate,
        awaitsDayZero: participant.origin === 'entered' && !isUnscheduledCode(plan.code),
        followUpEnd: null,
      },
      today,
    ),
    mayEnter: may.ok && study.lockedAt === null && participant.outcome === 'enrolled',
    settings: protocol.settings,
    plans: protocol.forms.filter(form => expected.includes(form.code)),
    forms: expected.flatMap(code => viewForms(entry, code, all, page, history, input.more)),
    notEntered: plan.instruments.flatMap(code => {
      const instrument = findInstrument(code)
      return instrument && !instrument.entered ? [instrument.name] : []
    }),
    repeatable: protocol.forms
      .filter(form => form.repeating && expected.includes(form.code))
      .map(form => form.code),
    trends: readTrends(ctx, entry, expected),
  })
}

type Stored = ReturnType<typeof listParticipantAssessments>

function viewForms(
  entry: VisitEntry,
  code: string,
  all: Stored,
  page: VisitView['page'],
  history: readonly RecordedChange[],
  more: string | undefined,
): FormView[] {
  const form = findFormDefinition(entry.protocol, code)
  if (!form) return []
  const here = all.filter(row => row.visit === entry.plan.code).map(row => row.assessment)
  const repeats = here.filter(row => row.form === code && row.repeat > 1).map(row => row.repeat)
  const added = more === code && mayRepeat(form) ? [Math.max(1, ...repeats) + 1] : []
  return [...new Set([1, ...repeats, ...added])].map(repeat => {
    const row = findStored(here, code, repeat)
    return {
      key: formatFormKey({ code, repeat }),
      code,
      repeat,
      version: row?.rowVersion ?? null,
      answers: row?.answers ?? {},
      own: ownSettings(row, page, entry),
      confirmedKeys: Object.entries(row?.confirmations ?? {}).flatMap(([key, how]) =>
        how === 'asMarked' ? key : [],
      ),
      last: findLast(entry, code, all),
      history: row
        ? describeHistory(
            form,
            entry.protocol.settings,
            history.filter(one => one.entityId === row.id),
          )
        : {},
    }
  })
}

/** The page's settings are those of the visit and of its first form; a form that differs says so itself. */
function pageSettings(
  entry: VisitEntry,
  date: CalendarDate | null,
  stored: readonly AssessmentRow[],
): VisitView['page'] {
  const first = stored.find(row => row.assessmentDate === date) ?? stored[0]
  // While one form of the day has no answer, the page has none: it would stand for that form, too.
  const isUnsaid = stored.some(
    row => row.assessmentDate === first?.assessmentDate && row.beforeTreatment === null && !row.notDoneReason,
  )
  return {
    date: formatDateOrEmpty(date),
    mode: first?.mode ?? '',
    source: first?.source ?? '',
    before: first && !isUnsaid ? formatBefore(first, entry) : '',
  }
}

/** Outside of a dosing day the control is not on the page. */
function formatBefore(row: AssessmentRow, entry: VisitEntry): string {
  return entry.doses.some(dose => dose.date === row.assessmentDate) ? nameBefore(row.beforeTreatment) : ''
}

function ownSettings(
  row: AssessmentRow | undefined,
  page: VisitView['page'],
  entry: VisitEntry,
): OwnSettings {
  if (!row) return { date: '', mode: '', source: '', before: '', notDone: '' }
  const differs = (value: string, shared: string) => (value === shared ? '' : value)
  // Blank means as the visit, so that what nobody recorded has a word of its own.
  const named = (value: string | null, shared: string) =>
    value ? differs(value, shared) : shared && NOT_RECORDED
  const date = differs(formatDateOrEmpty(row.assessmentDate), page.date)
  const before = formatBefore(row, entry)
  return {
    date,
    mode: named(row.mode, page.mode),
    source: named(row.source, page.source),
    before: date === '' ? differs(before, page.before) : before,
    notDone: row.notDoneReason ?? '',
  }
}

function findLast(entry: VisitEntry, code: string, all: Stored): FormView['last'] {
  const position = (visit: string) => entry.protocol.visits.findIndex(plan => plan.code === visit)
  const here = position(entry.plan.code)
  // An unscheduled visit has no place in the protocol: before it is what was dated before it.
  const now =
    here === -1
      ? (all.find(row => row.visit === entry.plan.code)?.assessment.assessmentDate ?? entry.today)
      : null
  const isEarlier = (visit: string, date: CalendarDate | null) =>
    position(visit) >= 0 && (now === null ? position(visit) < here : date !== null && date < now)
  const earlier = all
    .filter(
      ({ visit, assessment }) => assessment.form === code && isEarlier(visit, assessment.assessmentDate),
    )
    .filter(({ assessment }) => Object.keys(assessment.answers).length > 0)
    .toSorted((a, b) => position(a.visit) - position(b.visit))
    .at(-1)
  if (!earlier) return null
  const name = entry.protocol.visits[position(earlier.visit)]?.name ?? earlier.visit
  return { visitName: name, answers: earlier.assessment.answers }
}

function lockOf(ctx: Ctx, study: VisitEntry['study']): VisitView['study']['lock'] {
  if (study.lockedAt === null) return null
  const by = findLocker(ctx.db, study.id) ?? 'Somebody'
  return { by, at: formatInstant(study.lockedAt), reason: study.lockReason ?? '' }
}
