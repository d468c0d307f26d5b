/** Days that a file gives for the partial dates of a log, for order and study day. Source: clinical.md §3, *Dates*. */
import type { ExportScope } from '@/lib/domain/exports/export-scope'
import type { ExportSubject } from '@/lib/domain/exports/export-subject'
import type { Answers } from '@/lib/domain/instruments/instrument'
import { textOf } from '@/lib/domain/logs/answer-values'
import type { Log } from '@/lib/domain/logs/log'
import { type DerivedDay, deriveEndDay, deriveStartDay } from '@/lib/domain/logs/partial-days'
import type { FormField } from '@/lib/domain/protocol/protocol'

/** Where an entry stands: its log, whose it is, and what the export is of. */
export interface LogPlace {
  readonly log: Log
  readonly subject: ExportSubject
  readonly scope: ExportScope
}

/** Dates of what ended something, though no field says that it goes on. */
const LAST_DAYS: ReadonlySet<string> = new Set(['adverseEvents DTHDAT', 'departures DATE'])

/**
 * A field that only a stopped thing has: it names the answer under which it still goes on.
 * Example: the end of a medication → true; the date of death → false.
 */
export function isEnd(field: FormField): boolean {
  return (field.type === 'partialDate' || field.type === 'date') && field.showIf?.equals === false
}

/**
 * The day of one date of an entry. An end, a death and a loss: the latest possible, not after death, end of follow-up or
 * data cut. Any other is a start: the earliest possible, moved to the first study procedure within it, but for medical
 * history, which is of before. Where arms are withheld a partial start has no day, since moved it would tell that of a
 * harvest or dose. Missing rule: no date → null. Example: death of 2025-03, cut 2025-03-14 → 2025-03-14, derived.
 */
export function deriveDay(field: FormField, answers: Answers, place: LogPlace): DerivedDay | null {
  const { log, subject, scope } = place
  const date = textOf(answers, field.code)
  if (takesLatest(field, log)) return deriveEndDay(date, capsOf(subject, scope))
  const firstProcedure = movesToProcedure(log) ? subject.firstProcedure : null
  const day = deriveStartDay(date, { firstProcedure })
  return day?.isDerived && hidesDays(log, scope) ? null : day
}

/**
 * The first day on which an entry may have begun, by which a data cut decides; it stands in no file. Missing
 * rule: no date → null. Example: asthma since 2019 → 2019-01-01.
 */
export function deriveFirstDay(answers: Answers, { log, subject, scope }: LogPlace): DerivedDay | null {
  const isMoved = movesToProcedure(log) && !hidesDays(log, scope)
  const firstProcedure = isMoved ? subject.firstProcedure : null
  return deriveStartDay(textOf(answers, log.orderedBy), { firstProcedure })
}

/** The rule of `deriveDay` for the codebook. Example: that of a death begins `The latest day`. */
export function describeDay(field: FormField, log: Log, scope: ExportScope): string {
  if (takesLatest(field, log))
    return 'The latest day that it allows, not after death, end of follow-up or data cut'
  if (!movesToProcedure(log))
    return 'The earliest day that it allows; what began before the study is not moved to its first procedure'
  const rule =
    'The earliest day that it allows, not before the first study procedure where that lies within it'
  return `${rule}${describeWithheld(log, scope)}`
}

/** What the codebook adds where a day is withheld. Example: arms shown → `''`. */
export function describeWithheld(log: Log, scope: ExportScope): string {
  return hidesDays(log, scope)
    ? '. Empty of a partial date in this export: its day could tell that of a harvest or dose'
    : ''
}

function takesLatest(field: FormField, log: Log): boolean {
  return isEnd(field) || LAST_DAYS.has(`${log.code} ${field.code}`)
}

function movesToProcedure(log: Log): boolean {
  return log.code !== 'conditions' && log.code !== 'departures'
}

function hidesDays(log: Log, scope: ExportScope): boolean {
  return !scope.armsShown && movesToProcedure(log)
}

/** The last contact is known once follow-up ended. */
function capsOf({ participant: { followUpEnd } }: ExportSubject, { dataCut }: ExportScope) {
  const isDeath = followUpEnd?.reason === 'died'
  const end = followUpEnd?.date ?? null
  return { death: isDeath ? end : null, lastContact: isDeath ? null : end, dataCut }
}
