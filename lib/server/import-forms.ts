import { storeForm } from '@/db/commands/imports'
import type { AssessmentRow } from '@/db/queries/assessments'
import { formatCanonicalJson, type JsonValue } from '@/lib/domain/audit/canonical-json'
import { checkAnswers } from '@/lib/domain/checks/hard'
import { checkSoft, listUnconfirmed } from '@/lib/domain/checks/soft'
import { askAboutDosingDay } from '@/lib/domain/checks/soft-dosing-day'
import { deriveAwaitedDose } from '@/lib/domain/checks/soft-undosed'
import { deriveEntryKind } from '@/lib/domain/checks/total'
import type { PlannedForm } from '@/lib/domain/imports/import-plan'
import { deriveScores } from '@/lib/domain/instruments/derive-scores'
import { findFormDefinition, listDateFields } from '@/lib/domain/instruments/form-definition'
import type { Answer, Answers } from '@/lib/domain/instruments/instrument'
import { findInstrument } from '@/lib/domain/instruments/registry'
import { type CalendarDate, calendarDateIn } from '@/lib/domain/shared/calendar-date'
import { type FormPlace, isFirst } from './import-place'
import { idIn, weighValue } from './import-run'
import { readImportSurroundings } from './import-surroundings'

/** Plans one form of one visit: merged with what is stored, checked, asked about and scored. */
export function importForm(place: FormPlace, planned: PlannedForm): void {
  const { run, person, visit } = place
  const { open } = run
  const { settings } = open.protocol
  const { form } = planned
  const stored = visit.stored?.forms.find(row => row.form === form && isFirst(row))
  visit.forms.set(form, stored ?? { answers: {}, notDoneReason: null })
  const answers = mergeAnswers(place, planned, stored)
  if (!answers) return
  const notDone = stored?.notDoneReason ?? null
  if (notDone !== null && !weighValue(run, placeOf(place, null), `${form} not done`, notDone, '')) return
  const followsVisit =
    !stored || stored.assessmentDate === null || stored.assessmentDate === visit.earlierDate
  const assessmentDate = followsVisit ? visit.date : stored.assessmentDate
  const beforeTreatment = weighBefore(place, form, assessmentDate, stored)
  visit.forms.set(form, { answers, notDoneReason: null })
  const isUnchanged =
    stored !== undefined &&
    notDone === null &&
    formatCanonicalJson(stored.answers as JsonValue) === formatCanonicalJson(answers as JsonValue) &&
    stored.assessmentDate === assessmentDate &&
    stored.beforeTreatment === beforeTreatment
  if (isUnchanged) return
  const instrument = findInstrument(form)
  const confirmations = {
    ...stored?.confirmations,
    ...acceptUnconfirmed(place, planned, { answers, assessmentDate, beforeTreatment }, stored),
  }
  const scores = deriveScores(form, answers, null, settings)
  const entryKind = instrument ? deriveEntryKind(instrument, answers, settings) : 'items'
  run.writes.push(tx =>
    storeForm(tx, open.write, {
      stored: stored ?? null,
      participantId: idIn(person.slot),
      visit: visit.planned.visit,
      record: {
        visitId: idIn(visit.slot),
        form,
        location: '',
        laterality: '',
        repeat: 1,
        assessmentDate,
        beforeTreatment,
        mode: stored?.mode ?? null,
        source: stored?.source ?? nameSource(run, planned),
        entryKind,
        notDoneReason: null,
        answers,
        confirmations,
      },
      reason: run.reason,
      scores,
    }),
  )
}

/** The converted columns of the form, as `vas_cm × 10`; null: its values are as the file has them. */
function nameSource({ conversions }: FormPlace['run'], { columns }: PlannedForm): string | null {
  const converted = Object.values(columns).flatMap(column => conversions.get(column ?? '') ?? [])
  return converted.length === 0 ? null : [...new Set(converted)].join('; ')
}

