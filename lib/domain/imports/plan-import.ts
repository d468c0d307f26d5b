import { agreeOn, parseDate, parseFact } from '@/lib/domain/imports/check-participant'
import type {
  Given,
  ImportPlan,
  PlannedForm,
  PlannedSubject,
  PlannedVisit,
} from '@/lib/domain/imports/import-plan'
import type { MappedRow } from '@/lib/domain/imports/map-rows'
import type { ParticipantField } from '@/lib/domain/imports/mapping'
import { findValueTarget, type ValueTarget } from '@/lib/domain/imports/value-columns'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { parseAnswers } from '@/lib/domain/instruments/parse-answers'
import { parseFormAnswers } from '@/lib/domain/instruments/parse-form'
import type { Protocol, VisitPlan } from '@/lib/domain/protocol/protocol'
import { isUnscheduledCode } from '@/lib/domain/protocol/unscheduled'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { CellError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'

const LABEL = /^[A-Za-z0-9._-]{1,32}$/
const SITE = /^[A-Za-z0-9._-]{1,16}$/

/**
 * Checks rows against a protocol and puts them together by participant and visit, in order of appearance. Blank cells
 * say nothing: they neither record a reason nor take a stored value away.
 * Errors, each with row and column, all of them: a name that is no value of the study, a label that cannot be a number
 * of a participant, unknown arms and visits, two rows for one visit, rows that contradict each other about a
 * participant, a value at a visit that does not ask for it, what hard checks refuse, dates that cannot be read.
 * Source: interfaces.md, import. Example: two rows for subject 12 → one subject with two visits.
 */
export function planImport(
  rows: readonly MappedRow[],
  protocol: Protocol,
): { readonly plan: ImportPlan; readonly errors: readonly CellError[] } {
  const errors: CellError[] = []
  const targets = findTargets(rows[0], protocol, errors)
  const bySubject = new Map<string, MappedRow[]>()
  for (const row of rows) {
    const label = row.subject.text
    if (!LABEL.test(label)) {
      errors.push(
        cellError(
          row,
          row.subject,
          `${label === '' ? 'There is no subject' : `“${label}” cannot be a participant’s number`}: use 1 to 32 of A–Z a–z 0–9 . _ -`,
        ),
      )
      continue
    }
    const known = bySubject.get(label)
    if (known) known.push(row)
    else bySubject.set(label, [row])
  }
  const subjects = [...bySubject.values()].map(own => planSubject(own, protocol, targets, errors))
  return { plan: { subjects }, errors }
}

function planSubject(
  rows: readonly MappedRow[],
  protocol: Protocol,
  targets: ReadonlyMap<string, ValueTarget>,
  errors: CellError[],
): PlannedSubject {
  const [first] = rows
  if (!first) throw new Error('a subject has at least one row')
  const facts = new Map<ParticipantField, Given<string | number>>()
  for (const field of first.participant.keys()) {
    const given = agreeOn(
      rows,
      row => row.participant.get(field),
      text => parseFact(field, text),
      errors,
    )
    if (given) facts.set(field, given)
  }
  const treatments = new Map<string, Given<CalendarDate>>()
  for (const code of first.treatments.keys()) {
    const given = agreeOn(rows, row => row.treatments.get(code), parseDate, errors)
    if (given) treatments.set(code, given)
  }
  return {
    subject: { value: first.subject.text, row: first.row, column: first.subject.column },
    site: agreeOn(rows, row => row.site, checkSiteCode, errors),
    arm: agreeOn(
      rows,
      row => row.arm,
      text => checkArm(text, protocol),
      errors,
    ),
    facts,
    treatments,
    visits: planVisits(rows, protocol, targets, errors),
  }
}

function planVisits(
  rows: readonly MappedRow[],
  protocol: Protocol,
  targets: ReadonlyMap<string, ValueTarget>,
  errors: CellError[],
): PlannedVisit[] {
  const seen = new Map<string, number>()
  return rows.flatMap(row => {
    const plan = protocol.visits.find(visit => visit.code === row.visit.text)
    if (isUnscheduledCode(row.visit.text)) {
      const text = `${row.visit.text} is an unscheduled visit. Files hold visits of the protocol; enter this one on the participant’s page.`
      errors.push(cellError(row, row.visit, text))
      return []
    }
    if (!plan) {
      const known = protocol.visits.map(visit => visit.code).join(', ')
      const what =
        row.visit.text === '' ? 'There is no visit' : `“${row.visit.text}” is not a visit of this study`
      errors.push(cellError(row, row.visit, `${what}. Visits are ${known}.`))
      return []
    }
    const earlier = seen.get(plan.code)
    if (earlier !== undefined) {
      const text = `Row ${earlier} is for the same participant and visit (${row.subject.text}, ${plan.code}). Keep one of the two.`
      errors.push(cellError(row, row.visit, text))
      return []
    }
    seen.set(plan.code, row.row)
    const date = agreeOn([row], ({ visitDate }) => visitDate, parseDate, errors)
    const beforeTreatment = agreeOn([row], cells => cells.beforeTreatment, parseBefore, errors)
    const forms = planForms(row, plan, protocol, targets, errors)
    return date || forms.length > 0 ? [{ visit: plan.code, row: row.row, date, beforeTreatment, forms }] : []
  })
}

function planForms(
  row: MappedRow,
  visit: VisitPlan,
  protocol: Protocol,
  targets: ReadonlyMap<string, ValueTarget>,
  errors: CellError[],
): PlannedForm[] {
  const raw = new Map<
    string,
    { target: ValueTarget; texts: Record<string, string[]>; columns: Record<string, string | null> }
  >()
  for (const [name, cell] of row.values) {
    const target = targets.get(name)
    if (!target || (cell.text === '' && cell.missing === null)) continue
    const asked = target.kind === 'form' ? visit.forms : visit.instruments
    if (!asked.includes(target.form)) {
      errors.push(
        cellError(
          row,
          cell,
          `${name} is not asked at visit ${visit.code}. Clear the cell, or correct the visit.`,
        ),
      )
      continue
    }
    const form = raw.get(target.form) ?? { target, texts: {}, columns: {} }
    raw.set(target.form, form)
    if (cell.missing !== null) form.texts[`${target.code}.missing`] = [cell.missing]
    else form.texts[target.code] = isMulti(target) ? cell.text.split('|') : [cell.text]
    form.columns[target.code] = cell.column
  }
  return [...raw].flatMap(([form, { target, texts, columns }]) => {
    const parsed = parseForm(target, texts, protocol)
    if (parsed.ok)
      return Object.keys(parsed.value).length > 0 ? [{ form, answers: parsed.value, columns }] : []
    for (const problem of parsed.error) {
      errors.push({
        row: row.row,
        column: columns[problem.field] ?? problem.field,
        value: problem.value,
        text: problem.text,
      })
    }
    return []
  })
}

function parseForm(target: ValueTarget, texts: Record<string, string[]>, { settings }: Protocol) {
  const parsed: Result<Answers, readonly { field: string; value: string; text: string }[]> =
    target.kind === 'form'
      ? parseFormAnswers(target.plan, texts, 'import')
      : parseAnswers(target.instrument, texts, settings, 'import')
  return parsed
}

function isMulti(target: ValueTarget): boolean {
  return (
    target.kind === 'form' &&
    target.plan.fields.some(field => field.code === target.code && field.type === 'multi')
  )
}

function findTargets(
  row: MappedRow | undefined,
  protocol: Protocol,
  errors: CellError[],
): ReadonlyMap<string, ValueTarget> {
  const targets = new Map<string, ValueTarget>()
  for (const [name, cell] of row?.values ?? []) {
    const target = findValueTarget(name, protocol)
    if (target.ok) targets.set(name, target.value)
    else errors.push({ row: 1, column: cell.column ?? name, value: name, text: target.error })
  }
  for (const [name, cell] of row?.treatments ?? []) {
    if (protocol.treatments.some(treatment => treatment.code === name)) continue
    const text = `${name} is not a treatment of this study. Correct the mapping.`
    errors.push({ row: 1, column: cell.column ?? name, value: name, text })
  }
  return targets
}

function parseBefore(text: string): Result<boolean, string> {
  if (text === '1' || text === '0') return ok(text === '1')
  return err(`“${text}” is neither 1 (taken before the dose of that day) nor 0 (taken after it).`)
}

function checkSiteCode(text: string): Result<string, string> {
  return SITE.test(text) ? ok(text) : err(`“${text}” cannot be a site: use 1 to 16 of A–Z a–z 0–9 . _ -`)
}

function checkArm(text: string, protocol: Protocol): Result<string, string> {
  const known = protocol.arms.map(arm => arm.code)
  return known.includes(text)
    ? ok(text)
    : err(`“${text}” is not an arm of this study. Arms are ${known.join(', ')}.`)
}

function cellError(
  row: MappedRow,
  cell: { readonly column: string | null; readonly text: string },
  text: string,
): CellError {
  return { row: row.row, column: cell.column, value: cell.text, text }
}
