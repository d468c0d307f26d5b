import type { Tx } from '@/db/client'
import { saveAssessment } from '@/db/commands/assessments'
import { settleSecondEntry } from '@/db/commands/second-entries'
import { listRecordHistory } from '@/db/queries/assessment-history'
import type { AssessmentRow } from '@/db/queries/assessments'
import { askAboutReason } from '@/lib/domain/checks/identifiers'
import { deriveEntryKind } from '@/lib/domain/checks/total'
import { type Entered, WHOLE_FORM } from '@/lib/domain/double-entry/compare-entries'
import { deriveScores } from '@/lib/domain/instruments/derive-scores'
import { formatRawAnswers, parseTypedForm } from '@/lib/domain/instruments/form-definition'
import type { RawAnswers } from '@/lib/domain/instruments/raw-answers'
import type { AppError, FieldError } from '@/lib/domain/shared/errors'
import type { MissingReason } from '@/lib/domain/shared/missing'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { formatAnswer, formatItemName, formatReason } from '@/lib/format/answers'
import {
  CHOICES,
  type DifferencesView,
  type DifferingForm,
  type EntryDifference,
  type SettleDoubleEntryInput,
} from '@/lib/schemas/double-entry'
import type { Ctx } from './context'
import { askAboutDecided } from './double-entry-checks'
import { listTwiceEntered, type TwiceEntered } from './double-entry-forms'
import { inStudyTransaction } from './transaction'
import { openVisitEntry, refuseEntry, type VisitAddress, type VisitEntry, writeStanding } from './visit-entry'

/** The items in which the two entries of a visit's forms differ, side by side, and nothing else of them. */
export function readDifferences(ctx: Ctx, address: VisitAddress): Result<DifferencesView, AppError> {
  const opened = openVisitEntry(ctx, address, 'settleDoubleEntry')
  if (!opened.ok) return opened
  const { study, participant, plan } = opened.value
  return ok({
    study: { code: study.code, synthetic: study.synthetic },
    number: participant.number,
    visit: { code: plan.code, name: plan.name },
    isLocked: study.lockedAt !== null,
    forms: listDiffering(ctx.db, opened.value).map(form => describeForm(ctx, opened.value, form)),
  })
}

interface Differing extends TwiceEntered {
  readonly second: NonNullable<TwiceEntered['second']>
}

function listDiffering(db: Ctx['db'] | Tx, entry: VisitEntry): readonly Differing[] {
  return listTwiceEntered(db, entry).filter(
    (form): form is Differing => form.state === 'differs' && form.second !== undefined,
  )
}

function describeForm(ctx: Ctx, entry: VisitEntry, form: Differing): DifferingForm {
  const { first, second, key, name } = form
  const { form: code, location, laterality, repeat } = first
  const writer = (history: ReturnType<typeof listRecordHistory>) => history[0]?.actor ?? 'Unknown'
  return {
    key,
    code,
    location,
    laterality,
    repeat,
    name,
    firstBy: writer(listRecordHistory(ctx.db, 'assessments', [first.id])),
    secondBy: writer(listRecordHistory(ctx.db, 'second_entries', [second.id])),
    versions: versionsOf(form),
    differences: form.differing.map(item => describeDifference(entry, form, item)),
  }
}

function versionsOf({ first, second }: Differing): string {
  return `${first.rowVersion}-${second.rowVersion}`
}

function describeDifference(entry: VisitEntry, form: Differing, code: string): EntryDifference {
  const { settings } = entry.protocol
  const { definition, first, second } = form
  if (code === WHOLE_FORM) {
    const say = (one: Entered) =>
      one.notDoneReason ? `Not done: ${formatReason(one.notDoneReason)}` : 'Answered'
    return { code, label: 'Whole form', first: say(first), second: say(second), third: null }
  }
  const say = (one: Entered) => formatAnswer(definition, code, one.answers[code], settings) || 'No answer'
  return {
    code,
    label: formatItemName(definition, code, settings),
    first: say(first),
    second: say(second),
    third: { choices: listChoices(form, code, settings) },
  }
}

type Settings = VisitEntry['protocol']['settings']

/** What a third value is chosen from; null: it is typed. */
function listChoices({ definition }: Differing, code: string, settings: Settings) {
  if (definition.kind === 'instrument') {
    const item = definition.instrument.items(settings).find(one => one.code === code)
    return item?.choices?.map(({ value, label }) => ({ value: String(value), label })) ?? null
  }
  const field = definition.plan.fields.find(one => one.code === code)
  if (field?.type === 'boolean')
    return [
      { value: 'true', label: 'Yes' },
      { value: 'false', label: 'No' },
    ]
  if (field?.type === 'choice')
    return field.choices?.map(choice => ({ value: choice.code, label: choice.label })) ?? null
  return null
}

/** What was decided. */
export interface SettledDifferences {
  readonly number: string
  readonly visit: string
  readonly settled: number
}

/**
 * Decides the differences of a visit's forms, value by value, all of a form at once. What was chosen is stored in the
 * first entry as any correction, with its reason, and scored; the second entry stays as it was made and names the version
 * that was decided. What does not go together as decided is asked about, as at entry. Refused: a difference without a choice; an entry that changed since the page was opened.
 */
