import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { findStudyByCode } from '@/db/queries/studies'
import { compareReplay } from '@/db/replay'
import type { SeededStudy } from '@/db/testing/factories'
import { HEAD, makeSender, openImportDesk } from '@/db/testing/import-desk'
import type { TestDb } from '@/db/testing/test-db'
import { checkSchedules, checkScores } from './derived-rows'
import { importFile } from './imports'
import { loadProtocol } from './studies'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  ;({ test, study } = openImportDesk())
})
afterEach(() => test.remove())

const { accepted } = makeSender(importFile, () => ({ test, study }))

describe('what an import stores', () => {
  it('is what stored rows give: schedules, progress, status and scores are those derived again, and the audit replays', () => {
    accepted(`${HEAD},NPRS_AVG,NPRS_WORST,ODI_01,DOSE1
A-1,MEL,ACTIVE,BL,2024-01-10,7,8,2,2024-01-20
A-1,MEL,,M1,2024-02-20,4,,,
A-2,NEW,SHAM,BL,,6,,,
A-3,NEW,SHAM,M6,2024-07-01,6,7,,2024-01-20
`)
    accepted(
      `${HEAD},NPRS_AVG,NPRS_WORST,DOSE1\nA-1,MEL,,M6,2024-07-20,4,5,\nA-2,NEW,,BL,2024-01-09,6,7,2024-02-01\n`,
    )
    accepted(`${HEAD},NPRS_AVG\nA-1,MEL,,BL,2024-01-11,6\n`, { reason: 'Source corrected' })
    const row = findStudyByCode(test.db, study.code)
    if (!row) throw new Error('the study is gone')
    const { protocol, number } = loadProtocol(test.db, row)
    expect(checkSchedules(test.db, row, { protocol, protocolVersion: number })).toEqual([])
    expect(checkScores(test.db, row, protocol.settings)).toEqual([])
    expect(compareReplay(test.db)).toEqual([])
    expect(test.sqlite.prepare('SELECT count(*) FROM participant_statuses').pluck().get()).toBe(3)
  })
})
