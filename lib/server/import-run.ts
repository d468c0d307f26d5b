import type { Tx } from '@/db/client'
import type { StoredSubject } from '@/db/queries/imports'
import type { Given } from '@/lib/domain/imports/import-plan'
import type { SkippedRows } from '@/lib/domain/imports/map-rows'
import type { SiteApproval } from '@/lib/domain/protocol/consent'
import type { CellError } from '@/lib/domain/shared/errors'
import type { SiteId } from '@/lib/domain/shared/ids'
import type { OpenStudy } from './studies'

/** A stored value that the file would change. */
export interface ImportChange {
  readonly row: number
  readonly column: string | null
  readonly subject: string
  readonly visit: string | null
  readonly field: string
  readonly stored: string
  readonly given: string
}

/** What an import did, or on a dry run would do. */
export interface ImportReport {
  readonly study: string
  readonly file: string
  readonly sha256: string
  readonly dryRun: boolean
  /** False where the file says nothing that is not stored already. */
  readonly changedAnything: boolean
  readonly rowsRead: number
  readonly rowsImported: number
  readonly skipped: readonly SkippedRows[]
  readonly ignoredColumns: readonly string[]
  readonly sitesCreated: readonly string[]
  readonly participants: { readonly registered: number; readonly known: number }
  readonly allocationsRecorded: number
  readonly treatmentsRecorded: number
  readonly visits: { readonly opened: number; readonly known: number }
  /** Values of participants, visits and items. */
  readonly values: { readonly new: number; readonly changed: number; readonly unchanged: number }
  readonly changes: readonly ImportChange[]
  readonly reasonNeeded: boolean
  /** Accepted though nobody confirmed them. */
  readonly softChecksUnconfirmed: number
  readonly datesOutOfWindow: number
}

/** The id of a row that is stored, or will be once the writes before this one are carried out. */
export interface Slot<Id> {
  id: Id | null
}

export function idIn<Id>(slot: Slot<Id>): Id {
  if (slot.id === null) throw new Error('a row is written before what it belongs to')
  return slot.id
}

export interface PlannedSite {
  readonly slot: Slot<SiteId>
  readonly code: string
  readonly timeZone: string
  /** When protocol versions were approved there. */
  readonly approvals: readonly SiteApproval[]
}

/**
 * One import, planned against a snapshot of the database: checked and scored, so that nothing is left to do in the
 * transaction but to carry out `writes` in their order. Errors are gathered, so that all are told at once.
 */
export interface ImportRun {
  readonly open: OpenStudy
  readonly now: string
  readonly register: boolean
  readonly mayCreateSites: boolean
  readonly reason: string | null
  /** Column whose numbers the mapping converts → how, in words: the unit of the source stays with the form. */
  readonly conversions: ReadonlyMap<string, string>
  /** Sites of the study, by code; those that the import adds too. */
  readonly sites: Map<string, PlannedSite>
  /** What is stored of the participants being planned, by number. */
  stored: ReadonlyMap<string, StoredSubject>
  /** Why records of the participants being planned were voided, by number. */
  voided: ReadonlyMap<string, string>
  readonly writes: ((tx: Tx) => void)[]
  readonly errors: CellError[]
  readonly changes: ImportChange[]
  readonly sitesCreated: string[]
  readonly counts: {
    registered: number
    known: number
    allocations: number
    treatments: number
    visitsOpened: number
    visitsKnown: number
    valuesNew: number
    valuesUnchanged: number
    softChecks: number
    outOfWindow: number
  }
}

export function startRun(
  facts: Pick<ImportRun, 'open' | 'now' | 'register' | 'mayCreateSites' | 'reason' | 'conversions' | 'sites'>,
): ImportRun {
  const counts = {
    registered: 0,
    known: 0,
    allocations: 0,
    treatments: 0,
    visitsOpened: 0,
    visitsKnown: 0,
    valuesNew: 0,
    valuesUnchanged: 0,
    softChecks: 0,
    outOfWindow: 0,
  }
  return {
    ...facts,
    stored: new Map(),
    voided: new Map(),
    writes: [],
    errors: [],
    changes: [],
    sitesCreated: [],
    counts,
  }
}

/** Notes what is wrong with something given. */
export function refuseGiven(run: ImportRun, given: Given<unknown>, text: string): void {
  run.errors.push({ row: given.row, column: given.column, value: String(given.value), text })
}

/**
 * Counts a value against the stored one and says whether it is to be written. A stored value changes only where a
 * reason was given; without one the change is noted and the import refused in the end.
 */
export function weighValue(
  run: ImportRun,
  place: {
    readonly row: number
    readonly column: string | null
    readonly subject: string
    readonly visit: string | null
  },
  field: string,
  stored: string | null,
  given: string,
): boolean {
  if (stored === given) {
    run.counts.valuesUnchanged += 1
    return false
  }
  if (stored === null) {
    run.counts.valuesNew += 1
    return true
  }
  run.changes.push({ ...place, field, stored, given })
  return run.reason !== null
}
