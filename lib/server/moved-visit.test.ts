import { afterEach, beforeEach, expect, it } from 'vitest'
import { findVisit } from '@/db/queries/visits'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { seedEnrolled, seedVisit } from '@/db/testing/seed-visits'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, type TestDb } from '@/db/testing/test-db'
import type { ParticipantId } from '@/lib/domain/shared/ids'
import { KeepDraft } from '@/lib/schemas/drafts'
import { MoveVisit } from '@/lib/schemas/mending'
import { SaveVisit } from '@/lib/schemas/visits'
import { listUnfinished, saveDraft } from './drafts'
import { readVisitMending } from './mending/mending-view'
import { moveVisit } from './mending/move-visit'
import { openStudy } from './studies'
import { readVisit } from './visit-view'
import { saveVisit } from './visits'

const PAIN = { NPRS_AVG: { value: 4 }, NPRS_WORST: { value: 6 } }

let test: TestDb
let study: SeededStudy
let melbourne: SeededUser
let everywhere: SeededUser
let mel1: ParticipantId
beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, SMALL_PROTOCOL)
  melbourne = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Coordinator 1' })
  everywhere = seedUser(test.db, { role: 'dataManager', study, name: 'Data manager 1' })
  mel1 = seedEnrolled(test.db, study, { number: 'MEL-001', site: 'MEL' })
  seedEnrolled(test.db, study, { number: 'MEL-002', site: 'MEL' })
  seedEnrolled(test.db, study, { number: 'SYD-001', site: 'SYD' })
})
afterEach(() => test.remove())

const seed = (code: string) =>
  seedVisit(test.db, study, mel1, { code, date: '2026-04-10', forms: { nprs: PAIN } })

function move(visit: string, toNumber: string) {
  const query = { study: 'SMALL', number: 'MEL-001', form: null, visit, toNumber, toVisit: 'M6' }
  const ctx = contextFor(test.db, everywhere)
  const page = readVisitMending(ctx, query)
  const version = String(page.ok ? page.value.target?.version : '')
  const posted = { ...query, version, reason: 'Entered for the wrong visit or participant' }
  expect(moveVisit(ctx, MoveVisit.parse(posted)).ok).toBe(true)
}

const save = (visit = 'M6') =>
  saveVisit(
    contextFor(test.db, melbourne),
    SaveVisit.parse({
      study: 'SMALL',
      number: 'MEL-001',
      visit,
      '~visit': { date: ['10 Apr 2026'], version: ['1'] },
      nprs: { NPRS_AVG: ['5'], NPRS_WORST: ['6'], '~version': ['1'] },
      reason: 'Typing error',
    }),
  )

function drafts() {
  const ctx = contextFor(test.db, melbourne)
  const opened = openStudy(ctx, 'SMALL', 'readParticipants')
  if (!opened.ok) throw new Error('it may be opened')
  return listUnfinished(ctx, opened.value).map(({ moved }) => moved)
}
function keep(version: string) {
  const fields = { '~visit.version': [version], 'nprs.NPRS_AVG': ['5'] }
  const draft = { study: 'SMALL', subject: 'MEL-001', place: 'visits/M6', owner: melbourne.userId }
  const posted = KeepDraft.parse({ ...draft, discard: false, fields })
  expect(saveDraft(contextFor(test.db, melbourne), posted).ok).toBe(true)
}

const MOVED = 'The visit was moved to MEL-002, 6 months, by Data manager 1.'
const TODO = 'Enter what you add or change at that place, then discard what you typed here.'

it('an open page of a visit that was moved meanwhile is told where it went, by whom and what to do', () => {
  seed('M6')
  move('M6', 'MEL-002')
  expect(save()).toEqual({ ok: false, error: { code: 'notPossible', text: `Not saved. ${MOVED} ${TODO}` } })
  expect(findVisit(test.db, mel1, 'M6')).toBeUndefined()
})

it('a participant of a site that the reader has no part in is not named', () => {
  seed('M6')
  move('M6', 'SYD-001')
  const text = `Not saved. The visit was moved elsewhere, by Data manager 1. ${TODO}`
  expect(save()).toEqual({ ok: false, error: { code: 'notPossible', text } })
})

it('a draft of it is listed and says the same; one begun before anything was stored can be gone on with', () => {
  seed('M6')
  keep('1')
  expect(drafts()).toEqual([null])
  move('M6', 'MEL-002')
  expect(drafts()).toEqual([`${MOVED} ${TODO}`])
  keep('')
  expect(drafts()).toEqual([null])
})

it('an unscheduled visit that was moved says so where it stood', () => {
  seed('UNS-1')
  move('UNS-1', 'MEL-002')
  const error = { code: 'notPossible', text: MOVED }
  const ctx = contextFor(test.db, melbourne)
  expect(readVisit(ctx, { study: 'SMALL', number: 'MEL-001', visit: 'UNS-1' })).toEqual({ ok: false, error })
  expect(save('UNS-1')).toEqual({ ok: false, error })
})
