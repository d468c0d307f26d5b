import type { RecordChange, ValueChange } from './known-changes'

/** How much became known between two states of a study. Each counts from 0. */
export interface KnownCounts {
  /** Answers of forms that were not there before. */
  readonly newValues: number
  /** Answers, dates and other particulars of forms and visits that were there and are different or gone. */
  readonly correctedValues: number
  /** Visits and forms that no longer count, and those that stand elsewhere. */
  readonly takenOut: number
  readonly moved: number
  readonly newEvents: number
  /** Events corrected, voided or reported on. */
  readonly changedEvents: number
  readonly registered: number
  /** Doses recorded, corrected or voided. */
  readonly doses: number
  /** Log entries other than events, allocations, sites, the protocol and the rest. */
  readonly others: number
}

const EVENTS = 'adverseEvents'

/** What a record's change is about, for a reader. */
export type KnownTopic = 'values' | 'events' | 'participants' | 'doses' | 'others'

/**
 * Under which topic a changed record is told. Example: an assessment → `'values'`; an entry of the log of adverse events
 * or a report of one → `'events'`.
 */
export function topicOf({ entity, last }: RecordChange): KnownTopic {
  if (entity === 'assessments' || entity === 'visits') return 'values'
  if (entity === 'event_reports' || (entity === 'log_entries' && last.form === EVENTS)) return 'events'
  if (entity === 'participants') return 'participants'
  return entity === 'treatments' ? 'doses' : 'others'
}

/** Columns of a form or visit that a reader takes for a value; the others say where it stands or how it was entered. */
const PARTICULARS: ReadonlySet<string> = new Set([
  'visitDate',
  'missedReason',
  'assessmentDate',
  'beforeTreatment',
  'notDoneReason',
  'location',
  'laterality',
])

/**
 * Whether a change of a form or visit is a value that is new, or one that was corrected (or taken back); null: it is
 * neither. A first date or particular is part of its form and not counted for itself.
 * Example: `answers.NPRS_AVG` null → 4 → `'new'`; 4 → 5 and 4 → null → `'corrected'`; a confirmation → null.
 */
export function classifyValue({
  field,
  old,
}: Pick<ValueChange, 'field' | 'old'>): 'new' | 'corrected' | null {
  const isFirst = old === null || old === ''
  if (field.startsWith('answers.')) return isFirst ? 'new' : 'corrected'
  return PARTICULARS.has(field) && !isFirst ? 'corrected' : null
}

/**
 * Counts what became known. A second entry of the same form is of no result and not counted.
 * Example: one new NPRS of two items and a corrected one → `newValues` 2, `correctedValues` 1.
 */
export function countKnown(changes: readonly RecordChange[]): KnownCounts {
  const counts = {
    ...{ newValues: 0, correctedValues: 0, takenOut: 0, moved: 0, newEvents: 0, changedEvents: 0 },
    ...{ registered: 0, doses: 0, others: 0 },
  }
  for (const change of changes) {
    const topic = topicOf(change)
    if (topic === 'values') countValues(counts, change)
    else if (topic === 'events')
      counts[change.kind === 'new' && change.entity === 'log_entries' ? 'newEvents' : 'changedEvents'] += 1
    else if (topic === 'doses') counts.doses += 1
    else if (topic === 'participants' && change.kind === 'new') counts.registered += 1
    else if (change.entity !== 'second_entries') counts.others += 1
  }
  return counts
}

function countValues(
  counts: { newValues: number; correctedValues: number; takenOut: number; moved: number },
  { kind, values }: RecordChange,
): void {
  if (kind === 'takenOut') counts.takenOut += 1
  else {
    if (kind === 'moved') counts.moved += 1
    for (const value of values) {
      const as = classifyValue(value)
      if (as === 'new') counts.newValues += 1
      if (as === 'corrected') counts.correctedValues += 1
    }
  }
}
