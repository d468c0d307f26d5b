import type { Protocol } from './protocol'

/**
 * What a reader may learn of allocations; an argument of every read that returns an arm.
 * `participantArms`: the arm of a single participant. `resultsByArm`: results, contrasts and exports by arm.
 */
export interface MaskingView {
  readonly participantArms: boolean
  readonly resultsByArm: boolean
}

/** What of a study decides how it is masked. `arms`: how many the protocol has. */
export interface MaskingFacts {
  readonly masking: Protocol['masking']
  readonly arms: number
  readonly locked: boolean
}

/** Roles at a site, to whom results by arm stay closed in randomised studies until lock. */
const SITE_ROLES: readonly string[] = ['coordinator', 'investigator', 'monitor']

const OPEN: MaskingView = { participantArms: true, resultsByArm: true }

/**
 * The masking view of a role in a study. Site staff: arms of participants where the protocol does not mask site staff,
 * results by arm after lock only, whatever the masking. Data manager: all, but in a fully masked study nothing before
 * lock. Statistician: all in an open study, else nothing before lock, which is the recorded act that unblinds. A role
 * that is not named here sees no arm.
 * Source: clinical.md §3, interim results; the roles table. Checked against both in masking.test.ts.
 * Example: `deriveMaskingView({ masking: 'siteStaff', arms: 2, locked: false }, 'statistician')` → both false.
 */
export function deriveMaskingView(study: MaskingFacts, role: string): MaskingView {
  if (study.arms <= 1 || role === 'operator') return OPEN
  const { masking, locked } = study
  if (SITE_ROLES.includes(role)) {
    return { participantArms: masking === 'open' || masking === 'participant', resultsByArm: locked }
  }
  const isOpen =
    locked ||
    (role === 'dataManager' && masking !== 'full') ||
    (role === 'statistician' && masking === 'open')
  const isKnown = role === 'dataManager' || role === 'statistician'
  return { participantArms: isOpen && isKnown, resultsByArm: isOpen && isKnown }
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
  }
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
