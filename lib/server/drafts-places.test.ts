import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { contextFor, type SeededStudy, seedStudy, seedUser } from '@/db/testing/factories'
import { seedOutcomes } from '@/db/testing/seed-outcomes'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import { KeepDraft } from '@/lib/schemas/drafts'
import type { Role } from './context'
import { listUnfinished, readFormDraft, saveDraft } from './drafts'
import { openStudy } from './studies'

let test: TestDb
let study: SeededStudy
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  seedOutcomes(test.db, study, [
    { number: 'MEL-001', enrolledOn: '2026-02-20', doses: { DOSE1: '2026-03-10' } },
  ])
})
afterEach(() => test.remove())

const CODE = SMALL_PROTOCOL.study.code
const RECORD = `/studies/${CODE}/participants/MEL-001`

function keepAs(role: Role, subject: string, place: string) {
  const site = role === 'coordinator' || role === 'investigator' ? { site: 'MEL' } : {}
  const who = seedUser(test.db, { role, study, ...site })
  const ctx = contextFor(test.db, who)
  const posted = { study: CODE, subject, place, owner: who.userId, discard: false, fields: { reason: ['x'] } }
  const answer = saveDraft(ctx, KeepDraft.parse(posted))
  const kept = readFormDraft(ctx, { study: CODE, subject, place })?.kept?.fields
  const opened = openStudy(ctx, CODE, 'readStudy')
  const unfinished = opened.ok ? listUnfinished(ctx, opened.value) : []
  return { answer, kept, unfinished }
}

const PLACES: readonly [Role, string, string, string][] = [
  ['coordinator', 'record#plan-day-zero', 'Participant', RECORD],
  ['investigator', 'record#override', 'Eligibility', RECORD],
  ['investigator', 'record#void-override', 'Eligibility', RECORD],
  ['coordinator', 'visits/M1', '1 month', `${RECORD}/visits/M1`],
  ['coordinator', 'visits/M1#missed', '1 month, not done', `${RECORD}/visits/M1`],
  ['coordinator', 'visits/M1/second', '1 month, second entry', `${RECORD}/visits/M1/second`],
  ['dataManager', 'visits/M1/second/settle', '1 month, differences', `${RECORD}/visits/M1/second/settle`],
  ['coordinator', 'unscheduled', 'Unscheduled visit', `${RECORD}/unscheduled`],
  ['coordinator', 'doses/DOSE1', 'Dose', `${RECORD}/doses/DOSE1`],
  ['coordinator', 'logs/adverse-events/new', 'Adverse events', `${RECORD}/logs/adverse-events/new`],
  [
    'dataManager',
    'logs/adverse-events/4#report-7',
    'Adverse events, report or note',
    `${RECORD}/logs/adverse-events/4`,
  ],
  [
    'investigator',
    'logs/adverse-events/4#event-note',
    'Adverse events, report or note',
    `${RECORD}/logs/adverse-events/4`,
  ],
  ['dataManager', 'logs/medication/4#void', 'Medication, entered in error', `${RECORD}/logs/medication/4`],
  ['coordinator', 'logs/medication/4#move', 'Medication, entered in error', `${RECORD}/logs/medication/4`],
  [
    'coordinator',
    'mend/registration#registration',
    'Correction of the registration',
    `${RECORD}/mend/registration`,
  ],
  ['dataManager', 'mend/registration#arm', 'Correction of the arm', `${RECORD}/mend/registration`],
  ['coordinator', 'mend/duplicate#void', 'Number entered in error', `${RECORD}/mend/duplicate`],
  [
    'coordinator',
    'mend/duplicate?keptNumber=MEL-002#link',
    'Number entered in error',
    `${RECORD}/mend/duplicate?keptNumber=MEL-002`,
  ],
  [
    'coordinator',
    'mend/visits/M1?form=12&toNumber=MEL-002&toVisit=M3#move',
    '1 month, entered in error',
    `${RECORD}/mend/visits/M1?form=12&toNumber=MEL-002&toVisit=M3`,
  ],
]

describe('a draft of a form about a participant', () => {
  it.each(PLACES)(
    'is kept for a %s at %s, and the worklist leads back as “%s”',
    (role, place, what, path) => {
      const { answer, kept, unfinished } = keepAs(role, 'MEL-001', place)
      expect(answer.ok).toBe(true)
      expect(kept).toEqual({ reason: ['x'] })
      expect(unfinished).toMatchObject([{ number: 'MEL-001', what, path }])
    },
  )
})

describe('a draft of a form about no participant', () => {
  it.each([
    ['coordinator', 'register', 'Registration', `/studies/${CODE}/participants/register`],
    ['dataManager', 'setup#approval-MEL-1', 'Approval by site', `/studies/${CODE}/setup`],
  ] as const)('is kept for a %s at %s', (role, place, what, path) => {
    const { answer, kept, unfinished } = keepAs(role, '', place)
    expect(answer.ok).toBe(true)
    expect(kept).toEqual({ reason: ['x'] })
    expect(unfinished).toMatchObject([{ number: '', what, path }])
  })

  it.each([
    ['coordinator', 'setup#approval-MEL-1', 'notAllowed'],
    ['dataManager', 'register', 'notAllowed'],
    ['dataManager', 'cohort', 'notFound'],
    ['coordinator', 'constructor', 'notFound'],
  ] as const)('is refused to a %s at %s', (role, place, code) => {
    const { answer, kept } = keepAs(role, '', place)
    expect(answer).toMatchObject({ ok: false, error: { code } })
    expect(kept).toBeUndefined()
  })
})

describe('the address of a draft', () => {
  it.each(['mend/visits/M1?x=//example.org', 'mend?a=b/../..', 'visits/M1?<x>', 'visits/M1?'])(
    'is refused as %s',
    place => {
      const posted = { study: CODE, subject: 'MEL-001', place, owner: 1, discard: false, fields: {} }
      expect(KeepDraft.safeParse(posted).success).toBe(false)
    },
  )
})
