import { afterEach, beforeEach, expect, it } from 'vitest'
import { addParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import { addTreatment } from '@/db/commands/treatments'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { SMALL_PROTOCOL } from '@/db/testing/small-protocol'
import { createTestDb, TEST_NOW, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { updateRecord } from '@/db/write'
import { formatRawAnswers } from '@/lib/domain/instruments/form-definition'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { SaveVisit } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { readVisit } from './visit-view'
import { saveVisit } from './visits'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Coordinator 1' })
  test.db.transaction(
    tx => {
      const siteId = study.sites.MEL
      if (!siteId) throw new Error('no site')
      const { id: participantId } = addParticipant(tx, TEST_WRITER, {
        studyId: study.id,
        siteId,
        number: 'MEL-001',
        origin: 'entered',
        outcome: 'enrolled',
        consentDate: '2025-09-01' as CalendarDate,
        eligibility: {},
      })
      addTreatment(tx, TEST_WRITER, { participantId, plan: 'DOSE1', givenOn: '2025-10-16' as CalendarDate })
      writeSchedule(tx, { participantId, protocol: SMALL_PROTOCOL, protocolVersion: '1.0' })
    },
    { behavior: 'immediate' },
  )
})
afterEach(() => test.remove())

const as = (user: SeededUser) => contextFor(test.db, user) as Ctx
const read = (visit: string, user = coordinator) =>
  readVisit(as(user), { study: 'SMALL', number: 'MEL-001', visit })

function view(visit: string, user = coordinator) {
  const seen = read(visit, user)
  if (!seen.ok) throw new Error(seen.error.code)
  return seen.value
}

function enter(visit: string, date: string, fields: Record<string, unknown>): void {
  const typed = {
    study: 'SMALL',
    number: 'MEL-001',
    visit,
    '~visit': { date: [date], mode: ['clinic'] },
    ...fields,
  }
  const saved = saveVisit(as(coordinator), SaveVisit.parse(typed))
  if (!saved.ok) throw new Error(JSON.stringify(saved.error))
}

it('a visit not yet entered lists the forms of the protocol, blank', () => {
  const { forms, visit, standing, page } = view('BL')
  expect(forms.map(form => [form.key, form.version])).toEqual([
    ['nprs', null],
    ['odi', null],
    ['EXAM', null],
  ])
  expect(visit).toMatchObject({
    target: '2025-10-02',
    windowStart: '2025-09-04',
    windowEnd: '2025-10-16',
    position: 1,
  })
  expect(standing.state).toBe('overdue')
  expect(page).toEqual({ date: '', mode: '', source: '', before: '' })
})

it('shows the answers of the last visit that has the form, and the baseline', () => {
  enter('BL', '2 Oct 2025', { nprs: { NPRS_AVG: ['7'], NPRS_WORST: ['8'] } })
  enter('M1', '16 Nov 2025', { nprs: { NPRS_AVG: ['5'], NPRS_WORST: ['8'] } })
  const { forms, trends } = view('M6')
  expect(forms[0]?.last).toEqual({
    visitName: '1 month',
    answers: { NPRS_AVG: { value: 5 }, NPRS_WORST: { value: 8 } },
  })
  expect(trends[0]).toMatchObject({ parameter: 'NPRS_AVG', baseline: 7 })
  expect(trends[0]?.earlier.map(point => point.value)).toEqual([7, 5])
})

it('says of each value who wrote it, when, from what to what and why', () => {
  enter('M1', '16 Nov 2025', { nprs: { NPRS_AVG: ['5'], NPRS_WORST: ['8'] } })
  enter('M1', '16 Nov 2025', {
    nprs: { NPRS_AVG: ['6'], NPRS_WORST: ['8'], '~version': ['1'] },
    reason: 'Typing error',
    reasonText: '6 not 5',
  })
  const at = '16 Apr 2026, 08:30 UTC'
  expect(view('M1').forms[0]?.history.NPRS_AVG).toEqual([
    { at, actor: 'Coordinator 1', old: '', now: '5', reason: null },
    { at, actor: 'Coordinator 1', old: '5', now: '6', reason: 'Typing error: 6 not 5' },
  ])
  expect(view('M1').forms[0]?.history.NPRS_WORST).toHaveLength(1)
})

it('says of the date of the visit, too, who wrote it and why', () => {
  enter('M1', '16 Nov 2025', { nprs: { NPRS_AVG: ['5'], NPRS_WORST: ['8'] } })
  enter('M1', '17 Nov 2025', {
    nprs: { NPRS_AVG: ['5'], NPRS_WORST: ['8'], '~version': ['1'] },
    '~visit': { date: ['17 Nov 2025'], mode: ['clinic'], version: [String(view('M1').visit.version)] },
    reason: 'Typing error',
  })
  expect(view('M1').visit.history.map(({ old, now, reason }) => [old, now, reason])).toEqual([
    ['', '16 Nov 2025', null],
    ['16 Nov 2025', '17 Nov 2025', 'Typing error'],
  ])
})

