import { sha256 } from '@/db/audit-entry'
import type { AssessmentRow } from '@/db/queries/assessments'
import type { VisitRow } from '@/db/queries/visits'
import { findFormDefinition } from '@/lib/domain/instruments/form-definition'
import { isInWindow } from '@/lib/domain/protocol/schedule'
import type { AppError } from '@/lib/domain/shared/errors'
import {
  formatAnswer,
  formatDateOrEmpty,
  formatFormName,
  formatItemName,
  formatReason,
} from '@/lib/format/answers'
import { formatMissedVisit } from '@/lib/format/reasons'
import type { Side, SideForm } from '@/lib/schemas/mending-view'
import type { VisitEntry } from '../visit-entry'
import { formKeyOf } from './arrival-checks'

/** What stands at a place now. */
export function describeSide(
  entry: VisitEntry,
  visit: VisitRow | undefined,
  rows: readonly AssessmentRow[],
): Side {
  const { participant, plan, scheduled, doses } = entry
  const { windowStart, windowEnd } = scheduled
  return {
    number: participant.number,
    site: participant.site,
    visit: plan.code,
    visitName: plan.name,
    begun: visit
      ? {
          date: visit.visitDate,
          inWindow: isInWindow(visit.visitDate, scheduled),
          missed: visit.missedReason ? formatMissedVisit(visit.missedReason, visit.missedNote) : null,
          cause: visit.cause,
        }
      : null,
    windowStart,
    windowEnd,
    consentDate: participant.consentDate,
    doses: doses.map(dose => dose.date),
    forms: rows.map(row => describeForm(entry, row)),
  }
}

function describeForm({ protocol }: VisitEntry, row: AssessmentRow): SideForm {
  const form = findFormDefinition(protocol, row.form)
  const own = { id: row.id, key: formKeyOf(row), date: row.assessmentDate }
  if (!form) return { ...own, name: row.form, values: [] }
  const place = [row.location, row.laterality, row.repeat > 1 ? String(row.repeat) : ''].filter(Boolean)
  const values =
    row.notDoneReason === null
      ? Object.entries(row.answers).map(
          ([code, answer]) =>
            `${formatItemName(form, code, protocol.settings)}: ${formatAnswer(form, code, answer, protocol.settings)}`,
        )
      : [`Not done: ${formatReason(row.notDoneReason).toLowerCase()}`]
  return { ...own, name: [formatFormName(form), ...place].join(', '), values }
}

interface Versioned {
  readonly id: number
  readonly rowVersion: number
}

/** Stands for the state of all these records: any change of one, and one more or less, gives another number. */
export function stampOf(...kinds: readonly (readonly Versioned[])[]): number {
  const text = kinds.map(rows => rows.map(({ id, rowVersion }) => `${id}@${rowVersion}`).sort()).join('|')
  return Number.parseInt(sha256(text).slice(0, 12), 16) + 1
}

/** What is told where the records are no longer those that the page showed; undefined where they are. */
export function findStale(
  seen: number,
  now: number,
  sides: readonly Side[],
  last: { readonly actor: string; readonly at: string } | undefined,
): AppError | undefined {
  if (seen === now) return undefined
  const fields = sides.flatMap(side => [
    {
      field: `${side.number} ${side.visit}`,
      label: `${side.visitName} of ${side.number}`,
      yours: AS_SEEN,
      stored: side.begun ? formatDateOrEmpty(side.begun.date) || 'no date' : 'nothing entered',
    },
    ...side.forms.map(form => ({
      field: `${side.number} ${side.visit} ${form.key}`,
      label: `${form.name}, ${side.number}`,
      yours: AS_SEEN,
      stored: form.values.join('; '),
    })),
  ])
  const by = { changedBy: last?.actor ?? 'Somebody', changedAt: last?.at ?? '' }
  return { code: 'conflict', fields, storedVersion: now, ...by }
}

const AS_SEEN = 'as this page showed it'
