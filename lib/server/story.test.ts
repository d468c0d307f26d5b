import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { auditEntries } from '@/db/schema/audit'
import { participantStatuses } from '@/db/schema/visits'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEntry } from '@/db/testing/seed-logs'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { SMALL_PROTOCOL, TWO_ARM_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import type { Role } from './context'
import { readStory, recordStoryCopy } from './story'

let test: TestDb
let study: SeededStudy
let id: ParticipantId

const SECRET = 'Dr Example, Sometown'

/** MEL-001, dosed on 16 Oct 2025, with pain at baseline, an event, a surgery and a drug, each with free text. */
function open(protocol: Protocol = SMALL_PROTOCOL, dosedOn: string | null = '2025-10-16') {
  study = seedStudy(test.db, protocol)
  id = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL', dosedOn })
  seedVisit(test.db, study, id, {
    code: 'BL',
    date: '2025-10-01',
    forms: { nprs: { NPRS_AVG: { value: 7 } } },
  })
  seedEntry(test, id, 'adverseEvents', {
    AETERM: SECRET,
    AECAT: 'painFlare',
    AESTDAT: '2025-10-20',
    AEONGO: true,
  })
  seedEntry(test, id, 'interventions', { PRCAT: 'surgery', PRTRT: SECRET, PRSTDAT: '2025-11-05' })
  seedEntry(test, id, 'medications', { CMTRT: SECRET, CMANALG: true, CMSTDAT: '2025-10-20', CMONGO: true })
}

beforeEach(() => {
  test = createTestDb()
})
afterEach(() => test.remove())

const as = (role: Role, site?: string) =>
  contextFor(test.db, seedUser(test.db, { role, study, ...(site ? { site } : {}) }))
const tell = (role: Role, site?: string) => readStory(as(role, site), study.code, 'MEL-001')

describe('the story of a participant', () => {
  it('tells days, and neither number, site, dates nor what somebody typed', () => {
    open()
    const read = tell('investigator')
    if (!read.ok || !read.value.story) throw new Error(JSON.stringify(read))
    const { story } = read.value
    expect(story.procedures).toEqual([{ kind: 'dose', name: expect.any(String), day: 0 }])
    expect(story.visits).toEqual([{ name: expect.any(String), day: -15 }])
    expect(story.events).toMatchObject([{ category: 'Pain flare', from: 4, end: 'ongoing' }])
    expect(story.interventions).toEqual([{ name: 'Surgery', day: 20, isEstimated: false }])
    expect(story.courses[0]?.points).toMatchObject([{ day: -15, value: 7 }])
    expect(JSON.stringify(story)).not.toMatch(/MEL|Example|\d{4}-\d{2}/)
  })

  it('is open to those who read participants, at their own sites', () => {
    open()
    for (const role of ['coordinator', 'investigator', 'monitor', 'dataManager'] as const)
      expect(tell(role, role === 'dataManager' ? undefined : 'MEL').ok, role).toBe(true)
    expect(tell('statistician')).toMatchObject({ ok: false })
    expect(tell('coordinator', 'SYD')).toEqual({
      ok: false,
      error: { code: 'notFound', what: 'The participant' },
    })
  })

  it('is refused of who asked for no further use', () => {
    open()
    test.sqlite.prepare('UPDATE participant_statuses SET restricted = 1').run()
    expect(test.db.select().from(participantStatuses).all()).toMatchObject([{ restricted: true }])
    expect(tell('coordinator')).toMatchObject({ ok: false, error: { code: 'notPossible' } })
  })

  it('is empty until day zero is known', () => {
    open(SMALL_PROTOCOL, null)
    expect(tell('coordinator')).toMatchObject({ ok: true, value: { story: null } })
  })

  it('calls doses by their order to who may not know the arm', () => {
    open({ ...TWO_ARM_PROTOCOL, dayZero: 'firstTreatment' })
    const masked = tell('coordinator')
    expect(masked).toMatchObject({ ok: true, value: { dosesUnnamed: true } })
    if (!masked.ok) throw new Error('refused')
    expect(masked.value.story?.procedures.map(({ name }) => name)).toEqual(['Dose 1'])
    const names = TWO_ARM_PROTOCOL.treatments.flatMap(({ code, name }) => [code, name])
    for (const name of names) expect(JSON.stringify(masked.value)).not.toContain(name)
  })

  it('leaves the product with an entry in the audit of the system', () => {
    open()
    const copy = { format: 'svg', asOf: 3, sha256: 'x'.repeat(64) } as const
    expect(recordStoryCopy(as('monitor'), { study: study.code, number: 'MEL-001' }, copy).ok).toBe(true)
    const last = test.db.select().from(auditEntries).all().at(-1)
    expect(last).toMatchObject({ chain: 'system', act: 'export', subject: 'MEL-001' })
    expect(JSON.stringify(last)).toContain('story')
    expect(recordStoryCopy(as('statistician'), { study: study.code, number: 'MEL-001' }, copy).ok).toBe(false)
  })
})
