import type { Db, Tx } from '@/db/client'
import { listRecordHistory, readAssessmentAt } from '@/db/queries/assessment-history'
import type { AssessmentRow } from '@/db/queries/assessments'
import type { LogEntryRow } from '@/db/queries/logs'
import type { VisitRow } from '@/db/queries/visits'
import { diffRecord } from '@/lib/domain/audit/diff'
import { type FormDefinition, formatRawAnswers } from '@/lib/domain/instruments/form-definition'
import type { Answer } from '@/lib/domain/instruments/instrument'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { AppError, ConflictingField } from '@/lib/domain/shared/errors'
import { formatAnswer, formatFormName, formatItemName, formatSetting } from '@/lib/format/answers'
import { NOT_RECORDED, type TypedForm } from '@/lib/schemas/visits'
import type { TypedAssessment } from './typed-assessment'

/** Columns of an assessment that a person enters, with the names that their controls have. */
const CONTROLS = {
  assessmentDate: ['~date', 'date'],
  mode: ['~mode', 'contact'],
  source: ['~source', 'source'],
  beforeTreatment: ['~before', 'before treatment'],
  notDoneReason: ['~notDone', 'not done'],
} as const

/** Where what was typed differs from what is stored, by the name of the control. Empty: nothing would change. */
export function diffTyped(
  key: string,
  form: FormDefinition,
  typed: Entered | TypedAssessment,
  stored: Entered,
  settings: Settings,
): ConflictingField[] {
  const name = formatFormName(form)
  return Object.entries(diffRecord(pickEntered(stored), pickEntered(typed), ['answers'])).map(
    ([column, [theirs, yours]]) => {
      const code = column.startsWith('answers.') ? column.slice('answers.'.length) : null
      if (code !== null) {
        const show = (value: unknown) =>
          formatAnswer(form, code, (value ?? undefined) as Answer | undefined, settings)
        const label = `${name}: ${formatItemName(form, code, settings)}`
        return { field: `${key}.${code}`, label, yours: show(yours), stored: show(theirs) }
      }
      const [control, words] = CONTROLS[column as keyof typeof CONTROLS]
      const show = (value: unknown) => formatSetting(column, value)
      return {
        field: `${key}.${control}`,
        label: `${name}: ${words}`,
        yours: show(yours),
        stored: show(theirs),
      }
    },
  )
}

type Entered = Pick<AssessmentRow, keyof typeof CONTROLS | 'answers'>

function pickEntered(row: Entered | TypedAssessment) {
  const { answers, assessmentDate, mode, source, beforeTreatment, notDoneReason } = row
  return { answers, assessmentDate, mode, source, beforeTreatment, notDoneReason }
}

/**
 * Controls of answers, contact and source that hold what was shown when the page was drawn, while somebody else has
 * stored something else since. Dates are not among them: what is typed anew may follow from them. None where the form
 * was since recorded as not done, or no longer is.
 */
export function listTheirs(
  db: Db | Tx,
  { key, definition, typed, picks }: ConflictPlace,
  mine: TypedAssessment,
  stored: AssessmentRow,
  settings: Settings,
): string[] {
  const seen = typed.expectedVersion
  if (seen === null || seen >= stored.rowVersion) return []
  const shown = readAssessmentAt(db, stored.id, seen)
  if (shown.notDoneReason !== stored.notDoneReason) return []
  const changed = new Set(diffTyped(key, definition, mine, shown, settings).map(({ field }) => field))
  const settled = ['~date', '~before', '~notDone'].map(name => `${key}.${name}`)
  return diffTyped(key, definition, mine, stored, settings)
    .map(({ field }) => field)
    .filter(field => !changed.has(field) && !(field in picks) && !settled.includes(field))
}

/**
 * Of the fields in which the two differ, those that somebody else stored since the page was drawn. What only this person
 * changed is no conflict. All of them where the page saw nothing stored, or where the form was since recorded as not done
 * or is now: then its answers hang together.
 */
