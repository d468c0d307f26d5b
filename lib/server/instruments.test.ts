import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import admsc from '@/db/demo/admsc.json' with { type: 'json' }
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { INSTRUMENTS } from '@/lib/domain/instruments/registry'
import { parseProtocol } from '@/lib/schemas/protocol'
import { readInstruments } from './instruments'

let test: TestDb
let study: SeededStudy

beforeEach(() => {
  test = createTestDb()
  const parsed = parseProtocol(admsc)
  if (!parsed.ok) throw new Error(parsed.error[0]?.text)
  study = seedStudy(test.db, parsed.value)
})
afterEach(() => test.remove())

const ROLES = ['coordinator', 'investigator', 'monitor', 'statistician', 'dataManager'] as const

function read(role: (typeof ROLES)[number], of = study) {
  const actor = seedUser(test.db, { role, study: of })
  return readInstruments(contextFor(test.db, actor), { study: study.code })
}

describe('the instruments of a study', () => {
  it.each(ROLES)('are read by a %s of the study', role => {
    expect(read(role).ok).toBe(true)
  })

  it('are not there for somebody of another study', () => {
    const other = seedStudy(test.db, { ...SMALL_PROTOCOL, study: { ...SMALL_PROTOCOL.study, code: 'OTHER' } })
    const result = read('dataManager', other)
    expect(result).toMatchObject({ ok: false, error: { code: 'notFound' } })
  })

  it('are all that the product knows: those of the study with their visits, and the others', () => {
    const result = read('monitor')
    if (!result.ok) throw new Error(result.error.code)
    const { used, others } = result.value
    expect(used.map(({ code }) => code)).toEqual([
      'nprs',
      'odi',
      'eq5d3l',
      'tolerance',
      'work',
      'analgesics',
      'mri',
      'adverseEvents',
      'satisfaction',
    ])
    expect(used.find(({ code }) => code === 'mri')?.visits).toEqual(['BL', 'M12'])
    expect([...used, ...others].map(({ code }) => code).sort()).toEqual(
      INSTRUMENTS.map(({ code }) => code).sort(),
    )
  })

  it('come with the settings in force, by name and version', () => {
    const result = read('monitor')
    if (!result.ok) throw new Error(result.error.code)
    const { settings } = result.value
    const inForce = Object.fromEntries(settings.map(({ key, value, isDefault }) => [key, [value, isDefault]]))
    expect(inForce).toMatchObject({
      'eq5d3l.valueSet': ['UK-Dolan-1997', false],
      'analgesics.morphineFactors': ['CDC-2022', false],
      'odi.maxMissingSections': ['1', false],
      'mri.scale': ['Pfirrmann, grades I to V', true],
    })
  })

  it('say of licensed forms what may not be printed', () => {
    const result = read('monitor')
    if (!result.ok) throw new Error(result.error.code)
    const all = [...result.value.used, ...result.value.others]
    const held = all.filter(({ notPrinted }) => notPrinted !== null).map(({ code }) => code)
    expect(held.sort()).toEqual(['eq5d3l', 'eq5d5l', 'hads', 'odi', 'promisPi4a', 'wpai'])
  })
})
