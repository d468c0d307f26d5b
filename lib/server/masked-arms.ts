import { createHmac } from 'node:crypto'
import type { Db } from '@/db/client'
import { findMaskingKey } from '@/db/queries/releases'
import type { CohortData } from '@/lib/domain/outcomes/cohort-data'
import { deriveArmLetters, maskArms } from '@/lib/domain/outcomes/masked-arms'
import { hasMaskedArms } from '@/lib/domain/protocol/masking'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { OpenStudy } from './studies'

/**
 * Takes out of a study what would name its arms, where they are masked for this reader; else as it was given. `db` is the
 * database itself, never a past state of it. A letter stands for the same arm for every reader, in every file and after
 * every release of the study, as long as the protocol has the same arms.
 */
export function concealArms(
  db: Db,
  { study, view }: Pick<OpenStudy, 'study' | 'view'>,
  result: { readonly protocol: Protocol; readonly data: CohortData },
): { readonly protocol: Protocol; readonly data: CohortData } {
  if (!hasMaskedArms(view)) return result
  const key = findMaskingKey(db, study.id)
  if (key === undefined) throw new Error(`study ${study.code} has masked arms and no key for them`)
  return maskArms(result, deriveArmLetters(drawOrder(key, result.protocol)))
}

/** Codes of the arms in the order of their keyed hashes: the protocol is public, the key is not. */
function drawOrder(key: string, { arms }: Protocol): string[] {
  const rank = (code: string) =>
    createHmac('sha256', key).update(`longitude masked arm ${code}`).digest('hex')
  return arms
    .map(({ code }) => ({ code, rank: rank(code) }))
    .sort((a, b) => (a.rank < b.rank ? -1 : 1))
    .map(({ code }) => code)
}
