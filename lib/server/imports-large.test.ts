import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { type SeededStudy, seedStudy } from '@/db/testing/factories'
import { HEAD, makeSender, openImportDesk } from '@/db/testing/import-desk'
import { TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import type { TestDb } from '@/db/testing/test-db'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import { importFile } from './imports'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  ;({ test, study } = openImportDesk())
})
afterEach(() => test.remove())

const { accepted } = makeSender(importFile, () => ({ test, study }))

describe('a large file', () => {
  it('of 1,000 participants is imported in seconds', () => {
    const wide: Protocol = { ...TWO_ARM_PROTOCOL, study: { ...TWO_ARM_PROTOCOL.study, code: 'WIDE' } }
    study = seedStudy(test.db, wide)
    const rows = Array.from(
      { length: 1000 },
      (_, i) => `S-${i},MEL,${i % 2 ? 'SHAM' : 'ACTIVE'},BL,2024-01-10,${i % 11},10`,
    )
    const start = process.hrtime.bigint()
    expect(accepted(`${HEAD},NPRS_AVG,NPRS_WORST\n${rows.join('\n')}\n`).participants.registered).toBe(1000)
    expect(Number(process.hrtime.bigint() - start) / 1e9).toBeLessThan(30)
  }, 60_000)
})
