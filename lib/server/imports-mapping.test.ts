import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { SeededStudy } from '@/db/testing/factories'
import { makeSender, openImportDesk } from '@/db/testing/import-desk'
import type { TestDb } from '@/db/testing/test-db'
import type { ImportMapping } from '@/lib/domain/imports/mapping'
import { importFile } from './imports'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  ;({ test, study } = openImportDesk())
})
afterEach(() => test.remove())

const { accepted, cells, stored } = makeSender(importFile, () => ({ test, study }))

describe('a mapping', () => {
  const MAPPING: ImportMapping = {
    subject: { column: 'id' },
    site: { value: 'MEL' },
    arm: { column: 'group', recode: { '1': 'ACTIVE', '2': 'SHAM' } },
    visit: { column: 'time', recode: { '1': 'BL', '2': 'M1' } },
    values: { NPRS_AVG: { column: 'pain', missing: { '-99': 'declined' } } },
    participant: {
      painDurationMonths: { column: 'years', multiply: 12, round: 'nearest' },
      sex: { column: 'sex', recode: { f: 'female' } },
    },
    missing: { NaN: null },
    skip: [
      { reason: 'healthy control', column: 'patient', equals: ['0'] },
      { reason: 'never randomised', column: 'group', isMissing: true },
    ],
  }
  const FILE =
    'id,time,group,pain,years,sex,patient\n1,1,1,6,0.7,f,1\n1,2,1,-99,0.7,f,1\n2,1,NaN,3,NaN,NaN,0\n3,1,NaN,4,NaN,NaN,1\n'

  it('recodes, multiplies, marks what is missing and leaves rows out by rule, counted', () => {
    const report = accepted(FILE, { mapping: MAPPING })
    expect(report.skipped).toEqual([
      { reason: 'healthy control', rows: 1, subjects: 1 },
      { reason: 'never randomised', rows: 1, subjects: 1 },
    ])
    expect(stored().participants[0]).toMatchObject({ number: '1', sex: 'female', painDurationMonths: 8 })
    expect(stored().scores.map(({ value, missingReason }) => [value, missingReason])).toEqual([
      [6, null],
      [null, 'declined'],
    ])
    expect(accepted(FILE, { mapping: MAPPING }).changedAnything).toBe(false)
  })

  it('refuses what it does not recode, columns it does not name and columns that are not there', () => {
    expect(cells(FILE.replace('1,2,1,', '1,2,7,'), { mapping: MAPPING })[0]).toMatchObject({
      row: 3,
      column: 'group',
      value: '7',
    })
    const extra = FILE.split('\n')
      .map(line => (line ? `${line},1` : line))
      .join('\n')
      .replace('patient,1', 'patient,more')
    expect(cells(extra, { mapping: MAPPING })).toMatchObject([{ row: 1, column: 'more' }])
    expect(accepted(extra, { mapping: { ...MAPPING, ignoreOtherColumns: true } }).ignoredColumns).toEqual([
      'more',
    ])
    const lacking = { ...MAPPING, values: { ODI: { column: 'odi' } } }
    expect(cells(FILE, { mapping: { ...lacking, ignoreOtherColumns: true } })).toMatchObject([
      { row: 1, column: 'odi' },
    ])
  })
})
