import { describe, expect, it } from 'vitest'
import { parseFormAnswers } from '@/lib/domain/instruments/parse-form'
import type { RawAnswers } from '@/lib/domain/instruments/raw-answers'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { conditions } from './conditions'
import { contacts } from './contacts'
import { deviations } from './deviations'
import { harvests } from './harvests'
import { askLogEntry, checkLogEntry } from './judge-entry'
import { formOf, type Log, type LogFacts } from './log'
import { LOGS } from './registry'

const day = (text: string) => text as CalendarDate

/** As much of a protocol as logs read. */
const PROTOCOL = {
  visits: [{ code: 'M6', name: '6 months' }],
  arms: [],
  treatments: [],
  consents: [],
  settings: {},
} as unknown as Protocol

const FACTS: LogFacts = {
  protocol: PROTOCOL,
  today: day('2026-04-16'),
  consentDate: day('2025-01-10'),
  firstProcedure: day('2025-02-10'),
  firstDose: day('2025-03-01'),
  followUpEnd: null,
  others: [],
}

/** A complete entry of each log, as it is typed. */
const GOOD: Readonly<Record<string, RawAnswers>> = {
  conditions: { TERM: ['Hypertension'], SINCE: ['2019'], ONGOING: ['no'], ENDED: ['Mar 2024'] },
  contacts: { DATE: ['16 Apr 2026'], TIME: ['14:30'], VISIT: ['M6'], HOW: ['phone'], RESULT: ['noAnswer'] },
  deviations: {
    ...{ KIND: ['visitOutOfWindow'], VISIT: ['M6'], DATE: ['1 Oct 2025'], CLASS: ['minor'] },
    ...{ DESCRIPTION: ['Six days late'], REPORTED: ['yes'], REPORTED_ON: ['3 Oct 2025'] },
  },
  harvests: {
    ...{ HARVEST_DATE: ['10 Feb 2025'], SOURCE: ['adipose'], METHOD: ['Liposuction'], AMOUNT: ['120'] },
    ...{ LOT: ['A17'], HARM: ['yes'], HARM_TEXT: ['Bruise'] },
  },
}

function refusedFields(log: Log, raw: RawAnswers, facts: LogFacts = FACTS): string[] {
  const plan = formOf(log, facts.protocol)
  const parsed = parseFormAnswers(plan, raw)
  const all = new Set(plan.fields.map(({ code }) => code))
  const problems = parsed.ok ? checkLogEntry(log, parsed.value, facts, all) : parsed.error
  for (const { text } of problems) expect(text).toMatch(/\.$/)
  return problems.map(({ field, code }) => `${field} ${code}`)
}

function asked(log: Log, raw: RawAnswers, facts: Partial<LogFacts> = {}): string[] {
  const parsed = parseFormAnswers(formOf(log, PROTOCOL), raw)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return askLogEntry(log, parsed.value, { ...FACTS, ...facts }).map(({ code }) => code)
}

