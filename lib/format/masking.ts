import { FEWEST_IN_ARM, type PooledReason } from '@/lib/domain/outcomes/small-groups'

const POOLED: Readonly<Record<PooledReason, string>> = {
  notAsOfNow:
    'Results by arm are given to you only as they stand now; at another data cut or entry they are pooled.',
  smallArm: `Results are pooled for you while an arm has fewer than ${FEWEST_IN_ARM} participants, since results by arm could tell who is in it.`,
}

/** Why results are pooled for somebody to whom results by arm are open. */
export function describePooledReason(reason: PooledReason): string {
  return POOLED[reason]
}
