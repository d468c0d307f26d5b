import { beforeEach, describe, expect, it } from 'vitest'
import { listRows, openAccountDesk } from '@/db/testing/account-desk'
import type { TestDb } from '@/db/testing/test-db'
import type { Ctx } from './context'
import { addSite } from './sites'

let test: TestDb
let admin: Ctx
beforeEach(() => {
  ;({ test, admin } = openAccountDesk())
  return () => test.remove()
})

describe('adding a site', () => {
  const brisbane = { study: 'SMALL', code: 'BRI', name: 'Brisbane', timeZone: null }
  it('takes the time zone of the study unless one is given', () => {
    expect(addSite(admin, brisbane).ok).toBe(true)
    expect(listRows(test, 'sites')).toContainEqual(
      expect.objectContaining({ code: 'BRI', time_zone: 'Australia/Melbourne' }),
    )
  })

  it('refuses a code twice and a study that does not exist', () => {
    addSite(admin, brisbane)
    expect(addSite(admin, brisbane)).toMatchObject({ error: { code: 'alreadyExists' } })
    expect(addSite(admin, { ...brisbane, study: 'NONE' })).toMatchObject({ error: { code: 'notFound' } })
  })
})
