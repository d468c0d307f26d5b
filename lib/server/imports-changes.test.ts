import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SeededStudy } from '@/db/testing/factories'
import { GOOD, makeSender, openImportDesk } from '@/db/testing/import-desk'
import type { TestDb } from '@/db/testing/test-db'
import { importFile } from './imports'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  ;({ test, study } = openImportDesk())
})
afterEach(() => test.remove())

const { accepted, cells, stored } = makeSender(importFile, () => ({ test, study }))

describe('a stored value that the file would change', () => {
  const changed = GOOD.replace('2024-01-10,7,8,40', '2024-01-11,5,8,40')

  it('needs a reason: without one nothing is written, and each is named by row and column', () => {
    accepted(GOOD)
    const before = stored()
    expect(cells(changed).map(({ row, column, text }) => [row, column, text])).toEqual([
      [
        2,
        'visit_date',
        'visitDate of A-1 is stored as 2024-01-10. To change it, give a reason with --reason.',
      ],
      [2, 'NPRS_AVG', 'NPRS_AVG of A-1 is stored as 7. To change it, give a reason with --reason.'],
    ])
    expect(cells(changed, { reason: '  ' })).toHaveLength(2)
    expect(stored()).toEqual(before)
    expect(accepted(changed, { dryRun: true })).toMatchObject({ reasonNeeded: true, values: { changed: 2 } })
    expect(stored()).toEqual(before)
  })

  it('changes with a reason, in value, score and audit, and the forms keep the date of their visit', () => {
    accepted(GOOD)
    accepted(changed, { reason: 'Source corrected' })
    const { scores: rows, audit, assessments: forms } = stored()
    expect(
      rows.find(row => row.parameter === 'NPRS_AVG' && row.visit === 'BL' && row.participantId === 1)?.value,
    ).toBe(5)
    expect(forms.filter(form => form.visitId === 1).map(form => form.assessmentDate)).toEqual([
      '2024-01-11',
      '2024-01-11',
    ])
    const update = audit.find(entry => entry.act === 'update' && entry.form === 'nprs')
    expect(update).toMatchObject({ reason: 'Source corrected', subject: 'A-1', visit: 'BL' })
    expect(JSON.parse(update?.changes ?? '')['answers.NPRS_AVG']).toEqual([{ value: 7 }, { value: 5 }])
  })

  it('is never an arm or a site: these are not changed by a file', () => {
    accepted(GOOD)
    const [arm] = cells(GOOD.replace('ACTIVE,BL', 'SHAM,BL'), { reason: 'x' })
    expect(arm).toMatchObject({ row: 2, column: 'arm' })
    const [site] = cells(GOOD.replaceAll('A-1,MEL', 'A-1,SYD'), { reason: 'x' })
    expect(site?.text).toContain('is a participant of site MEL')
  })
})
