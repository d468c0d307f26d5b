import { afterEach, beforeEach, expect, it } from 'vitest'
import { contextFor, type SeededStudy, seedStudy } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { importFile } from './imports'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, SMALL_PROTOCOL)
})
afterEach(() => test.remove())

function send(rows: string, reason: string | null = null) {
  const text = `subject,site,arm,visit,visit_date,NPRS_AVG,NPRS_WORST,DOSE1\n${rows}\n`
  const request = { file: 'f.csv', mapping: null, register: true, reason, dryRun: false }
  const ctx = contextFor(test.db, { kind: 'operator' as const })
  const done = importFile(ctx as never, { ...request, study: study.code, bytes: Buffer.from(text) })
  if (!done.ok) throw new Error(JSON.stringify(done.error))
  return done.value
}

it('a file’s value in a form of another day than its visit is checked at the day of the form, as at entry', () => {
  send('A-1,MEL,,BL,2024-01-20,7,8,2024-02-01\nA-1,MEL,,M1,2024-03-01,5,6,')
  // As entry stores a form that was posted back later.
  test.sqlite.exec(`UPDATE assessments SET assessment_date = '2024-06-20'
    WHERE visit_id IN (SELECT id FROM visits WHERE code = 'M1')`)
  send('A-1,MEL,,M1,2024-03-01,4,6,', 'Corrected by the site')
  const stored = test.sqlite
    .prepare(
      "SELECT a.confirmations FROM assessments a JOIN visits v ON v.id = a.visit_id WHERE v.code = 'M1'",
    )
    .pluck()
    .get()
  expect(Object.keys(JSON.parse(String(stored)))).toEqual([
    expect.stringContaining('outOfWindow:assessmentDate=2024-06-20'),
  ])
})
