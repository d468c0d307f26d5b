/** Which consent is in force for a participant, what is still to be asked, and which protocol versions follow from it. */
import type { Protocol, VersionEntry } from '@/lib/domain/protocol/protocol'
import { type CalendarDate, compareDates } from '@/lib/domain/shared/calendar-date'

/** A consent given: the first at registration, later ones in the log. */
export interface GivenConsent {
  readonly version: string
  readonly date: CalendarDate
}

/** Day on which a protocol version was approved at the participant's site. */
export interface SiteApproval {
  readonly version: string
  readonly approvedOn: CalendarDate
}

export interface ConsentFacts {
  /** The first consent and those of the log, in any order; empty: not in the source. */
  readonly consents: readonly GivenConsent[]
  readonly approvals: readonly SiteApproval[]
  /** Enrolled, and not yet out of follow-up: nobody else is asked again. */
  readonly isInFollowUp: boolean
}

export interface ConsentStanding {
  /** The last consent given; null: none is known. */
  readonly inForce: GivenConsent | null
  /** The version to ask for, and since when it is due; null: nothing is due. */
  readonly due: { readonly version: string; readonly since: CalendarDate } | null
}

type Plans = Pick<Protocol, 'consents' | 'versions'>

/**
 * The consent in force is the last given, of two on one day the later version of the protocol's list. Due is the latest
 * version with `requiresReconsent` that is listed after it, from the day on which it was approved, and where a protocol
 * version takes effect on it (`onConsent`) not before that version was approved at the site.
 * Missing: no consent known → nothing in force and nothing due, since such a participant passes no consent gate.
 * Source: clinical.md §3, leaving; protocols/README.md, `sinceVersion`.
 * Example: consented to 1.0, 2.0 requires it and was approved 2024-06-01, today 2024-06-02 → due 2.0 since 2024-06-01.
 */
export function deriveConsentStanding(
  protocol: Plans,
  facts: ConsentFacts,
  today: CalendarDate,
): ConsentStanding {
  const order = (version: string) => protocol.consents.findIndex(consent => consent.version === version)
  const inForce =
    facts.consents
      .toSorted((a, b) => compareDates(a.date, b.date) || order(a.version) - order(b.version))
      .at(-1) ?? null
  if (inForce === null || !facts.isInFollowUp) return { inForce, due: null }
  const required = protocol.consents
    .map(({ version, approvedOn, requiresReconsent }) => {
      const since = [
        approvedOn,
        ...namedBy(protocol, version).map(entry => startAtSite(entry, facts.approvals)),
      ]
      return { version, isRequired: requiresReconsent === true, since: since.toSorted().at(-1) ?? approvedOn }
    })
    .filter(({ version, isRequired, since }) => {
      return isRequired && order(version) > order(inForce.version) && since <= today
    })
    .at(-1)
  return { inForce, due: required ? { version: required.version, since: required.since } : null }
}

/**
 * When each protocol version took effect for a participant, by number, as `deriveSchedule` takes it: the day of the
 * site's approval, else the version's `effectiveFrom` (then left out here); for a version with `onConsent` the day of the
 * first consent to that consent version or a later one, if that came after; null while there is none.
 * Source: protocols/README.md, `sinceVersion`.
 * Example: 1.1 approved at the site on 2024-03-01, `onConsent` 2.0, consented to 2.0 on 2024-04-15 →
 * `{ '1.1': '2024-04-15' }`.
 */
export function deriveVersionsInForce(
  protocol: Plans,
  facts: Pick<ConsentFacts, 'consents' | 'approvals'>,
): Readonly<Record<string, CalendarDate | null>> {
  const entries = protocol.versions.flatMap((version): [string, CalendarDate | null][] => {
    const approved = facts.approvals.some(approval => approval.version === version.number)
    const start = startAtSite(version, facts.approvals)
    if (version.onConsent === undefined) return approved ? [[version.number, start]] : []
    const from = protocol.consents.findIndex(consent => consent.version === version.onConsent)
    const enough = protocol.consents.slice(Math.max(from, 0)).map(consent => consent.version)
    const given = facts.consents
      .filter(consent => enough.includes(consent.version))
      .map(consent => consent.date)
      .toSorted()[0]
    return [[version.number, given === undefined ? null : compareDates(given, start) > 0 ? given : start]]
  })
  return Object.fromEntries(entries)
}

function namedBy(protocol: Plans, consent: string): readonly VersionEntry[] {
  return protocol.versions.filter(version => version.onConsent === consent)
}

function startAtSite(version: VersionEntry, approvals: readonly SiteApproval[]): CalendarDate {
  return approvals.find(approval => approval.version === version.number)?.approvedOn ?? version.effectiveFrom
}
