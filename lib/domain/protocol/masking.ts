import type { Protocol } from './protocol'

/**
 * What a reader may learn of allocations; an argument of every read that returns an arm.
 * `participantArms`: the arm of a single participant. `resultsByArm`: results, contrasts and exports by arm.
 * `armsNamed`: which arm is which in them; where results stand by arm and this is false they are of `Arm A`, `Arm B` …
 */
export interface MaskingView {
  readonly participantArms: boolean
  readonly resultsByArm: boolean
  readonly armsNamed: boolean
}

/** How far a release opens results: by arms that are masked, or by named arms. */
export type ReleaseLevel = 'armsMasked' | 'byArm'

/**
 * To whom: `statistician`, who prepares the closed report of a data monitoring committee while everybody else, sponsor
 * and data manager included, stays blind; or `all` who may read the study's results.
 */
export type ReleaseAudience = 'statistician' | 'all'

/** A recorded release that was not withdrawn. */
export interface Release {
  readonly level: ReleaseLevel
  readonly audience: ReleaseAudience
}

/** What of a study decides how it is masked. `arms`: how many the protocol has. `releases`: those in force. */
export interface MaskingFacts {
  readonly masking: Protocol['masking']
  readonly arms: number
  readonly locked: boolean
  readonly releases: readonly Release[]
}

/** Roles at a site, to whom results by arm stay closed in randomised studies until lock or a release. */
const SITE_ROLES: readonly string[] = ['coordinator', 'investigator', 'monitor']

/** Roles that a release to all opens results to. */
const OPENED_BY_RELEASE: readonly string[] = [...SITE_ROLES, 'dataManager', 'statistician']

const OPEN: MaskingView = { participantArms: true, resultsByArm: true, armsNamed: true }

/**
 * The masking view of a role in a study. Site staff: arms of participants where the protocol does not mask site staff,
 * results by arm after lock only, whatever the masking. Data manager: all, but in a fully masked study nothing before
 * lock. Statistician: all in an open study, else nothing before lock. A release in force opens results, with or without
 * the names of the arms, to its audience; it never opens the arm of a participant, and closes nothing. A role that is
 * not named here sees no arm.
 * Source: clinical.md §3, interim results; the roles table. Checked against both in masking.test.ts.
 * Example: `deriveMaskingView({ masking: 'siteStaff', arms: 2, locked: false, releases: [] }, 'statistician')` → all false.
 */
export function deriveMaskingView(study: MaskingFacts, role: string): MaskingView {
  if (study.arms <= 1 || role === 'operator') return OPEN
  const view = deriveUnreleased(study, role)
  if (view.resultsByArm) return view
  const own = study.releases.filter(
    ({ audience }) => audience === role || (audience === 'all' && OPENED_BY_RELEASE.includes(role)),
  )
  const armsNamed = own.some(({ level }) => level === 'byArm')
  return { ...view, resultsByArm: own.length > 0, armsNamed }
}

function deriveUnreleased({ masking, locked }: MaskingFacts, role: string): MaskingView {
  if (SITE_ROLES.includes(role)) {
    const participantArms = masking === 'open' || masking === 'participant'
    return { participantArms, resultsByArm: locked, armsNamed: locked }
  }
  const isOpen =
    (locked && (role === 'dataManager' || role === 'statistician')) ||
    (role === 'dataManager' && masking !== 'full') ||
    (role === 'statistician' && masking === 'open')
  return { participantArms: isOpen, resultsByArm: isOpen, armsNamed: isOpen }
}

/**
 * The view of a person with several roles in a study: what one of them closes stays closed, whatever another opens.
 * No role at all → nothing is open. Source: the roles table, “a blinded role never receives an allocation by any road”.
 * Example: coordinator and data manager of a study that masks site staff → `participantArms` false.
 */
export function deriveMostRestrictiveView(study: MaskingFacts, roles: readonly string[]): MaskingView {
  const views = roles.map(role => deriveMaskingView(study, role))
  return {
    participantArms: views.length > 0 && views.every(view => view.participantArms),
    resultsByArm: views.length > 0 && views.every(view => view.resultsByArm),
    armsNamed: views.length > 0 && views.every(view => view.armsNamed),
  }
}

/**
 * The release by which results by arm stand open to a person, as they do; null: closed, or open without any. Of several
 * the first. Example: a statistician of a masked study with one release to statisticians → that release.
 */
export function findOpeningRelease<R extends Release>(
  study: Omit<MaskingFacts, 'releases'> & { readonly releases: readonly R[] },
  roles: readonly string[],
): R | null {
  const isAs = (one: MaskingView, other: MaskingView) =>
    one.resultsByArm === other.resultsByArm && one.armsNamed === other.armsNamed
  const view = deriveMostRestrictiveView(study, roles)
  if (isAs(view, deriveMostRestrictiveView({ ...study, releases: [] }, roles))) return null
  return (
    study.releases.find(one => isAs(view, deriveMostRestrictiveView({ ...study, releases: [one] }, roles))) ??
    null
  )
}

/**
 * Whether a result stands by arms that are masked for this reader: `Arm A`, `Arm B` …, in an order of the study's own.
 * Example: `hasMaskedArms({ participantArms: false, resultsByArm: true, armsNamed: false })` → true.
 */
export function hasMaskedArms(view: MaskingView): boolean {
  return view.resultsByArm && !view.armsNamed
}

/**
 * Whether the data of a result may carry which arm or treatment is which. Where it is false, treatments are told by
 * their order alone. Example: false for pooled results and for masked arms.
 */
export function mayNameArms(view: MaskingView): boolean {
  return view.resultsByArm && view.armsNamed
}

/**
 * Columns of a recorded dose from which the arm could be told; answers to questions about it name the treatment, its
 * details the product, why it was voided either.
 */
const TELLING_OF_DOSE = /^(plan|conditionMet|voidReason|(confirmations|details)\..*)$/

/**
 * Whether a field of a stored record, or all of it (`field` null), could tell this reader the arm of a participant.
 * Holds for history, trail and their filters. Example: `mayTellArm(view, 'treatments', 'plan')` → true for a masked
 * reader; `mayTellArm(view, 'treatments', 'givenOn')` → false.
 */
export function mayTellArm(view: MaskingView, entity: string | null, field: string | null): boolean {
  if (view.participantArms) return false
  if (entity === 'allocations') return true
  return entity === 'treatments' && field !== null && TELLING_OF_DOSE.test(field)
}

/**
 * Whether the reason of a change could tell this reader the arm of a participant: what was typed about an allocation or a
 * dose may name it, whatever field was changed. Source: clinical.md §3, interim results.
 * Example: `mayReasonTellArm(view, 'treatments')` → true for a masked reader.
 */
export function mayReasonTellArm(view: MaskingView, entity: string | null): boolean {
  return !view.participantArms && (entity === 'allocations' || entity === 'treatments')
}
