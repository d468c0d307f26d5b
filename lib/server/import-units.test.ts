import { afterEach, beforeEach, expect, it } from 'vitest'
import { assessments, scores } from '@/db/schema/visits'
import { contextFor, seedStudy } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { ImportMapping } from '@/lib/domain/imports/mapping'
import { importFile } from './imports'

let test: TestDb
beforeEach(() => {
  test = createTestDb()
  const [first, ...others] = SMALL_PROTOCOL.visits
  if (!first) throw new Error('no visit')
  const visits = [{ ...first, instruments: [...(first.instruments ?? []), 'vas'] }, ...others]
  seedStudy(test.db, { ...SMALL_PROTOCOL, visits })
})
afterEach(() => test.remove())

const MAPPING: ImportMapping = {
  subject: { column: 'id' },
  site: { value: 'MEL' },
  visit: { value: 'BL' },
  values: { VAS: { column: 'vas_cm', multiply: 10 }, NPRS_AVG: { column: 'nprs' } },
}

const send = (text: string) =>
  importFile(contextFor(test.db, { kind: 'operator' }) as never, {
    ...{ study: 'SMALL', file: 'f.csv', bytes: Buffer.from(text), mapping: MAPPING },
    ...{ register: true, reason: null, dryRun: false },
  })

it('a value converted from another unit keeps with its form which column it came from, and how', () => {
  expect(send('id,vas_cm,nprs\n1,7.2,6\n')).toMatchObject({ ok: true })
  const stored = test.db.select().from(scores).all()
  expect(stored.find(({ parameter }) => parameter === 'VAS')?.value).toBe(72)
  const told = test.db.select().from(assessments).all()
  expect(Object.fromEntries(told.map(({ form, source }) => [form, source]))).toEqual({
    vas: 'vas_cm × 10',
    nprs: null,
  })
  expect(send('id,vas_cm,nprs\n1,7.2,6\n')).toMatchObject({ ok: true, value: { changedAnything: false } })
})