function placeOf({ person, visit }: FormPlace, column: string | null) {
  return { row: visit.planned.row, column, subject: person.number, visit: visit.planned.visit }
}

/**
 * Whether the form was taken before the dose of its day: as stored, or as the file says. On a day without a dose the
 * file says nothing by it.
 */
function weighBefore(
  place: FormPlace,
  form: string,
  date: CalendarDate | null,
  stored: AssessmentRow | undefined,
): boolean | null {
  const known = stored?.beforeTreatment ?? null
  const given = place.visit.planned.beforeTreatment
  if (!given || date === null || !place.doseDates.includes(date)) return known
  const show = (value: boolean) => (value ? 'before the dose' : 'after the dose')
  const where = placeOf(place, given.column)
  const shown = known === null ? null : show(known)
  return weighValue(place.run, where, `${form} taken`, shown, show(given.value)) ? given.value : known
}

/** Stored answers with the file's in their place. Null: the two together are refused. */
function mergeAnswers(
  place: FormPlace,
  planned: PlannedForm,
  stored: AssessmentRow | undefined,
): Answers | null {
  const { run, visit } = place
  const { settings } = run.open.protocol
  const before: Answers = stored?.answers ?? {}
  const given = new Map<string, Answer>()
  for (const [code, answer] of Object.entries(planned.answers)) {
    const where = placeOf(place, planned.columns[code] ?? null)
    const known = before[code]
    if (weighValue(run, where, code, known ? showAnswer(known) : null, showAnswer(answer)))
      given.set(code, answer)
  }
  const merged: Answers = { ...before, ...Object.fromEntries(given) }
  const instrument = findInstrument(planned.form)
  if (given.size === 0 || !instrument) return merged
  const problems = checkAnswers(instrument, merged, settings, 'import')
  for (const { field, value, text } of problems) {
    const column = planned.columns[field] ?? null
    run.errors.push({ row: visit.planned.row, column, value, text: `With what is stored: ${text}` })
  }
  return problems.length > 0 ? null : merged
}

function showAnswer(answer: Answer): string {
  return 'missing' in answer ? `missing: ${answer.missing}` : String(answer.value)
}

/** What the soft checks ask and nobody was there to answer. */
function acceptUnconfirmed(
  place: FormPlace,
  planned: PlannedForm,
  now: {
    readonly answers: Answers
    readonly assessmentDate: CalendarDate | null
    readonly beforeTreatment: boolean | null
  },
  stored: AssessmentRow | undefined,
): Record<string, 'unconfirmed'> {
  const { run, person, visit, scheduled, doseDates } = place
  const { windowStart, windowEnd } = scheduled
  const { answers, assessmentDate, beforeTreatment } = now
  const { protocol } = run.open
  const definition = findFormDefinition(protocol, planned.form)
  const around = readImportSurroundings(place, planned.form)
  const questions = [
    ...checkSoft({
      form: planned.form,
      answers,
      settings: protocol.settings,
      date: assessmentDate,
      window: windowStart && windowEnd ? { start: windowStart, end: windowEnd } : null,
      doseDates,
      beforeTreatment: beforeTreatment === true,
      freeText: {},
      checks: protocol.checks ?? [],
      dateFields: definition ? listDateFields(definition) : [],
      today: calendarDateIn(person.timeZone, run.now),
      awaitsDose: deriveAwaitedDose(
        protocol,
        { code: visit.planned.visit },
        doseDates.length,
        person.stored?.participant.plannedDayZero ?? null,
      ),
      ...around,
      // As at entry: a form of another day than its visit is in no order with the other visits.
      neighbours: assessmentDate === visit.date ? around.neighbours : { before: null, after: null },
    }),
    ...askAboutDosingDay({ date: assessmentDate, doseDates, beforeTreatment }),
  ]
  const open = listUnconfirmed(questions, Object.keys(stored?.confirmations ?? {}))
  run.counts.softChecks += open.length
  return Object.fromEntries(open.map(question => [question.key, 'unconfirmed' as const]))
}
