import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { addParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import { listAssessments } from '@/db/queries/assessments'
import { findVisit } from '@/db/queries/visits'
import { EVERYTHING_PROTOCOL } from '@/db/testing/everything-protocol'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { nameKey } from '@/lib/domain/checks/confirmation'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { ParticipantId, SiteId } from '@/lib/domain/shared/ids'
import { SaveVisit } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { readVisit } from './visit-view'
import { saveVisit } from './visits'

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser
let participantId: ParticipantId

beforeEach(() => {
  test = createTestDb()
  study = seedStudy(test.db, EVERYTHING_PROTOCOL)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Coordinator 1' })
  test.db.transaction(
    tx => {
      const { id } = addParticipant(tx, TEST_WRITER, {
        studyId: study.id,
        siteId: study.sites.MEL as SiteId,
        number: 'MEL-001',
        origin: 'entered',
        outcome: 'enrolled',
        consentDate: '2026-01-12' as CalendarDate,
        enrolledOn: '2026-01-16' as CalendarDate,
        level: 'L4/L5',
        eligibility: {},
      })
      participantId = id
      writeSchedule(tx, { participantId: id, protocol: EVERYTHING_PROTOCOL, protocolVersion: '1.0' })
    },
    { behavior: 'immediate' },
  )
})
afterEach(() => test.remove())

const ctx = () => contextFor(test.db, coordinator, {}) as Ctx
const DATES = { BL: '16 Jan 2026', M3: '16 Apr 2026' } as const
const post = (
  fields: Record<string, unknown>,
  visit: keyof typeof DATES = 'M3',
  date: string = DATES[visit],
) =>
  SaveVisit.safeParse({
    study: 'EVERY',
    number: 'MEL-001',
    visit,
    ...fields,
    '~visit': { date: [date], ...(fields['~visit'] as object) },
  })
function save(...given: Parameters<typeof post>) {
  const parsed = post(...given)
  if (!parsed.success) throw new Error(parsed.error.message)
  return saveVisit(ctx(), parsed.data)
}
function asked(...given: Parameters<typeof post>): string[] {
  const saved = save(...given)
  if (saved.ok) return []
  if (saved.error.code !== 'unanswered') throw new Error(JSON.stringify(saved.error))
  return saved.error.questions.map(question => question.text)
}
const stored = (visit: keyof typeof DATES = 'M3') =>
  listAssessments(test.db, findVisit(test.db, participantId, visit)?.id ?? (0 as never))
const keysOf = (...given: Parameters<typeof post>) => {
  const saved = save(...given)
  return !saved.ok && saved.error.code === 'unanswered'
    ? saved.error.questions.map(one => (one as { key?: string }).key ?? one.code)
    : []
}

describe('checks across forms and visits', () => {
  const CANNOT_STAND = { odi: { ODI_06: ['5'] } }
  const AN_HOUR = { tolerance: { TOL_STAND: ['60'] } }
  const QUESTION = 'Check: standing tolerance is 60 minutes, but ODI standing is 5 (not at all).'

  it('ask when one form contradicts the other, whichever of the two is entered later', () => {
    expect(asked({ ...CANNOT_STAND, ...AN_HOUR })).toEqual([QUESTION])
    expect(asked(CANNOT_STAND)).toEqual([])
    expect(asked({ odi: { ODI_06: ['5'], '~version': ['1'] }, ...AN_HOUR })).toEqual([QUESTION])
  })

  it('keep the answer with the form that was touched, and ask it once', () => {
    expect(save(AN_HOUR).ok).toBe(true)
    const both = { ...CANNOT_STAND, tolerance: { TOL_STAND: ['60'], '~version': ['1'] } }
    const [key = ''] = keysOf(both)
    expect(save({ ...both, '~confirm': { keys: [`inNotes|${key}`] } }).ok).toBe(true)
    const odi = stored().find(form => form.form === 'odi')
    expect(odi?.confirmations).toEqual({ [key]: 'inNotes' })
    const more = { odi: { ODI_06: ['5'], ODI_01: ['1'], '~version': ['1'] }, tolerance: both.tolerance }
    expect(asked(more)).toEqual([])
  })

  it('ask about a change since the last visit beyond the limit of the protocol', () => {
    expect(save({ nprs: { NPRS_AVG: ['3'] } }, 'BL').ok).toBe(true)
    expect(asked({ nprs: { NPRS_AVG: ['7'] } })).toEqual([
      'Check: average pain is 7, and was 3 at baseline: a change of 4 or more.',
    ])
    expect(asked({ nprs: { NPRS_AVG: ['6'] } })).toEqual([])
  })

  it('ask about a check of two answers that the protocol sets', () => {
    const fields = { work: { WORK_CAPACITY: ['0'] }, tolerance: { TOL_WALK: ['u'] } }
    expect(asked(fields)).toEqual(['Check: unable to work, but walks for four hours or more.'])
  })

  it('ask when a visit is dated before an earlier one of the protocol', () => {
    expect(save({ nprs: { NPRS_AVG: ['3'] } }, 'BL', '5 Feb 2026').ok).toBe(true)
    expect(asked({ nprs: { NPRS_AVG: ['3'] } }, 'M3', '4 Feb 2026')).toContain(
      'Check: 4 Feb 2026 is before baseline (5 Feb 2026), which comes earlier in the protocol.',
    )
  })
})

describe('a confirmation says why', () => {
  const FIELDS = { nprs: { NPRS_AVG: ['6'], NPRS_WORST: ['4'] } }

  it('in one’s own words, which have to be written and to name nobody', () => {
    const [key = ''] = keysOf(FIELDS)
    const confirmed = { ...FIELDS, '~confirm': { keys: ['', `other|${key}`] } }
    const note = (text: string) => ({ ...confirmed, '~note': { [nameKey(key)]: [text] } })
    const problem = (fields: Record<string, unknown>) => post(fields).error?.issues[0]?.path.join('.')
    expect(problem(confirmed)).toBe(`~note.${nameKey(key)}`)
    expect(problem(note('MRN 1234567'))).toBe(`~note.${nameKey(key)}`)
    expect(save(note('called back')).ok).toBe(true)
    expect(stored()[0]?.confirmations).toEqual({ [key]: 'other: called back' })
  })

  it('and a choice that was left blank confirms nothing', () => {
    expect(asked({ ...FIELDS, '~confirm': { keys: [''] } })).toHaveLength(1)
  })
})

describe('forms at several places of the body', () => {
  it('are stored, shown and corrected each by itself; a place that the protocol does not name is refused', () => {
    expect(save({ 'mri@L4%2FL5': { PFIRRMANN: ['3'] }, 'mri@L5%2FS1': { PFIRRMANN: ['4'] } }).ok).toBe(true)
    const corrected = { 'mri@L5%2FS1': { PFIRRMANN: ['5'], '~version': ['1'] }, reason: 'Typing error' }
    expect(save(corrected).ok).toBe(true)
    expect(stored().map(({ location, answers }) => [location, answers.PFIRRMANN])).toEqual([
      ['L4/L5', { value: 3 }],
      ['L5/S1', { value: 5 }],
    ])
    const view = readVisit(ctx(), { study: 'EVERY', number: 'MEL-001', visit: 'M3', more: 'mri@L3%2FL4' })
    const forms = view.ok ? view.value.forms.filter(form => form.code === 'mri') : []
    expect(forms.map(form => form.key)).toEqual(['mri@L4%2FL5', 'mri@L5%2FS1', 'mri@L3%2FL4'])
    expect(save({ 'mri@T1': { PFIRRMANN: ['3'] } }).ok).toBe(false)
    expect(save({ 'odi@L4%2FL5': { ODI_01: ['3'] } }).ok).toBe(false)
  })

  it('begin at the participant’s own level, later at the places of the last visit', () => {
    const places = (visit: string) => {
      const view = readVisit(ctx(), { study: 'EVERY', number: 'MEL-001', visit })
      return view.ok ? view.value.forms.filter(form => form.code === 'mri').map(form => form.location) : []
    }
    expect(places('BL')).toEqual(['L4/L5'])
    save({ 'mri@L3%2FL4': { PFIRRMANN: ['3'] }, 'mri@L5%2FS1': { PFIRRMANN: ['4'] } }, 'BL')
    expect(places('M3')).toEqual(['L3/L4', 'L5/S1'])
  })
})

it('all that is still blank gets one reason in one step', () => {
  const fields = {
    nprs: { NPRS_AVG: ['4'] },
    odi: {},
    wpai: { WPAI_Q1: ['0'] },
    '~visit': { rest: ['declined'] },
  }
  expect(save(fields).ok).toBe(true)
  const forms = Object.fromEntries(stored().map(form => [form.form, form]))
  expect(forms.nprs?.answers).toMatchObject({ NPRS_AVG: { value: 4 }, NPRS_WORST: { missing: 'declined' } })
  expect(forms.odi).toMatchObject({ notDoneReason: 'declined', answers: {} })
  expect(forms.wpai?.answers).toEqual({ WPAI_Q1: { value: 0 }, WPAI_Q6: { missing: 'declined' } })
})
