import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { addParticipant } from '@/db/commands/participants'
import { writeSchedule } from '@/db/commands/schedule'
import { assessments, visits } from '@/db/schema/visits'
import { EVERYTHING_PROTOCOL } from '@/db/testing/everything-protocol'
import { contextFor, type SeededStudy, type SeededUser, seedStudy, seedUser } from '@/db/testing/factories'
import { createTestDb, TEST_WRITER, type TestDb } from '@/db/testing/test-db'
import { type FormDefinition, findFormDefinition } from '@/lib/domain/instruments/form-definition'
import type { Item } from '@/lib/domain/instruments/instrument'
import { INSTRUMENTS } from '@/lib/domain/instruments/registry'
import type { FormField } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { IDLE, readForm, refusedState } from '@/lib/schemas/form-state'
import { SaveVisit } from '@/lib/schemas/visits'
import type { Ctx } from './context'
import { saveVisit } from './visits'

type Wrong = readonly [what: string, texts: readonly string[]]

const { settings, forms: plans } = EVERYTHING_PROTOCOL
const LONG = 'x'.repeat(2001)

/** What no control of numbers takes. */
function wrongNumbers(rule: { min: number; max: number; decimals: boolean }): Wrong[] {
  const inside = Math.min(rule.max, Math.max(rule.min, 1))
  return [
    ['text', ['abc']],
    ['an exponent', ['1e1']],
    ['a decimal comma', [`${inside},5`]],
    ['one below the range', [String(rule.min - 1)]],
    ['one above the range', [String(rule.max + 1)]],
    ['two values', [String(rule.min), String(rule.max)]],
    ...(rule.decimals ? [] : [['a decimal', [`${inside}.5`]] as const]),
  ]
}

function wrongOfItem(item: Item): Wrong[] {
  const { min, max } = item
  const wrong = wrongNumbers({ min, max, decimals: item.type === 'number' && item.decimals === true })
  return min === max ? wrong.filter(([what]) => what !== 'two values') : wrong
}

const WRONG_DATES: readonly Wrong[] = [
  ['text', ['soon']],
  ['a day that does not exist', ['31 Feb 2026']],
  ['day and month that could be exchanged', ['04/05/2026']],
  ['a year that nobody lives in', ['1 Jan 1066']],
  ['two values', ['1 Jan 2026', '2 Jan 2026']],
]

function wrongOfField({ type, range, choices = [] }: FormField): readonly Wrong[] {
  const codes = choices.map(choice => choice.code)
  switch (type) {
    case 'integer':
    case 'decimal':
      return wrongNumbers({ min: range?.[0] ?? 0, max: range?.[1] ?? 0, decimals: type === 'decimal' })
    case 'text':
      return [
        ['a text that is too long', [LONG]],
        ['two values', ['a', 'b']],
      ]
    case 'choice':
      return [
        ['no choice of the list', ['MAYBE']],
        ['a label in place of its code', [choices[0]?.label ?? '']],
        ['two values', codes],
      ]
    case 'multi':
      return [['one that is no choice', [codes[0] ?? '', 'MAYBE']]]
    case 'boolean':
      return [
        ['neither yes nor no', ['perhaps']],
        ['two values', ['true', 'false']],
      ]
    case 'date':
      return WRONG_DATES
    case 'partialDate':
      return [...WRONG_DATES, ['a month that does not exist', ['2026-13']]]
  }
}

interface Case {
  readonly form: string
  readonly field: string
  readonly wrong: readonly Wrong[]
  /** Without which the field is not on the page. */
  readonly beside: readonly (readonly [string, string])[]
}

function casesOf(form: FormDefinition, key: string): Case[] {
  if (form.kind === 'instrument') {
    const total = form.instrument.total(settings)
    return [...form.instrument.items(settings), ...(total ? [total] : [])].map(item => ({
      form: key,
      field: item.code,
      wrong: wrongOfItem(item),
      beside: [],
    }))
  }
  return form.plan.fields.map(field => ({
    form: key,
    field: field.code,
    wrong: wrongOfField(field),
    beside: field.showIf
      ? [[`${key}.${field.showIf.field}`, field.showIf.equals === true ? 'yes' : String(field.showIf.equals)]]
      : [],
  }))
}

