'use server'

import { OverrideEligibility, VoidOverride } from '@/lib/schemas/eligibility-overrides'
import { action } from '@/lib/server/action'
import * as overrides from '@/lib/server/eligibility-overrides'

const pageOf = ({ number }: { number: string }, { study }: { study: string }) =>
  `/studies/${study}/participants/${encodeURIComponent(number)}`

export const overrideEligibility = action(OverrideEligibility, overrides.overrideEligibility, pageOf)
export const voidOverride = action(VoidOverride, overrides.voidOverride, pageOf)
