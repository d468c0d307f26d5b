import type { Tx } from '@/db/client'
import { type AssessmentRow, listAssessments } from '@/db/queries/assessments'
import { findVisit } from '@/db/queries/visits'
import type { Entered } from '@/lib/domain/double-entry/compare-entries'
import type { Question } from '@/lib/domain/shared/errors'
import { toEntryForm } from './mending/arrival-checks'
import type { VisitEntry } from './visit-entry'
import { askAboutForms, readSurroundings } from './visit-questions'

/** A first entry and what was decided of it. */
export interface DecidedForm {
  readonly first: AssessmentRow
  readonly decided: Entered
}

/**
 * What the checks of entry ask of forms as they were decided, beside the other forms of the visit: values of two entries,
 * or a third one, may not go together though each was entered. What was confirmed of the same values holds.
 */
export function askAboutDecided(
  tx: Tx,
  entry: VisitEntry,
  decisions: readonly DecidedForm[],
  confirmedKeys: readonly string[],
): {
  readonly open: readonly Question[]
  /** By key of the form. */
  readonly confirmations: ReturnType<typeof askAboutForms>['confirmations']
} {
  const visit = findVisit(tx, entry.participant.id, entry.plan.code)
  const forms = (visit ? listAssessments(tx, visit.id) : []).flatMap(row => {
    const decided = decisions.find(({ first }) => first.id === row.id)?.decided
    const { answers, notDoneReason } = decided ?? row
    const at = {
      row: { ...row, answers, notDoneReason },
      beforeTreatment: row.beforeTreatment,
      asksBefore: false,
    }
    const form = toEntryForm(entry, at, visit?.visitDate ?? null)
    return form ? [{ ...form, isTouched: decided !== undefined }] : []
  })
  const given = Object.fromEntries(confirmedKeys.map(key => [key, 'asMarked' as const]))
  const asked = askAboutForms(entry, readSurroundings(tx, entry, forms), given)
  const open = asked.unanswered.map(question => ({
    ...question,
    code: 'key' in question ? String(question.key) : question.code,
  }))
  return { open, confirmations: asked.confirmations }
}