const KEYS: Readonly<Record<string, string>> = { mri: 'mri@L4%2FL5', JOINT: 'JOINT@knee~left' }
const CASES = [...INSTRUMENTS.map(({ code }) => code), ...plans.map(({ code }) => code)].flatMap(code => {
  const form = findFormDefinition(EVERYTHING_PROTOCOL, code)
  return form ? casesOf(form, KEYS[code] ?? code) : []
})

let test: TestDb
let study: SeededStudy
let coordinator: SeededUser

beforeAll(() => {
  test = createTestDb()
  study = seedStudy(test.db, EVERYTHING_PROTOCOL)
  coordinator = seedUser(test.db, { role: 'coordinator', study, site: 'MEL', name: 'Coordinator 1' })
  const protocol = EVERYTHING_PROTOCOL
  test.db.transaction(
    tx => {
      const { id } = addParticipant(tx, TEST_WRITER, {
        studyId: study.id,
        siteId: study.sites.MEL as NonNullable<SeededStudy['sites'][string]>,
        number: 'MEL-001',
        origin: 'entered',
        outcome: 'enrolled',
        consentDate: '2026-01-12' as CalendarDate,
        enrolledOn: '2026-01-16' as CalendarDate,
        eligibility: {},
      })
      writeSchedule(tx, { participantId: id, protocol, protocolVersion: '1.0' })
    },
    { behavior: 'immediate' },
  )
})
afterAll(() => test.remove())

/** As a browser posts it, through the reading of the form, the schema and the use case. */
function send(controls: readonly (readonly [string, string])[]) {
  const form = new FormData()
  const frame = { study: 'EVERY', number: 'MEL-001', visit: 'M3', '~visit.date': '16 Apr 2026' }
  for (const [name, text] of [...Object.entries(frame), ...controls]) form.append(name, text)
  const parsed = SaveVisit.safeParse(readForm(form))
  if (!parsed.success) throw new Error(parsed.error.message)
  const saved = saveVisit(contextFor(test.db, coordinator, {}) as Ctx, parsed.data)
  return { form, saved }
}

describe('a wrong value is answered at its field, nothing is stored and nothing is lost', () => {
  it.each(CASES.map(one => [`${one.form}.${one.field}`, one] as const))('%s', (name, { wrong, beside }) => {
    for (const [what, texts] of wrong) {
      const typed = texts.map(text => [name, text] as const)
      const { form, saved } = send([...beside, ...typed])
      if (saved.ok) throw new Error(`${name}: ${what} was stored`)
      const state = refusedState(saved.error, form, IDLE)
      expect(saved.error.code, `${name}: ${what}`).toBe('invalidInput')
      expect(Object.keys(state.errors), `${name}: ${what}`).toEqual([name])
      expect(state.errors[name]?.length, `${name}: ${what}`).toBeGreaterThan(20)
      expect(state.values[name], `${name}: ${what}`).toEqual(texts)
    }
    expect(test.db.select().from(assessments).all()).toEqual([])
    expect(test.db.select().from(visits).all()).toEqual([])
  })

  it.each(CASES.map(one => [`${one.form}.${one.field}`, one] as const))(
    '%s: a reason that is none',
    (name, { beside }) => {
      const bad = send([...beside, [`${name}.missing`, 'lost']])
      expect(bad.saved.ok ? null : Object.keys(refusedState(bad.saved.error, bad.form, IDLE).errors)).toEqual(
        [name],
      )
    },
  )

  it('is asked of every field of every form', () => {
    expect(new Set(CASES.map(({ form }) => form)).size).toBe(INSTRUMENTS.length + plans.length)
    expect(CASES.length).toBeGreaterThan(120)
    expect(CASES.every(({ wrong }) => wrong.length > 0)).toBe(true)
  })
})
