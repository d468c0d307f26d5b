import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/db/schema/audit'
import { treatments } from '@/db/schema/participants'
import { assessments } from '@/db/schema/visits'
import type { SeededStudy } from '@/db/testing/factories'
import { HEAD, makeSender, openImportDesk } from '@/db/testing/import-desk'
import type { TestDb } from '@/db/testing/test-db'
import { importFile } from './imports'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  ;({ test, study } = openImportDesk())
})
afterEach(() => test.remove())

const { accepted, refusals } = makeSender(importFile, () => ({ test, study }))

const forms = () => test.db.select().from(assessments).all()

describe('doses of a file', () => {
  it.each([
    [
      'a second without a first',
      'DOSE2',
      '2024-08-01',
      'Second injection needs First injection before it. Record that first.',
    ],
    ['after today', 'DOSE1', '2026-04-17', /is after today at the site/],
  ])('pass the hard checks of entry: %s is refused', (_, column, day, why) => {
    const file = `${HEAD},${column}\nA-1,MEL,SHAM,BL,,${day}\n`
    expect(refusals(file)).toEqual([[2, column, typeof why === 'string' ? why : expect.stringMatching(why)]])
  })

  it('in the wrong order, or before consent, are refused', () => {
    const both = refusals(`${HEAD},DOSE2,DOSE1\nA-1,MEL,SHAM,BL,,2024-01-20,2024-08-01\n`)
    expect(both).toEqual([[2, 'DOSE2', expect.stringMatching(/is not after First injection on 1 Aug 2024/)]])
    accepted(`${HEAD}\nA-1,MEL,SHAM,BL,\n`)
    test.sqlite.exec("UPDATE participants SET consent_date = '2024-01-15'")
    const early = refusals(`${HEAD},DOSE1\nA-1,MEL,,BL,,2024-01-10\n`)
    expect(early).toEqual([[2, 'DOSE1', '10 Jan 2024 is before consent on 15 Jan 2024. Correct the date.']])
  })

  it('given early, or of whose condition the file says nothing, stand unconfirmed and are counted', () => {
    const report = accepted(`${HEAD},DOSE1,DOSE2\nA-1,MEL,SHAM,BL,,2024-01-20,2024-02-20\n`)
    expect(report).toMatchObject({ treatmentsRecorded: 2, softChecksUnconfirmed: 2 })
    const second = test.db.select().from(treatments).all()[1]
    expect(second?.conditionMet).toBeNull()
    expect(second?.confirmations).toEqual({
      'earlyDose:DOSE2': 'unconfirmed',
      'conditionNotKnown:DOSE2': 'unconfirmed',
    })
  })
})

describe('a form dated on a dosing day', () => {
  const file = (before: string) =>
    `${HEAD},NPRS_AVG,DOSE1${before === 'no column' ? '' : ',before_treatment'}\nA-1,MEL,SHAM,BL,2024-01-20,7,2024-01-20${before === 'no column' ? '' : `,${before}`}\n`

  it.each(['no column', ''])(
    'of which the file does not say whether it was before the dose (%s) stays unknown, unconfirmed and counted',
    before => {
      expect(accepted(file(before)).softChecksUnconfirmed).toBe(1)
      const [form] = forms()
      expect(form?.beforeTreatment).toBeNull()
      expect(form?.confirmations).toEqual({ 'beforeDoseNotKnown:assessmentDate=2024-01-20': 'unconfirmed' })
      expect(accepted(file(before)).changedAnything).toBe(false)
    },
  )

  it.each([
    ['1', true],
    ['0', false],
  ])('takes before_treatment %s as the answer', (before, expected) => {
    expect(accepted(file(before)).softChecksUnconfirmed).toBe(0)
    expect(forms()[0]?.beforeTreatment).toBe(expected)
    expect(accepted(file(before)).changedAnything).toBe(false)
  })

  it('is told later without a reason, and changed only with one', () => {
    accepted(file(''))
    expect(accepted(file('1')).changedAnything).toBe(true)
    expect(forms()[0]?.beforeTreatment).toBe(true)
    expect(refusals(file('0'))).toEqual([
      [
        2,
        'before_treatment',
        'nprs taken of A-1 is stored as before the dose. To change it, give a reason with --reason.',
      ],
    ])
    accepted(file('0'), { reason: 'Source corrected' })
    expect(forms()[0]?.beforeTreatment).toBe(false)
    expect(test.db.select().from(auditEntries).all().at(-2)).toMatchObject({ reason: 'Source corrected' })
  })

  it('refuses anything else in that column', () => {
    expect(refusals(file('yes'))).toEqual([
      [2, 'before_treatment', expect.stringContaining('“yes” is neither 1')],
    ])
  })
})