const stored = (log: Log) => {
  const parsed = parseFormAnswers(formOf(log, PROTOCOL), GOOD[log.code] ?? {})
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

const OWN = [conditions, contacts, deviations, harvests] as const

describe('a complete entry', () => {
  it.each(OWN.map(log => [log.name, log] as const))('of %s is taken without a question', (_, log) => {
    expect(refusedFields(log, GOOD[log.code] ?? {})).toEqual([])
    expect(asked(log, GOOD[log.code] ?? {})).toEqual([])
  })

  it.each([
    [conditions, 'Hypertension, since 2019, ended Mar 2024'],
    [contacts, 'Phone, no answer, about 6 months'],
    [deviations, 'Visit out of window, 6 months, minor'],
    [harvests, 'Adipose tissue, 120 mL, with harm'],
  ])('is told in one line', (log, line) => expect(log.describe(stored(log), PROTOCOL)).toBe(line))
})

describe('a wrong value is refused at its field', () => {
  it.each<[Log, RawAnswers, string[]]>([
    [conditions, { TERM: [''] }, ['TERM required']],
    [conditions, { TERM: ['x'.repeat(2001)] }, ['TERM tooLong']],
    [conditions, { SINCE: ['04/2019'] }, ['SINCE notADate']],
    [conditions, { SINCE: ['2019-13'] }, ['SINCE notADate']],
    [conditions, { SINCE: [''] }, ['SINCE required']],
    [conditions, { SINCE: ['10 Jan 2025'] }, ['SINCE dateAfterConsent', 'ENDED dateOrder']],
    [conditions, { SINCE: ['Feb 2025'], ONGOING: ['yes'], ENDED: [''] }, ['SINCE dateAfterConsent']],
    [conditions, { 'SINCE.missing': ['declined'], SINCE: [''] }, ['SINCE reasonNotAllowed']],
    [conditions, { 'SINCE.missing': ['unknown'] }, ['SINCE valueAndMissing']],
    [conditions, { ONGOING: [''], ENDED: [''] }, ['ONGOING required']],
    [conditions, { ONGOING: ['maybe'] }, ['ONGOING notAChoice']],
    [conditions, { ONGOING: ['yes'] }, ['ENDED notShown']],
    [conditions, { ENDED: [''] }, ['ENDED required']],
    [conditions, { ENDED: ['2018'] }, ['ENDED dateOrder']],
    [conditions, { ENDED: ['2027'] }, ['ENDED dateInFuture']],
    [conditions, { NOTE: ['x'.repeat(2001)] }, ['NOTE tooLong']],
    [contacts, { DATE: [''] }, ['DATE required']],
    [contacts, { DATE: ['16/04/2026'] }, ['DATE notADate']],
    [contacts, { DATE: ['2026'] }, ['DATE notADate']],
    [contacts, { DATE: ['17 Apr 2026'] }, ['DATE dateInFuture']],
    [contacts, { DATE: ['9 Jan 2025'] }, ['DATE dateBeforeConsent']],
    [contacts, { TIME: ['24:00'] }, ['TIME notATime']],
    [contacts, { TIME: ['2.30 pm'] }, ['TIME notATime']],
    [contacts, { VISIT: ['M99'] }, ['VISIT notAChoice']],
    [contacts, { HOW: [''] }, ['HOW required']],
    [contacts, { HOW: ['pigeon'] }, ['HOW notAChoice']],
    [contacts, { RESULT: [''] }, ['RESULT required']],
    [contacts, { RESULT: ['phone'] }, ['RESULT notAChoice']],
    [contacts, { NOTE: ['x'.repeat(2001)] }, ['NOTE tooLong']],
    [deviations, { KIND: ['late'] }, ['KIND notAChoice']],
    [deviations, { KIND: [''] }, ['KIND required']],
    [deviations, { VISIT: [''] }, ['VISIT required']],
    [deviations, { KIND: ['visitMissed'], VISIT: [''] }, ['VISIT required']],
    [deviations, { VISIT: ['M99'] }, ['VISIT notAChoice']],
    [deviations, { DATE: ['1 Oct'] }, ['DATE notADate']],
    [deviations, { DATE: ['1 Oct 2026'] }, ['DATE dateInFuture', 'REPORTED_ON dateOrder']],
    [deviations, { CLASS: ['grave'] }, ['CLASS notAChoice']],
    [deviations, { DESCRIPTION: ['  '] }, ['DESCRIPTION required']],
    [deviations, { CAUSE: ['x'.repeat(2001)] }, ['CAUSE tooLong']],
    [deviations, { ACTION: ['x'.repeat(2001)] }, ['ACTION tooLong']],
    [deviations, { REPORTED: [''], REPORTED_ON: [''] }, ['REPORTED required']],
    [deviations, { REPORTED: ['no'] }, ['REPORTED_ON notShown']],
    [deviations, { REPORTED_ON: [''] }, ['REPORTED_ON required']],
    [deviations, { REPORTED_ON: ['30 Sep 2025'] }, ['REPORTED_ON dateOrder']],
    [deviations, { REPORTED_ON: ['17 Apr 2026'] }, ['REPORTED_ON dateInFuture']],
    [harvests, { HARVEST_DATE: [''] }, ['HARVEST_DATE required']],
    [harvests, { HARVEST_DATE: ['Feb 2025'] }, ['HARVEST_DATE notADate']],
    [harvests, { HARVEST_DATE: ['17 Apr 2026'] }, ['HARVEST_DATE dateInFuture']],
    [harvests, { HARVEST_DATE: ['9 Jan 2025'] }, ['HARVEST_DATE dateBeforeConsent']],
    [harvests, { SOURCE: ['skin'] }, ['SOURCE notAChoice']],
    [harvests, { METHOD: ['x'.repeat(2001)] }, ['METHOD tooLong']],
    [harvests, { AMOUNT: ['a cup'] }, ['AMOUNT notANumber']],
    [harvests, { AMOUNT: ['0'] }, ['AMOUNT outOfRange']],
    [harvests, { AMOUNT: ['2001'] }, ['AMOUNT outOfRange']],
    [harvests, { AMOUNT: ['1,5'] }, ['AMOUNT decimalComma']],
    [harvests, { LOT: ['x'.repeat(2001)] }, ['LOT tooLong']],
    [harvests, { HARM: ['perhaps'] }, ['HARM notAChoice']],
    [harvests, { HARM: ['no'] }, ['HARM_TEXT notShown']],
    [harvests, { HARM_TEXT: [''] }, ['HARM_TEXT required']],
  ])('%#', (log, wrong, expected) => {
    expect(refusedFields(log, { ...GOOD[log.code], ...wrong })).toEqual(expected)
  })

  it('a number that nobody may call missing is to be corrected or cleared', () => {
    const parsed = parseFormAnswers(formOf(harvests, PROTOCOL), { ...GOOD.harvests, AMOUNT: ['2001'] })
    expect(parsed.ok ? '' : parsed.error[0]?.text).toBe(
      'Amount is 2001, but must be a number from 0.1 to 2000 mL. Correct it, or clear it.',
    )
  })

  it('dates are not held against a consent that is not known', () => {
    const facts = { ...FACTS, consentDate: null }
    expect(refusedFields(conditions, { ...GOOD.conditions, SINCE: ['2 Mar 2024'] }, facts)).toEqual([])
    expect(refusedFields(harvests, { ...GOOD.harvests, HARVEST_DATE: ['9 Jan 2025'] }, facts)).toEqual([])
  })
})

describe('what is unlikely is asked about', () => {
  it.each<[Log, RawAnswers, string]>([
    [conditions, { SINCE: ['Jan 2025'], ENDED: ['2025'] }, 'conditionSince'],
    [conditions, { NOTE: ['Call jane@example.org'] }, 'identifier'],
    [deviations, { DATE: ['2 Jan 2025'] }, 'deviationDate'],
    [deviations, { CLASS: ['major'], REPORTED: ['no'], REPORTED_ON: [''] }, 'majorNotReported'],
    [harvests, { HARVEST_DATE: ['2 Mar 2025'] }, 'harvestAfterDose'],
  ])('%#', (log, raw, code) => expect(asked(log, { ...GOOD[log.code], ...raw })).toEqual([code]))

  it.each([
    [conditions, 'conditionTwice'],
    [contacts, 'contactTwice'],
    [deviations, 'deviationTwice'],
    [harvests, 'harvestTwice'],
  ])('the same entry twice', (log, code) => {
    expect(asked(log, GOOD[log.code] ?? {}, { others: [stored(log)] })).toEqual([code])
  })
})

describe('every log', () => {
  it('has a path, fields with codes that are column names, and a field that orders it', () => {
    expect(new Set(LOGS.map(({ path }) => path)).size).toBe(LOGS.length)
    for (const log of LOGS) {
      const codes = log.fields(PROTOCOL).map(({ code }) => code)
      expect(codes).toContain(log.orderedBy)
      for (const code of codes) expect(code).toMatch(/^[A-Z][A-Z0-9_]{0,19}$/)
      expect(new Set(codes).size).toBe(codes.length)
    }
  })
})
