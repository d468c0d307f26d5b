import type { Db, Tx } from '@/db/client'
import { listRecordHistory } from '@/db/queries/assessment-history'
import type { AssessmentRow } from '@/db/queries/assessments'
import type { VisitRow } from '@/db/queries/visits'
import { diffRecord } from '@/lib/domain/audit/diff'
import { type FormDefinition, formatRawAnswers } from '@/lib/domain/instruments/form-definition'
import type { Answer } from '@/lib/domain/instruments/instrument'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { AppError, ConflictingField } from '@/lib/domain/shared/errors'
import { formatAnswer, formatFormName, formatItemName, formatSetting } from '@/lib/format/answers'
import type { TypedForm } from '@/lib/schemas/visits'
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
  typed: TypedAssessment,
  stored: AssessmentRow,
  settings: Settings,
): ConflictingField[] {
  const name = formatFormName(form)
  const mine = { ...pickEntered(typed), beforeTreatment: typed.beforeTreatment ?? stored.beforeTreatment }
  return Object.entries(diffRecord(pickEntered(stored), mine, ['answers'])).map(
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

function pickEntered(row: Pick<AssessmentRow, keyof typeof CONTROLS | 'answers'> | TypedAssessment) {
  const { answers, assessmentDate, mode, source, beforeTreatment, notDoneReason } = row
  return { answers, assessmentDate, mode, source, beforeTreatment, notDoneReason }
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
    if (name === '~mode') settings.mode = stored.mode ?? ''
    if (name === '~source') settings.source = (stored.source ?? '') as typeof settings.source
    if (name === '~before') settings.before = stored.beforeTreatment ? 'yes' : 'no'
    if (name === '~notDone') settings.notDone = stored.notDoneReason ?? ''
  }
  return { ...typed, settings, raw: Object.fromEntries([...kept, ...theirs]) }
}

/** One record of the page that somebody else changed meanwhile. */
export interface StaleRecord {
  /** Name that the page has for it: `~visit` or the key of a form. */
  readonly name: string
  readonly row: VisitRow | AssessmentRow
  readonly fields: readonly ConflictingField[]
}

/** All that two people changed, as one answer: both values, who and when (the latest of the changes). */
export function describeConflict(db: Db | Tx, stale: readonly StaleRecord[]): AppError {
  const latest = stale
    .flatMap(({ row }) =>
      listRecordHistory(db, 'answers' in row ? 'assessments' : 'visits', [row.id]).slice(-1),
    )
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