export function settleDifferences(
  ctx: Ctx,
  input: SettleDoubleEntryInput,
): Result<SettledDifferences, AppError> {
  const opened = openVisitEntry(ctx, input, 'settleDoubleEntry')
  if (!opened.ok) return opened
  const entry = opened.value
  const refused = refuseEntry(entry)
  if (refused) return err(refused)
  const questions = askAboutReason(input.reason).filter(({ code }) => !input.confirm.includes(code))
  if (questions.length > 0) return err({ code: 'unanswered', questions })
  return inStudyTransaction(ctx, entry, tx => {
    const differing = new Map(listDiffering(tx, entry).map(form => [form.key, form]))
    const errors = input.reason === null ? [NO_REASON] : []
    const decisions: Decision[] = []
    for (const [key, chosen] of Object.entries(input.forms)) {
      const form = differing.get(key)
      if (!form || chosen['~versions']?.[0] !== versionsOf(form)) return err(CHANGED)
      const decided = decide(entry, form, chosen)
      if (!decided.ok) errors.push(...decided.error)
      else decisions.push({ ...form, decided: decided.value })
    }
    if (errors.length > 0) return err({ code: 'invalidInput', fields: errors })
    if (decisions.length === 0) return err(CHANGED)
    const asked = askAboutDecided(tx, entry, decisions, input.confirm)
    if (asked.open.length > 0) return err({ code: 'unanswered', questions: asked.open })
    for (const form of decisions) {
      const confirmations = asked.confirmations[form.key] ?? {}
      settleForm(tx, entry, form, confirmations, `Double entry: ${input.reason ?? ''}`)
    }
    writeStanding(tx, entry)
    return ok({ number: entry.participant.number, visit: entry.plan.code, settled: decisions.length })
  })
}

const NO_REASON: FieldError = { field: 'reason', value: '', text: 'Choose or write a reason.' }

const CHANGED: AppError = {
  code: 'notPossible',
  text: 'Not saved. The entries were changed or decided after you opened this page. Open it again to see how they stand.',
}

type Chosen = Readonly<Record<string, readonly string[]>>

/** The form as it shall stand; errors at the choices. */
function decide(entry: VisitEntry, form: Differing, chosen: Chosen): Result<Entered, readonly FieldError[]> {
  const { key, first, second, definition, differing } = form
  const errors: FieldError[] = []
  const choiceOf = (code: string) => {
    const choice = CHOICES.find(one => one === chosen[code]?.[0])
    if (choice && !(choice === 'other' && code === WHOLE_FORM)) return choice
    errors.push({ field: `${key}.${code}`, value: '', text: 'Choose which value holds.' })
    return null
  }
  if (differing.includes(WHOLE_FORM)) {
    const choice = choiceOf(WHOLE_FORM)
    return errors.length > 0 ? err(errors) : ok(choice === 'second' ? second : first)
  }
  let raw = formatRawAnswers(first.answers)
  for (const code of differing) {
    const choice = choiceOf(code)
    if (choice === 'second') raw = { ...without(raw, code), ...only(formatRawAnswers(second.answers), code) }
    if (choice === 'other') {
      const typed = chosen[`${code}~other`]?.[0]?.trim() ?? ''
      if (typed === '') errors.push({ field: `${key}.${code}`, value: '', text: 'Enter the third value.' })
      raw = { ...without(raw, code), [code]: [typed] }
    }
  }
  if (errors.length > 0) return err(errors)
  const parsed = parseTypedForm(definition, raw, entry.protocol.settings)
  if (parsed.ok) return ok({ answers: parsed.value, notDoneReason: first.notDoneReason })
  return err(parsed.error.map(problem => ({ ...problem, field: `${key}.${problem.field}` })))
}

const isOf = (name: string, code: string) => name === code || name.startsWith(`${code}.`)

function without(raw: RawAnswers, code: string): RawAnswers {
  return Object.fromEntries(Object.entries(raw).filter(([name]) => !isOf(name, code)))
}

function only(raw: RawAnswers, code: string): RawAnswers {
  return Object.fromEntries(Object.entries(raw).filter(([name]) => isOf(name, code)))
}

interface Decision extends Differing {
  readonly decided: Entered
}

function settleForm(
  tx: Tx,
  entry: VisitEntry,
  form: Decision,
  confirmations: AssessmentRow['confirmations'],
  reason: string,
): void {
  const { first, second, definition, decided } = form
  const { id: _, rowVersion, voidedAt: __, voidReason: ___, ...stored } = first
  const { answers, notDoneReason } = decided
  const { settings } = entry.protocol
  const saved = saveAssessment(tx, entry.write, {
    ...stored,
    participantId: entry.participant.id,
    visit: entry.plan.code,
    answers,
    notDoneReason,
    confirmations: { ...stored.confirmations, ...confirmations },
    entryKind:
      definition.kind === 'instrument' ? deriveEntryKind(definition.instrument, answers, settings) : 'items',
    expectedVersion: rowVersion,
    reason,
    scores: deriveScores(first.form, answers, notDoneReason as MissingReason | null, settings),
  })
  settleSecondEntry(tx, entry.write, second, saved.rowVersion, reason)
}
