import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SeededStudy } from '@/db/testing/factories'
import { GOOD, HEAD, makeSender, openImportDesk } from '@/db/testing/import-desk'
import type { TestDb } from '@/db/testing/test-db'
import { importFile } from './imports'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  ;({ test, study } = openImportDesk())
})
afterEach(() => test.remove())

const { send, accepted, cells, stored } = makeSender(importFile, () => ({ test, study }))

describe('a file with mistakes', () => {
  it('names each by row and column, all at once, and nothing of it is written', () => {
    const before = stored()
    const wrong = cells(`${HEAD},NPRS_AVG,ODI
A-1,MEL,ACTIVE,BL,2024-01-10,11,40
A-1,MEL,ACTIVE,BL,2024-01-10,5,
A-2,MEL,NONE,BL,10/01/2024,5,
A 3,MEL,ACTIVE,BL,,5,
A-4,MEL,ACTIVE,M7,,5,
A-5,MEL,ACTIVE,BL,2024-02-30,"4,5",
A-6,MEL,ACTIVE,M1,,5,40
A-7,MEL,ACTIVE,BL,,5,
A-7,SYD,SHAM,M1,,5,
`)
    expect(wrong.map(({ row, column, value }) => [row, column, value])).toEqual([
      [2, 'NPRS_AVG', '11'],
      [3, 'visit', 'BL'],
      [4, 'arm', 'NONE'],
      [4, 'visit_date', '10/01/2024'],
      [5, 'subject', 'A 3'],
      [6, 'visit', 'M7'],
      [7, 'visit_date', '2024-02-30'],
      [7, 'NPRS_AVG', '4,5'],
      [8, 'ODI', '40'],
      [10, 'site', 'SYD'],
      [10, 'arm', 'SHAM'],
    ])
    expect(stored()).toEqual(before)
  })

  it('refuses a date after today at the site, which another zone already has', () => {
    // The test clock stands at 08:30 UTC on 16 April 2026: the same day in Melbourne.
    accepted(`${HEAD}\nA-1,MEL,SHAM,BL,2026-04-16\n`)
    expect(cells(`${HEAD}\nA-2,MEL,SHAM,BL,2026-04-17\n`)[0]).toMatchObject({ row: 2, column: 'visit_date' })
    expect(cells(`${HEAD},DOSE1\nA-2,MEL,SHAM,BL,,2026-04-17\n`)[0]).toMatchObject({
      row: 2,
      column: 'DOSE1',
    })
  })

  it.each([
    [`${HEAD},BOGUS\nA-1,MEL,SHAM,BL,,1\n`, 'BOGUS'],
    [`${HEAD},PGIC\nA-1,MEL,SHAM,BL,,1\n`, 'PGIC'],
    [`${HEAD},EXAM.NONE\nA-1,MEL,SHAM,BL,,1\n`, 'EXAM.NONE'],
    ['subject,site,visit,visit_date\nA-1,MEL,BL,\n', 'arm'],
  ])('refuses columns that the study does not have or lacks: %#', (text, column) => {
    expect(cells(text)[0]).toMatchObject({ row: 1, column })
  })

  it('refuses unknown participants unless told to register them, and new ones without a site', () => {
    expect(cells(GOOD, { register: false }).map(cell => cell.row)).toEqual([2, 4])
    expect(cells(`${HEAD}\nA-1,,SHAM,BL,\n`)[0]?.text).toContain('has no site')
  })

  it('refuses names of objects as labels of nothing: no cell reaches past its own', () => {
    expect(cells(`${HEAD},__proto__\nA-1,MEL,SHAM,BL,,1\n`)[0]).toMatchObject({ row: 1, column: '__proto__' })
    expect(cells(`${HEAD}\nconstructor,MEL,toString,valueOf,\n`).map(cell => cell.column)).toEqual([
      'arm',
      'visit',
    ])
  })

  it('is told to a locked study as locked', () => {
    test.sqlite.exec("UPDATE studies SET locked_at = '2026-01-01T00:00:00.000Z', lock_reason = 'done'")
    expect(send(GOOD)).toMatchObject({ ok: false, error: { code: 'locked' } })
  })
})
