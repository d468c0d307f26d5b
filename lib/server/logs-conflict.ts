import type { LogEntryRow } from '@/db/queries/logs'
import { diffRecord } from '@/lib/domain/audit/diff'
import type { Answer, Answers } from '@/lib/domain/instruments/instrument'
import type { FormPlan, Settings } from '@/lib/domain/protocol/protocol'
import type { ConflictingField } from '@/lib/domain/shared/errors'
import { formatAnswer, formatItemName } from '@/lib/format/answers'
import type { SaveLogEntryInput } from '@/lib/schemas/logs'

/** Where what was typed differs from what is stored, by the name of the control. Empty: nothing would change. */
export function diffEntry(
  plan: FormPlan,
  typed: Answers,
  stored: Answers,
  settings: Settings,
): ConflictingField[] {
  const form = { kind: 'plan', plan } as const
  const changes = diffRecord({ answers: stored }, { answers: typed }, ['answers'])
  return Object.entries(changes).map(([field, [theirs, yours]]) => {
    const code = field.slice('answers.'.length)
    const show = (value: unknown) =>
      formatAnswer(form, code, (value ?? undefined) as Answer | undefined, settings)
    return { field, label: formatItemName(form, code, settings), yours: show(yours), stored: show(theirs) }
  })
}

/** The entry stands as it was shown, or a value was chosen for each field that differs from the one stored meanwhile. */
export function isSettled(
  input: SaveLogEntryInput,
  stored: LogEntryRow,
  differences: readonly ConflictingField[],
): boolean {
  if (input.expectedVersion !== stored.rowVersion) return false
  return !input.isSettling || differences.every(({ field }) => field in input.picks)
}