export function listContested(
  db: Db | Tx,
  { key, definition, typed }: Pick<ConflictPlace, 'key' | 'definition' | 'typed'>,
  mine: TypedAssessment,
  stored: AssessmentRow,
  settings: Settings,
): readonly ConflictingField[] {
  const differences = diffTyped(key, definition, mine, stored, settings)
  const seen = typed.expectedVersion
  if (seen === null || differences.length === 0 || mine.notDoneReason !== stored.notDoneReason)
    return differences
  if (seen >= stored.rowVersion) return []
  const shown = readAssessmentAt(db, stored.id, seen)
  if (shown.notDoneReason !== stored.notDoneReason) return differences
  const theirs = new Set(diffTyped(key, definition, stored, shown, settings).map(({ field }) => field))
  return differences.filter(({ field }) => theirs.has(field))
}

interface ConflictPlace {
  readonly key: string
  readonly definition: FormDefinition
  readonly typed: TypedForm
  readonly picks: Readonly<Record<string, 'stored' | 'yours'>>
}

/** As the control says it; `''`: nobody said. */
export function nameBefore(before: boolean | null): 'yes' | 'no' | '' {
  return before === null ? '' : before ? 'yes' : 'no'
}

/** What was typed, with the stored values put in place where the person chose them. */
export function applyPicks(
  key: string,
  typed: TypedForm,
  stored: AssessmentRow | undefined,
  picks: Readonly<Record<string, 'stored' | 'yours'>>,
): TypedForm {
  const chosen = Object.keys(picks).filter(field => picks[field] === 'stored' && field.startsWith(`${key}.`))
  if (!stored || chosen.length === 0) return typed
  const names = chosen.map(field => field.slice(key.length + 1))
  const kept = Object.entries(typed.raw).filter(([name]) => !names.includes(name.split('.')[0] ?? ''))
  const theirs = Object.entries(formatRawAnswers(stored.answers)).filter(([name]) =>
    names.includes(name.split('.')[0] ?? ''),
  )
  const settings = { ...typed.settings }
  for (const name of names) {
    if (name === '~date') settings.date = stored.assessmentDate ?? ''
    if (name === '~mode') settings.mode = stored.mode ?? NOT_RECORDED
    if (name === '~source') settings.source = (stored.source ?? NOT_RECORDED) as typeof settings.source
    if (name === '~before') settings.before = nameBefore(stored.beforeTreatment)
    if (name === '~notDone') settings.notDone = stored.notDoneReason ?? ''
  }
  return { ...typed, settings, raw: Object.fromEntries([...kept, ...theirs]) }
}

/** One record of a page that somebody else changed meanwhile. */
export interface StaleRecord {
  /** Name that the page has for it: `~visit` or the key of a form. */
  readonly name: string
  readonly row: VisitRow | AssessmentRow | LogEntryRow
  readonly fields: readonly ConflictingField[]
}

/** All that two people changed, as one answer: both values, who and when (the latest of the changes). */
export function describeConflict(db: Db | Tx, stale: readonly StaleRecord[]): AppError {
  const latest = stale
    .flatMap(({ row }) => listRecordHistory(db, tableOf(row), [row.id]).slice(-1))
    .toSorted((a, b) => (a.at < b.at ? -1 : 1))
    .at(-1)
  return {
    code: 'conflict',
    fields: stale.flatMap(record => record.fields),
    storedVersion: stale[0]?.row.rowVersion ?? 0,
    storedVersions: Object.fromEntries(stale.map(({ name, row }) => [name, row.rowVersion])),
    changedBy: latest?.actor ?? 'Somebody',
    changedAt: latest?.at ?? '',
  }
}

function tableOf(row: StaleRecord['row']): 'visits' | 'assessments' | 'log_entries' {
  if ('log' in row) return 'log_entries'
  return 'answers' in row ? 'assessments' : 'visits'
}
