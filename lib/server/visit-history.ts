import type { RecordedChange } from '@/db/queries/assessment-history'
import type { FormDefinition } from '@/lib/domain/instruments/form-definition'
import type { Answer } from '@/lib/domain/instruments/instrument'
import type { Settings } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatAnswer, formatDateOrEmpty, formatSetting } from '@/lib/format/answers'
import { formatInstant } from '@/lib/format/dates'
import type { ValueChange } from '@/lib/schemas/visit-view'

/** Columns of an assessment beside its answers, by the names of their controls. */
const SETTING_NAMES: Readonly<Record<string, string>> = {
  assessmentDate: '~date',
  mode: '~mode',
  source: '~source',
  beforeTreatment: '~before',
  notDoneReason: '~notDone',
}

/** Every write to each value of a form, oldest first, by item code and by the `~` name of its settings. */
export function describeHistory(
  form: FormDefinition,
  settings: Settings,
  entries: readonly RecordedChange[],
): Readonly<Record<string, readonly ValueChange[]>> {
  const history: Record<string, ValueChange[]> = {}
  for (const { at, actor, reason, changes } of entries) {
    for (const [column, [old, now]] of Object.entries(changes)) {
      const code = column.startsWith('answers.') ? column.slice('answers.'.length) : null
      const name = code ?? SETTING_NAMES[column]
      if (!name) continue
      const show = (value: unknown) =>
        code === null
          ? formatSetting(column, value)
          : formatAnswer(form, code, (value ?? undefined) as Answer | undefined, settings)
      const list = history[name] ?? []
      history[name] = [...list, { at: formatInstant(at), actor, old: show(old), now: show(now), reason }]
    }
  }
  return history
}

/** Every write to the date of a visit, oldest first. */
export function describeDateHistory(entries: readonly RecordedChange[]): readonly ValueChange[] {
  return entries.flatMap(({ at, actor, reason, changes }) => {
    const change = changes.visitDate
    if (!change) return []
    const [old, now] = change.map(value => formatDateOrEmpty((value ?? null) as CalendarDate | null))
    return [{ at: formatInstant(at), actor, old: old ?? '', now: now ?? '', reason }]
  })
}
