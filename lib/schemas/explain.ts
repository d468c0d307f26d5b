/** What the page *Explain this number* and the command are asked, and what they are given. */
import type { ExplainedParticipant, Explanation } from '@/lib/domain/explain/explanation'
import type { OfferedNumber } from '@/lib/domain/explain/find-number'
import type { Parameter } from '@/lib/domain/instruments/instrument'
import type { PooledReason } from '@/lib/domain/outcomes/small-groups'
import type { ViewInForce } from '@/lib/domain/outcomes/view-in-force'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { AppError, FieldError } from '@/lib/domain/shared/errors'
import { err, ok, type Result } from '@/lib/domain/shared/result'
import { type CohortControls, formatCohortControls, readCohortControls } from './cohort'
import type { Moment, SinceLine } from './since-view'

/** A number to explain, and how it is counted. */
export interface ExplainAsked {
  /** Code of a rule or a score; null: the first main score. */
  readonly code: string | null
  /** Null: the last visit that anybody reached. */
  readonly visit: string | null
  /** Entries of the study's audit to compare; null: none. `to` alone is never given. */
  readonly from: number | null
  readonly to: number | null
  /** From 1. */
  readonly page: number
  /** How the cohort page counts; its scores and visits are not used. */
  readonly controls: CohortControls
}

type Given = Parameters<typeof readCohortControls>[0]

/**
 * Reads the address of the page, or the options of the command. Figures name a score and a rule (`parameter`, `rule`); the
 * page's own form names one of them (`code`), which wins.
 */
export function readExplainAddress(given: Given): Result<ExplainAsked, AppError> {
  const { parameter, visit, arm: _, reference: __, ...others } = given
  const controls = readCohortControls(others)
  const code = firstOf(given.code) ?? firstOf(given.rule) ?? firstOf(parameter)
  const [from, to] = [readEntry('from', given.from), readEntry('to', given.to)]
  const fields = [
    ...(controls.ok || controls.error.code !== 'invalidInput' ? [] : controls.error.fields),
    ...[from, to].flatMap(entry => entry.fields),
    ...checkOrder(from.entry, to.entry),
  ]
  if (!controls.ok || fields.length > 0) return err({ code: 'invalidInput', fields })
  const page = Number(firstOf(given.page) ?? 1)
  return ok({
    code,
    visit: firstOf(visit),
    from: from.entry,
    to: to.entry,
    page: Number.isSafeInteger(page) && page >= 1 && page <= 100_000 ? page : 1,
    controls: controls.value,
  })
}

function firstOf(given: string | readonly string[] | undefined): string | null {
  const first = typeof given === 'object' ? given[0] : given
  return first?.trim().slice(0, 64) || null
}

function readEntry(field: string, given: Given[string]): { entry: number | null; fields: FieldError[] } {
  const text = firstOf(given)
  if (text === null) return { entry: null, fields: [] }
  if (/^\d{1,15}$/.test(text)) return { entry: Number(text), fields: [] }
  const what = `“${text}” is no audit entry. Give its number, for example 120.`
  return { entry: null, fields: [{ field, value: text, text: what }] }
}

function checkOrder(from: number | null, to: number | null): FieldError[] {
  if (to === null || (from !== null && from < to)) return []
  const text =
    from === null
      ? 'Name the earlier entry as well, or leave both empty.'
      : `Entry ${from} is not before entry ${to}. Name the earlier one first.`
  return [{ field: 'from', value: from === null ? '' : String(from), text }]
}

/** The query of an address that explains the same number in the same way, with some of it replaced. */
export function formatExplainQuery(asked: ExplainAsked, changes: Partial<ExplainAsked> = {}): string {
  const { code, visit, from, to, page, controls } = { ...asked, ...changes }
  const query = new URLSearchParams(formatCohortControls({ ...controls, parameters: [], visits: [] }))
  for (const [name, value] of Object.entries({ code, visit, from, to, page: page > 1 ? page : null }))
    if (value !== null) query.set(name, String(value))
  return query.toString()
}

/** A participant by the name under which this reader may know them. */
export interface ToldParticipant extends Omit<ExplainedParticipant, 'participant'> {
  /** `subject` is a made-up label and days are left out: of another site, or with a form still to be entered blind. */
  readonly concealed: boolean
}

export type ToldExplanation = Omit<Explanation, 'participants'>

/** One write that touched the rows behind a number. */
export interface TouchingEntry extends Pick<SinceLine, 'at' | 'actor' | 'summary' | 'values' | 'reason'> {
  readonly seq: number
  readonly role: string
  readonly visit: string | null
  readonly form: string | null
}

/** A participant whose part in the number differs between two states. */
export interface ToldChange {
  readonly subject: string
  readonly concealed: boolean
  readonly before: ToldParticipant | null
  readonly now: ToldParticipant | null
  /** Null: this reader may not see them. */
  readonly entries: readonly TouchingEntry[] | null
}

/** How the number moved from an earlier entry of the audit to the one explained. */
export interface ExplainedMove {
  readonly from: Moment
  readonly to: Moment
  /** As it was then, by the same code; null: the protocol in force then had no such number. */
  readonly before: ToldExplanation | null
  readonly versions: readonly [before: string, now: string]
  readonly nChanged: number
  /** Null where participants may not be told beside their values. */
  readonly changed: readonly ToldChange[] | null
  /** Protocol versions published in between. */
  readonly ofStudy: readonly TouchingEntry[]
}

/** What `longitude explain --json` prints. */
export interface ExplainedNumber {
  readonly study: string
  readonly dataCut: CalendarDate
  readonly asOf: number
  readonly version: string
  readonly softwareVersion: string
  readonly synthetic: boolean
  readonly code: string
  readonly view: ViewInForce
  /** As in the summary: results by arm are open to this reader, and yet pooled here. */
  readonly armsReason?: PooledReason
  readonly explanation: ToldExplanation
  /** Null where arms are hidden or masked: then no participant may stand beside a value. */
  readonly participants: readonly ToldParticipant[] | null
  readonly between: ExplainedMove | null
}

/** What the page needs beside it. */
export interface ExplainPage {
  readonly explained: ExplainedNumber
  readonly title: string
  readonly protocol: Protocol
  readonly parameters: ReadonlyMap<string, Parameter>
  readonly numbers: readonly OfferedNumber[]
  readonly lockedAt: string | null
  /** Whether the reader may open participants at all. */
  readonly opensParticipants: boolean
}
