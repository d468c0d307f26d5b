import { ENTRY_MISSING_REASONS } from '@/lib/domain/instruments/answers'
import type { Item } from '@/lib/domain/instruments/instrument'
import type { MissingReason } from '@/lib/domain/shared/missing'

const LABELS: Readonly<Record<MissingReason, string>> = {
  notDone: 'Not done',
  notAsked: 'Not asked',
  declined: 'Declined',
  illegible: 'Illegible',
  notApplicable: 'Not applicable',
  unknown: 'Unknown',
  notInSource: 'Not in source',
}

/**
 * Where answers come from: typed by a person, or read from a file, which may also lack a value
 * (`notInSource`).
 */
export type AnswerSource = 'entry' | 'import'

/** What carries missing reasons: an item of an instrument or a field of a study's form. */
export type MissingRule = Pick<Item, 'missingLabels'> & {
  readonly missingCodes?: readonly MissingReason[] | undefined
}

/**
 * What a missing reason is called, at an item that may have its own name for it.
 * Example: `formatMissingReason('notAsked')` → `'Not asked'`.
 */
export function formatMissingReason(reason: MissingReason, item?: MissingRule): string {
  return item?.missingLabels?.[reason] ?? LABELS[reason]
}

/**
 * The missing reasons that may be given for an item, in the order to offer them. An import may also say
 * `notInSource`.
 * Example: `listMissingReasons({ missingCodes: ['notDone'] }, 'import')` → `['notDone', 'notInSource']`.
 */
export function listMissingReasons(
  item: MissingRule,
  source: AnswerSource = 'entry',
): readonly MissingReason[] {
  const codes = item.missingCodes ?? ENTRY_MISSING_REASONS
  return source === 'import' && !codes.includes('notInSource') ? [...codes, 'notInSource'] : codes
}