it('a form says only where it differs from the visit', () => {
  enter('M6', '16 Apr 2026', {
    nprs: { NPRS_AVG: ['5'], NPRS_WORST: ['8'] },
    odi: { ODI_01: ['2'], '~date': ['14 Apr 2026'], '~mode': ['post'] },
  })
  const { page, forms } = view('M6')
  expect(page).toEqual({ date: '16 Apr 2026', mode: 'clinic', source: '', before: '' })
  expect(forms[0]?.own).toEqual({ date: '', mode: '', source: '', before: '', notDone: '' })
  expect(forms[1]?.own).toMatchObject({ date: '14 Apr 2026', mode: 'post' })
})

/** What the page posts when nothing was changed on it. */
function postAsDrawn(visit: string) {
  const { page, forms, visit: seen } = view(visit)
  const list = (texts: Readonly<Record<string, string>>, mark = '') =>
    Object.fromEntries(Object.entries(texts).map(([name, text]) => [`${mark}${name}`, [text]]))
  return SaveVisit.parse({
    study: 'SMALL',
    number: 'MEL-001',
    visit,
    '~visit': { ...list({ ...page }), version: [String(seen.version ?? '')] },
    ...Object.fromEntries(
      forms.map(({ key, own, version, answers }) => [
        key,
        { ...list({ ...own }, '~'), '~version': [String(version ?? '')], ...formatRawAnswers(answers) },
      ]),
    ),
  })
}

it('a page of which nothing was changed writes nothing, however contact and source of its forms differ', () => {
  enter('M6', '16 Apr 2026', {
    nprs: { NPRS_AVG: ['5'], NPRS_WORST: ['8'], '~source': ['paper'] },
    odi: { ODI_01: ['2'], '~mode': ['none'], '~source': ['none'] },
  })
  expect(view('M6').page).toMatchObject({ mode: 'clinic', source: 'paper' })
  expect(view('M6').forms[1]?.own).toMatchObject({ mode: 'none', source: 'none' })
  expect(saveVisit(as(coordinator), postAsDrawn('M6'))).toMatchObject({ ok: true, value: { written: 0 } })
})

it('changing one answer leaves contact and source of the other forms as they were', () => {
  enter('M6', '16 Apr 2026', {
    nprs: { NPRS_AVG: ['5'], NPRS_WORST: ['8'] },
    odi: { ODI_01: ['2'], '~mode': ['none'] },
  })
  const posted = postAsDrawn('M6')
  const nprs = { ...posted.forms.nprs, raw: { NPRS_AVG: ['6'], NPRS_WORST: ['8'] } }
  const forms = { ...posted.forms, nprs: nprs as NonNullable<typeof posted.forms.nprs> }
  expect(saveVisit(as(coordinator), { ...posted, forms, reason: 'Typing error' })).toMatchObject({
    ok: true,
    value: { written: 1 },
  })
  expect(view('M6').forms[1]?.history['~mode'] ?? []).toEqual([])
})

it('investigator and monitor read the same page and may not enter; the statistician does not read it', () => {
  expect(view('BL').mayEnter).toBe(true)
  for (const role of ['investigator', 'monitor', 'dataManager'] as const) {
    expect(view('BL', seedUser(test.db, { role, study, site: 'MEL' })).mayEnter).toBe(false)
  }
  const statistician = seedUser(test.db, { role: 'statistician', study })
  expect(read('BL', statistician)).toMatchObject({ error: { code: 'notAllowed' } })
})

it('a foreign site, an absent participant and an absent visit are not found', () => {
  const other = seedUser(test.db, { role: 'coordinator', study, site: 'SYD' })
  const foreign = read('BL', other)
  expect(foreign).toEqual({ ok: false, error: { code: 'notFound', what: 'The participant' } })
  expect(readVisit(as(other), { study: 'SMALL', number: 'MEL-999', visit: 'BL' })).toEqual(foreign)
  expect(read('M99')).toEqual({ ok: false, error: { code: 'notFound', what: 'The visit' } })
})

it('in a locked study nobody may enter, and the page says who locked it and why', () => {
  test.db.transaction(
    tx => {
      const patch = { lockedAt: TEST_NOW, lockReason: 'Final analysis' }
      updateRecord(tx, TEST_WRITER, 'studies', study.id, 1, patch, 'Final analysis')
    },
    { behavior: 'immediate' },
  )
  const { mayEnter, study: shown } = view('BL')
  expect(mayEnter).toBe(false)
  expect(shown.lock).toEqual({ by: 'Operator', at: '16 Apr 2026, 08:30 UTC', reason: 'Final analysis' })
})
