'use server'

import { SettleDoubleEntry } from '@/lib/schemas/double-entry'
import { SaveVisit } from '@/lib/schemas/visits'
import { action } from '@/lib/server/action'
import * as entry from '@/lib/server/double-entry'
import * as settling from '@/lib/server/double-entry-settling'

/** What was saved is named in the address, so that the page that follows can say so. */
const listAfter = (study: string, saved: string) =>
  `/studies/${encodeURIComponent(study)}/worklist?${new URLSearchParams({ saved })}`

export const saveSecondEntry = action(SaveVisit, entry.saveSecondEntry, (saved, { study }) =>
  listAfter(study, `${saved.number} ${saved.visit}, second entry${describeOutcome(saved.differing)}`),
)

export const settleDifferences = action(SettleDoubleEntry, settling.settleDifferences, (saved, { study }) =>
  listAfter(study, `${saved.number} ${saved.visit}, differences decided`),
)

function describeOutcome(differing: number): string {
  if (differing === 0) return ', equal to the first'
  return differing === 1 ? '; 1 form differs from the first' : `; ${differing} forms differ from the first`
}
