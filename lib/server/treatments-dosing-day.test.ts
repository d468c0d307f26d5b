import { eq } from 'drizzle-orm'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { compareReplay } from '@/db/replay'
import { auditEntries } from '@/db/schema/audit'
import { treatments } from '@/db/schema/participants'
import { assessments } from '@/db/schema/visits'
import { contextFor, type SeededUser } from '@/db/testing/factories'
import { openRegistrationDesk } from '@/db/testing/registration-desk'
import { accepted, refused } from '@/db/testing/results'
import type { TestDb } from '@/db/testing/test-db'
import { FIRST_DOSE, personInStudy } from '@/db/testing/treatment-desk'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import type { RecordTreatmentInput } from '@/lib/schemas/treatments'
import { SaveVisit } from '@/lib/schemas/visits'
import { readSummary } from './cohort'
import { operatorContext } from './context'
import { readParticipant } from './participant-record'
import { registerParticipant } from './participants'
import { recordTreatment, voidTreatment } from './treatments'
import { saveVisit } from './visits'

const day = (text: string) => text as CalendarDate

let test: TestDb
let coordinator: SeededUser
let number: string
beforeEach(() => {
  ;({ test, coordinator } = openRegistrationDesk())
  const registered = registerParticipant(contextFor(test.db, coordinator), personInStudy('SMALL'))
  number = accepted(registered).number
})
afterEach(() => test.remove())

describe('forms dated on the day of the dose', () => {
  const enterBaseline = (date: string, fields: Record<string, unknown> = {}) =>
    accepted(
      saveVisit(
        contextFor(test.db, coordinator),
        SaveVisit.parse({
          ...{ study: 'SMALL', number, visit: 'BL', '~visit': { date: [date] } },
          ...{ nprs: { NPRS_AVG: ['7'], NPRS_WORST: ['8'] }, ...fields },
        }),
      ),
    )
  const rows = () => test.db.select().from(assessments).all()
  const baseline = () => {
    const operator = operatorContext(test.db)
    const { parameters } = accepted(readSummary(operator, { study: 'SMALL' }))
    return parameters.find(({ parameter }) => parameter === 'NPRS_AVG')?.arms[0]?.visits[0]?.n
  }
  const improved = () => accepted(readParticipant(contextFor(test.db, coordinator), 'SMALL', number))

  const give = (patch: Partial<RecordTreatmentInput> = {}) =>
    recordTreatment(contextFor(test.db, coordinator), {
      ...FIRST_DOSE,
      number,
      givenOn: day('2025-01-31'),
      ...patch,
    })

  it('are unknown until then, neither before nor after', () => {
    enterBaseline('31 Jan 2025')
    expect(rows()[0]?.beforeTreatment).toBeNull()
  })

  it('are asked about, yes or no: a confirmation does not answer it, nor an answer about another day', () => {
    enterBaseline('31 Jan 2025')
    const asked = refused(give())
    expect(asked).toEqual({
      code: 'unanswered',
      questions: [
        {
          code: 'dosingDay:2025-01-31',
          fields: ['before.2025-01-31'],
          text: 'Check: NPRS of 31 Jan 2025. Were these taken before the dose?',
        },
      ],
    })
    expect(refused(give({ confirm: ['dosingDay:2025-01-31'] }))).toEqual(asked)
    expect(refused(give({ before: { '2025-01-30': true } }))).toEqual(asked)
    expect(test.db.select().from(treatments).all()).toEqual([])
  })

  it('taken before it are the baseline, by page and by cohort alike; the answer is in the audit with its reason', () => {
    enterBaseline('31 Jan 2025')
    accepted(give({ before: { '2025-01-31': true } }))
    expect(rows()[0]?.beforeTreatment).toBe(true)
    const last = test.db
      .select()
      .from(auditEntries)
      .where(eq(auditEntries.entity, 'assessments'))
      .all()
      .at(-1)
    expect(last?.reason).toBe('Answered when the dose of 31 Jan 2025 was recorded')
    expect(JSON.parse(last?.changes ?? '')).toEqual({ beforeTreatment: [null, true] })
    expect(improved().trends[0]).toMatchObject({ baseline: 7 })
    expect(improved().withoutBaseline).not.toContain('Average pain')
    expect(baseline()).toBe(1)
    expect(compareReplay(test.db)).toEqual([])
  })

  it('taken after it are none, and the page says what a treated participant has no baseline of', () => {
    enterBaseline('31 Jan 2025')
    expect(improved().withoutBaseline).toEqual([])
    accepted(give({ before: { '2025-01-31': false } }))
    expect(improved().trends[0]).toMatchObject({ baseline: null })
    expect(improved().withoutBaseline).toEqual(expect.arrayContaining(['Average pain', 'Worst pain']))
  })

  it('of another day, or not done, are not asked about', () => {
    enterBaseline('30 Jan 2025', { odi: { '~notDone': ['declined'], '~date': ['31 Jan 2025'] } })
    accepted(give())
    expect(rows().map(row => row.beforeTreatment)).toEqual([null, null])
  })

  it('keep their answer when the dose is voided and recorded again', () => {
    enterBaseline('31 Jan 2025')
    accepted(give({ before: { '2025-01-31': true } }))
    const id = test.db.select().from(treatments).get()?.id ?? 0
    const input = { study: 'SMALL', number, treatmentId: id, version: 1, confirm: [], reason: 'Wrong level' }
    accepted(voidTreatment(contextFor(test.db, coordinator), input))
    accepted(give())
    expect(rows()[0]?.beforeTreatment).toBe(true)
  })
})
