import type { HistoryEntry } from '@/db/queries/history'
import { findFormDefinition } from '@/lib/domain/instruments/form-definition'
import type { Answer, Answers } from '@/lib/domain/instruments/instrument'
import { findLog } from '@/lib/domain/logs/registry'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { formatVisitName } from '@/lib/domain/protocol/unscheduled'
import { formatShortFormName } from '@/lib/format/answers'

/** A value that a write changed, in words. */
export interface ToldChange {
  readonly field: string
  readonly label: string
  readonly old: string
  readonly now: string
}

/** One write in plain words. `dose`: what the dose that it is about is called. */
export function summarise(
  protocol: Protocol,
  entry: HistoryEntry,
  changes: readonly ToldChange[],
  dose: string,
): string {
  const what = nameRecord(protocol, entry, dose)
  switch (entry.act) {
    case 'insert':
      return summariseFirst(protocol, entry, what, changes)
    case 'void':
      return `Voided ${what}`
    case 'update': {
      const [only, ...others] = changes
      // Of what changed nothing is told: keys, or what the reader may not know.
      if (!only) return `Changed ${what}`
      if (others.length > 0) return `Changed ${what}, ${changes.length} fields`
      const from = only.old === '' ? '' : ` from ${only.old}`
      return `${only.old === '' ? 'Entered' : 'Changed'} ${only.label}${whereOf(protocol, entry)}${from} ${only.old === '' ? 'as' : 'to'} ${only.now || 'empty'}`
    }
    default:
      return entry.act
  }
}

function summariseFirst(
  protocol: Protocol,
  entry: HistoryEntry,
  what: string,
  changes: readonly ToldChange[],
): string {
  const nowOf = (field: string) => changes.find(change => change.field === field)?.now
  switch (entry.entity) {
    case 'participants':
      return `Registered: ${nowOf('outcome') ?? 'screened'}`
    case 'allocations':
      return nowOf('arm') ? `Recorded the arm: ${nowOf('arm')}` : 'Recorded an arm'
    case 'eligibility_overrides':
      return `Overrode criterion ${nowOf('criterion')}: ${nowOf('reason')}`
    case 'treatments':
      return `Recorded ${what}`
    case 'visits':
      return nowOf('missedReason') ? `Declared ${what} missed` : `Began ${what}${dated(nowOf('visitDate'))}`
    case 'assessments': {
      const count = changes.filter(({ field }) => field.startsWith('answers.')).length
      return nowOf('notDoneReason')
        ? `Recorded ${what} as not done`
        : `Entered ${what}, ${count === 1 ? '1 field' : `${count} fields`}`
    }
    case 'log_entries': {
      const log = findLog(entry.form ?? '')
      return log ? `Recorded ${what}: ${log.describe(readAnswers(entry), protocol)}` : `Recorded ${what}`
    }
    default:
      return `Recorded ${what}`
  }
}

/** The answers that a first write stored. */
function readAnswers({ changes }: HistoryEntry): Answers {
  const own = Object.entries(changes).filter(([field]) => field.startsWith('answers.'))
  return Object.fromEntries(
    own.map(([field, [, now]]) => [field.slice('answers.'.length), now as unknown as Answer]),
  )
}

const dated = (date: string | undefined) => (date ? `, ${date}` : '')

/** What a record is called in a sentence. */
export function nameRecord(protocol: Protocol, { entity, form, visit }: HistoryEntry, dose: string): string {
  const name = formatVisitName(protocol, visit ?? '')
  if (entity === 'treatments') return dose
  if (entity === 'log_entries') return withArticle(findLog(form ?? '')?.one ?? 'log entry')
  if (entity === 'event_reports') return 'a report of an adverse event'
  if (entity === 'visits') return name
  if (entity === 'assessments') return `${formatFormCode(protocol, form)} at ${name}`
  if (entity === 'second_entries') return `the second entry of ${formatFormCode(protocol, form)} at ${name}`
  if (entity === 'eligibility_overrides') return 'an eligibility override'
  return entity === 'allocations' ? 'the arm' : 'the registration'
}

/** Example: `adverse event` → `an adverse event`. */
function withArticle(noun: string): string {
  return `${/^[aeio]/i.test(noun) ? 'an' : 'a'} ${noun}`
}

function whereOf(protocol: Protocol, { entity, visit }: HistoryEntry): string {
  if (entity !== 'assessments' && entity !== 'visits') return ''
  return ` at ${formatVisitName(protocol, visit ?? '')}`
}

function formatFormCode(protocol: Protocol, form: string | null): string {
  const definition = form === null ? undefined : findFormDefinition(protocol, form)
  return definition ? formatShortFormName(definition) : (form ?? '')
}
