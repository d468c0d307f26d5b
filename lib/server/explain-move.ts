import { listKnownEntries } from '@/db/queries/cohort-looks'
import { studyChain } from '@/db/table-kinds'
import { type ChangedContribution, compareExplanations } from '@/lib/domain/explain/compare-explanations'
import type { Explanation } from '@/lib/domain/explain/explanation'
import { makeTouchesNumber } from '@/lib/domain/explain/touching-entries'
import { deriveRecordChanges, type KnownEntry } from '@/lib/domain/knowledge/known-changes'
import type { AnalysisView } from '@/lib/domain/outcomes/analysis-view'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { groupRows } from '@/lib/domain/shared/group-rows'
import type { ExplainedMove, ToldChange, TouchingEntry } from '@/lib/schemas/explain'
import { findMoment } from './cohort-looks'
import type { Ctx } from './context'
import { type Concealer, tellExplanation } from './explain-people'
import { makeTeller } from './since-lines'
import type { OpenStudy } from './studies'

/** The same number at two states. `from` null: nothing is compared; explanation null: there was no such number then. */
export interface BothStates {
  readonly before: {
    readonly from: number | null
    readonly explanation: Explanation | null
    readonly protocolVersion: string
  }
  readonly now: {
    readonly explanation: Explanation
    readonly asOf: number
    readonly protocol: Protocol
    readonly protocolVersion: string
  }
}

interface MoveToTell {
  readonly states: BothStates
  readonly view: AnalysisView
  readonly mayName: boolean
  readonly conceal: Concealer
}

/** Whose part differs between two states, and the writes in between that touched the rows behind it. */
export function tellMove(ctx: Ctx, opened: OpenStudy, move: MoveToTell): ExplainedMove {
  const { before, now } = move.states
  const { study } = opened
  const momentOf = (seq: number) => findMoment(ctx.db, study, seq) ?? { seq, at: ctx.now }
  const from = before.from ?? now.asOf
  const entries = listKnownEntries(ctx.db, studyChain(study.code), {
    ...{ first: from + 1, last: now.asOf, limit: MOST_ENTRIES },
  })
  const changed = compareExplanations(before.explanation, now.explanation)
  return {
    from: momentOf(from),
    to: momentOf(now.asOf),
    before: before.explanation && tellExplanation(before.explanation),
    versions: [before.protocolVersion, now.protocolVersion],
    nChanged: changed.length,
    changed: move.mayName ? tellChanged(ctx, opened, move, changed, entries) : null,
    ofStudy: entries.filter(({ entity }) => entity === 'protocol_versions').map(tellOfStudy),
  }
}

/** As many writes are read through; an import of more is told by the participants it changed. */
const MOST_ENTRIES = 50_000

function tellChanged(
  ctx: Ctx,
  opened: OpenStudy,
  { states, view, conceal }: MoveToTell,
  changed: readonly ChangedContribution[],
  entries: readonly KnownEntry[],
): ToldChange[] {
  const { explanation, protocol } = states.now
  const touches = makeTouchesNumber(explanation, protocol, view)
  const tell = makeEntryTeller(ctx, opened)
  const bySubject = groupRows(entries.filter(touches), ({ subject }) => subject)
  return changed.flatMap(contribution => {
    const before = contribution.before && conceal(contribution.before)
    const now = contribution.now && conceal(contribution.now)
    const told = now ?? before
    if (told === null) return []
    const { subject, concealed } = told
    const own = [...new Set([before?.subject, now?.subject])].flatMap(each =>
      each === undefined ? [] : (bySubject.get(each) ?? []),
    )
    const inOrder = own.toSorted((a, b) => a.seq - b.seq)
    return [{ subject, concealed, before, now, entries: concealed ? null : tell(inOrder) }]
  })
}

/** Null where the reader may not open the participant. */
function makeEntryTeller(ctx: Ctx, opened: OpenStudy) {
  const teller = makeTeller(ctx, opened)
  return (entries: readonly KnownEntry[]): TouchingEntry[] | null => {
    const changes = entries.flatMap(entry => deriveRecordChanges([entry]).map(change => ({ entry, change })))
    if (changes.some(({ change }) => !teller.mayTell(change))) return null
    return changes.flatMap(({ entry, change }) => {
      const lines = teller.tell(change)
      const [line] = lines
      if (line === undefined) return []
      const values = lines.flatMap(each => each.values)
      const { seq, role, visit, form } = entry
      const { at, actor, reason, summary } = line
      return [{ seq, at, actor, role, visit, form, summary, values, reason }]
    })
  }
}

function tellOfStudy({ seq, at, actor, role, visit, form, reason }: KnownEntry): TouchingEntry {
  const summary = 'A protocol version was published'
  return { seq, at, actor, role, visit, form, summary, values: [], reason }
}
