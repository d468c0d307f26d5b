import { listBookings } from '@/db/queries/appointments'
import { findLocker, listRecordHistory, type RecordedChange } from '@/db/queries/assessment-history'
import { type AssessmentRow, listParticipantAssessments } from '@/db/queries/assessments'
import { listMedications } from '@/db/queries/medications'
import { findVisit, listVisits } from '@/db/queries/visits'
import { formatConfirmation, isConfirmed } from '@/lib/domain/checks/confirmation'
import { deriveAwaitedDose } from '@/lib/domain/checks/soft-undosed'
import { deriveNeighbours } from '@/lib/domain/checks/soft-visit-order'
import { findFormDefinition } from '@/lib/domain/instruments/form-definition'
import { listAskedForms } from '@/lib/domain/protocol/asked-forms'
import { nameDose } from '@/lib/domain/protocol/dose-name'
import { deriveEnteredForms } from '@/lib/domain/protocol/entered-forms'
import { capAt } from '@/lib/domain/protocol/follow-up'
import { isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'
import { deriveVisitState } from '@/lib/domain/protocol/visit-state'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError } from '@/lib/domain/shared/errors'
import { ok, type Result } from '@/lib/domain/shared/result'
import { formatDateOrEmpty } from '@/lib/format/answers'
import { formatInstant } from '@/lib/format/dates'
import { formatMissedVisit } from '@/lib/format/reasons'
import { type FormPlace, formatFormKey, parseFormKey } from '@/lib/schemas/form-key'
import type { FormView, OwnSettings, VisitView } from '@/lib/schemas/visit-view'
import { NOT_RECORDED } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { type HiddenForm, listHiddenForms } from './double-entry-forms'
import { findStored } from './entry-forms'
import { listVisitsLackingEvent } from './event-contacts'
import { describeAddable, listPlaces, mayStandAt } from './form-places'
import { findLastAnswers, listLastPlaces } from './last-answers'
import { authorise } from './policy'
import { nameBefore } from './visit-conflict'
import { openVisitEntry, type VisitAddress, type VisitEntry } from './visit-entry'
import { describeDateHistory, describeHistory } from './visit-history'
import { readTrends } from './visit-trends'

/** All that the page of one visit shows. `more`: key of a form that is added, empty. */
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
  const hidden = listHiddenForms(ctx, entry)
  const seen = withoutHidden(all, hidden)
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
  const added = input.more === undefined ? null : (parseFormKey(input.more) ?? null)
  const here = hidden.filter(form => form.visit === plan.code)
  const isSeen = ({ key }: FormView) => here.every(form => form.key !== key)
  const live = listBookings(ctx.db, [participant.id]).get(participant.id)?.get(plan.code) ?? null
  const booking = visit?.visitDate ? null : live
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
    booking,
    followUpEnd: participant.followUpEnd,
    mayBook: mayBook(ctx, entry),
    lacksEvent: listVisitsLackingEvent(ctx.db, participant).includes(plan.code),
    page,
    today,
    awaitsDose: deriveAwaitedDose(protocol, plan, entry.doses.length, participant.plannedDayZero),
    standing: deriveVisitState(
      {
        scheduled: { ...scheduled, visit: plan },
        expected,
        ...deriveEnteredForms(protocol, stored),
        declaredMissed: visit?.missedReason != null,
        bookedFor: booking?.date ?? null,
        consentedOn: participant.consentDate,
        awaitsDayZero: participant.origin === 'entered' && !isUnscheduledCode(plan.code),
        followUpEnd: capAt(participant.followUpEnd, today),
      },
      today,
    ),
    mayMend:
      authorise(ctx, 'mendRecord', { studyId: study.id, siteId: participant.siteId }).ok &&
      study.lockedAt === null,
    mayEnter: may.ok && study.lockedAt === null && participant.outcome === 'enrolled',
    settings: protocol.settings,
    plans: protocol.forms.filter(form => expected.includes(form.code)),
    forms: expected.flatMap(code => viewForms(entry, code, seen, page, history, added)).filter(isSeen),
    hidden: here.map(({ name }) => name),
    addable: expected.flatMap(code => {
      const form = findFormDefinition(protocol, code)
      return (form && describeAddable(entry, form)) ?? []
    }),
    neighbours: deriveNeighbours(
      protocol.visits,
      listVisits(ctx.db, participant.id).map(({ code, visitDate }) => ({ code, date: visitDate })),
      plan.code,
    ),
    checks: protocol.checks ?? [],
    medication: listMedications(ctx.db, participant.id),
    trends: readTrends(ctx, entry, expected),
  })
}

/** Whether an appointment may be made now: enrolled, in follow-up, not locked, and the person enters logs here. */
function mayBook(ctx: Ctx, { study, participant }: VisitEntry): boolean {
  const isOpen = study.lockedAt === null && participant.outcome === 'enrolled'
  if (!isOpen || participant.followUpEnd !== null) return false
  return authorise(ctx, 'enterLog', { studyId: study.id, siteId: participant.siteId }).ok
}

type Stored = ReturnType<typeof listParticipantAssessments>

/** Forms that this person has yet to enter again keep their place, and nothing of what was answered. */
function withoutHidden(all: Stored, hidden: readonly HiddenForm[]): Stored {
  const ids = new Set(hidden.map(({ id }) => id))
  return all.map(row =>
    ids.has(row.assessment.id)
      ? { ...row, assessment: { ...row.assessment, answers: {}, notDoneReason: null, confirmations: {} } }
      : row,
  )
}

function viewForms(
  entry: VisitEntry,
  code: string,
  all: Stored,
  page: VisitView['page'],
  history: readonly RecordedChange[],
  added: FormPlace | null,
): FormView[] {
  const form = findFormDefinition(entry.protocol, code)
  if (!form) return []
  const here = all.filter(row => row.visit === entry.plan.code).map(row => row.assessment)
  const stored = here.filter(row => row.form === code)
  const places = listPlaces(entry, form, stored, listLastPlaces(entry, code, all)).map(at => ({
    code,
    ...at,
  }))
  const more = added?.code === code ? nextOf(places, added) : null
  const isNew = more && mayStandAt(entry, form, more)
  return [...places, ...(isNew ? [more] : [])].map(place => {
    const row = findStored(here, place)
    return {
      key: formatFormKey(place),
      ...place,
      version: row?.rowVersion ?? null,
      answers: row?.answers ?? {},
      own: ownSettings(row, page, entry),
      confirmed: Object.fromEntries(
        Object.entries(row?.confirmations ?? {}).flatMap(([key, how]) =>
          isConfirmed(how) ? [[key, formatConfirmation(how)]] : [],
        ),
      ),
      last: findLastAnswers(entry, place, all),
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

/** Of its place the first that is not there yet. */
function nextOf(places: readonly FormPlace[], { code, location, laterality }: FormPlace): FormPlace {
  const taken = places.filter(place => place.location === location && place.laterality === laterality)
  return { code, location, laterality, repeat: Math.max(0, ...taken.map(place => place.repeat)) + 1 }
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

function lockOf(ctx: Ctx, study: VisitEntry['study']): VisitView['study']['lock'] {
  if (study.lockedAt === null) return null
  const by = findLocker(ctx.db, study.id) ?? 'Somebody'
  return { by, at: formatInstant(study.lockedAt), reason: study.lockReason ?? '' }
}
