import { type Leaf, leafOf, nullLeaf, presentLeaf } from '@/lib/domain/outcomes/leaf'
import type { PopulationData } from '@/lib/domain/population/population-data'
import { daysBetween } from '@/lib/domain/shared/calendar-date'
import { compareText } from '@/lib/domain/shared/compare-text'
import { quantileType7 } from '@/lib/domain/statistics/quantile'

/** Days from a visit to its first entry, by site. */
export interface EntryDelay {
  /** All sites together. */
  readonly overall: SiteDelay
  /** By code; sites at which the reader does not work are one line, `other`. */
  readonly sites: readonly SiteDelay[]
  /** Visits that came by an import, or whose entry is not known: they say nothing of a site's speed. */
  readonly imported: number
  /** Visits without a date. */
  readonly undated: number
}

export type SiteDelay = {
  readonly site: string
  /** Visits. */
  readonly n: number
} & Leaf<'median'> &
  Leaf<'q1'> &
  Leaf<'q3'> &
  Leaf<'max'> &
  Leaf<'within7'> & {
    /** How many visits were entered after so many days: n = Σ k. */
    readonly spread: readonly { readonly code: DelayClass; readonly k: number }[]
  }

/** Classes of delay in whole days, shortest first. */
export const DELAY_CLASSES = [
  { code: 'day0', upTo: 0 },
  { code: 'day7', upTo: 7 },
  { code: 'day14', upTo: 14 },
  { code: 'day30', upTo: 30 },
  { code: 'later', upTo: Number.POSITIVE_INFINITY },
] as const
export type DelayClass = (typeof DELAY_CLASSES)[number]['code']

/** Code of the sites at which the reader does not work, together. */
export const OTHER_SITES = 'other'

/**
 * How soon visits were entered: whole days from the visit's date to the day, at the site, of its first entry; median and
 * quartiles of type 7, the longest, and the number within 7 days. Visits of everybody screened, dated up to the cut,
 * whenever they were entered; missed visits have no date. Imports are counted apart.
 * Missing rule: no visit → `noValues`. Checked by hand in conduct.test.ts. R: `quantile(x, type = 7)`.
 * Example: entered after 0, 3 and 12 days → median 3, longest 12, within 7 days 2 of 3.
 */
export function computeEntryDelay(
  data: Pick<PopulationData, 'visits' | 'people' | 'dataCut' | 'ownSites'>,
): EntryDelay {
  const siteOf = new Map(data.people.map(person => [person.participant, person.site]))
  const bySite = new Map<string, number[]>()
  const all: number[] = []
  let imported = 0
  let undated = 0
  for (const { participant, date, isMissed, enteredOn } of data.visits) {
    const site = siteOf.get(participant)
    if (isMissed || site === undefined) continue
    if (date === null) undated += 1
    else if (date <= data.dataCut) {
      if (enteredOn === null) imported += 1
      else {
        const days = daysBetween(date, enteredOn)
        const shown = data.ownSites === 'all' || data.ownSites.includes(site) ? site : OTHER_SITES
        const known = bySite.get(shown)
        if (known) known.push(days)
        else bySite.set(shown, [days])
        all.push(days)
      }
    }
  }
  const sites = [...bySite].sort(([a], [b]) => rankSite(a) - rankSite(b) || compareText(a, b))
  return {
    overall: describeDelay('all', all),
    sites: sites.map(([site, days]) => describeDelay(site, days)),
    imported,
    undated,
  }
}

function rankSite(site: string): number {
  return site === OTHER_SITES ? 1 : 0
}

function describeDelay(site: string, days: readonly number[]): SiteDelay {
  const counts = new Map<DelayClass, number>()
  for (const day of days) {
    const code = DELAY_CLASSES.find(({ upTo }) => day <= upTo)?.code ?? 'later'
    counts.set(code, (counts.get(code) ?? 0) + 1)
  }
  const within = (counts.get('day0') ?? 0) + (counts.get('day7') ?? 0)
  return {
    site,
    n: days.length,
    ...leafOf('median', quantileType7(days, 0.5)),
    ...leafOf('q1', quantileType7(days, 0.25)),
    ...leafOf('q3', quantileType7(days, 0.75)),
    ...leafOf('max', quantileType7(days, 1)),
    ...(days.length === 0 ? nullLeaf('within7', 'noValues') : presentLeaf('within7', within)),
    spread: DELAY_CLASSES.map(({ code }) => ({ code, k: counts.get(code) ?? 0 })),
  }
}
