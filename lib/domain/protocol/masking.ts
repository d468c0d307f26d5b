import type { Protocol } from './protocol'

/** Roles at a site, to whom results by arm stay closed in randomised studies until lock. */
const SITE_ROLES: readonly string[] = ['coordinator', 'investigator', 'monitor']

/**
 * What a reader may learn of allocations; an argument of every read that returns an arm.
 * `participantArms`: the arm of a single participant. `resultsByArm`: results, contrasts and exports by arm.
 */
export interface MaskingView {
  readonly participantArms: boolean
  readonly resultsByArm: boolean
}

/** The masking view of a role in a study (clinical reference §3, interim results). */
export function deriveMaskingView(
  study: { readonly masking: Protocol['masking']; readonly arms: number; readonly locked: boolean },
  role: string,
): MaskingView {
  if (study.arms <= 1) return { participantArms: true, resultsByArm: true }
  if (role === 'operator') return { participantArms: true, resultsByArm: true }
  const siteRole = SITE_ROLES.includes(role)
  const blinded = study.masking === 'full' || (study.masking === 'siteStaff' && siteRole)
  return {
    participantArms: !blinded,
    resultsByArm: siteRole ? study.locked : !blinded || study.locked,
  }
}
