import { describe, expect, it } from 'vitest'
import type { Answer, Answers } from '@/lib/domain/instruments/instrument'
import { parseFormAnswers } from '@/lib/domain/instruments/parse-form'
import { ADVERSE_EVENT_FIELDS } from '@/lib/domain/logs/adverse-event-fields'
import { adverseEvents } from '@/lib/domain/logs/adverse-events'
import { checkLogEntry } from '@/lib/domain/logs/judge-entry'
import { formOf, type LogFacts } from '@/lib/domain/logs/log'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'

const day = (text: string) => text as CalendarDate
const protocol = {} as Protocol
const plan = formOf(adverseEvents, protocol)
const mine = new Set(ADVERSE_EVENT_FIELDS.filter(field => !field.judgedBy).map(({ code }) => code))

const FACTS: LogFacts = {
  protocol,
  today: day('2026-04-16'),
  consentDate: day('2026-01-10'),
  firstProcedure: day('2026-02-10'),
  firstDose: day('2026-03-10'),
  followUpEnd: null,
  others: [],
}

const EVENT: Readonly<Record<string, readonly string[]>> = {
  AETERM: ['Pain flare'],
  AECAT: ['painFlare'],
  AESTDAT: ['2026-03-20'],
  AEONGO: ['no'],
  AEENDAT: ['2026-03-28'],
  AETOXGR: ['2'],
  AEACN: ['treated'],
  AEOUT: ['recovered'],
  AESER: ['no'],
}
const SERIOUS = {
  AESER: ['yes'],
  AESERCRIT: ['hospitalisation'],
  AWARE_ON: ['2026-03-21'],
  AWARE_AT: ['09:30'],
}
const FATAL = {
  ...SERIOUS,
  AETOXGR: ['5'],
  AEOUT: ['fatal'],
  AESERCRIT: ['death'],
  DTHDAT: ['2026-03-28'],
}

type Patch = Readonly<Record<string, readonly string[]>>

function read(patch: Patch): Answers {
  const parsed = parseFormAnswers(plan, { ...EVENT, ...patch })
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error))
  return parsed.value
}

function refusedFields(patch: Patch, facts: Partial<LogFacts> = {}): string[] {
  const parsed = parseFormAnswers(plan, { ...EVENT, ...patch })
  if (!parsed.ok) return parsed.error.map(({ field }) => field)
  return checkLogEntry(adverseEvents, parsed.value, { ...FACTS, ...facts }, mine).map(({ field }) => field)
}

const asked = (patch: Patch, facts: Partial<LogFacts> = {}) =>
  adverseEvents.ask(read(patch), { ...FACTS, ...facts }).map(({ code }) => code)

describe('an adverse event', () => {
  it('that is complete is taken, serious and fatal ones too, and nothing is asked', () => {
    for (const patch of [{}, SERIOUS, FATAL]) expect(refusedFields(patch)).toEqual([])
    for (const patch of [{}, SERIOUS, FATAL]) expect(asked(patch)).toEqual([])
  })

  it('may have dates that are known in part, or not at all', () => {
    expect(refusedFields({ AESTDAT: ['2026-03'], AEENDAT: ['2026'] })).toEqual([])
    expect(
      refusedFields({
        AESTDAT: [],
        'AESTDAT.missing': ['unknown'],
        AEENDAT: [],
        'AEENDAT.missing': ['unknown'],
      }),
    ).toEqual([])
  })

  it.each([
    ['AETERM', { AETERM: [] }],
    ['AETERM', { AETERM: ['x'.repeat(2001)] }],
    ['AECAT', { AECAT: [] }],
    ['AECAT', { AECAT: ['headache'] }],
    ['AEDESC', { AEDESC: ['x'.repeat(2001)] }],
    ['AECODE', { AECODE: ['x'.repeat(2001)] }],
    ['AEDICT', { AEDICT: ['a', 'b'] }],
    ['AESTDAT', { AESTDAT: [] }],
    ['AESTDAT', { AESTDAT: ['20/03/2026'] }],
    ['AESTDAT', { AESTDAT: ['2026-02-30'] }],
    ['AESTDAT', { AESTDAT: ['2026-04-17'], AEENDAT: ['2026'] }],
    ['AESTDAT', { AESTDAT: ['2027'], AEENDAT: [], 'AEENDAT.missing': ['unknown'] }],
    ['AESTDAT', { AESTDAT: ['2026-01-09'] }],
    ['AESTDAT', { AESTDAT: ['2025-12'] }],
    ['AESTDAT', { AESTDAT: [], 'AESTDAT.missing': ['declined'] }],
    ['AEONGO', { AEONGO: [], AEENDAT: [] }],
    ['AEONGO', { AEONGO: ['maybe'] }],
    ['AEENDAT', { AEENDAT: [] }],
    ['AEENDAT', { AEONGO: ['yes'] }],
    ['AEENDAT', { AEENDAT: ['2026-03-19'] }],
    ['AEENDAT', { AEENDAT: ['2026-02'] }],
    ['AEENDAT', { AEENDAT: ['2026-04-17'] }],
    ['AETOXGR', { AETOXGR: ['0'] }],
    ['AETOXGR', { AETOXGR: ['6'] }],
    ['AETOXGR', { AETOXGR: [] }],
    ['AEACN', { AEACN: ['none', 'treated'] }],
    ['AEACN', { AEACN: ['surgery'] }],
    ['AEACN', { AEACN: [] }],
    ['AEACNOTH', { AEACN: ['other'] }],
    ['AEACNOTH', { AEACNOTH: ['Rest'] }],
    ['AEOUT', { AEOUT: ['better'] }],
    ['AEOUT', { AEOUT: [] }],
    ['DTHDAT', { ...FATAL, DTHDAT: [] }],
    ['DTHDAT', { ...FATAL, DTHDAT: ['2026-03-19'] }],
    ['DTHDAT', { ...FATAL, DTHDAT: ['2026-05'] }],
    ['DTHDAT', { DTHDAT: ['2026-03-28'] }],
    ['TOLD_SEEK_CARE', { TOLD_SEEK_CARE: ['perhaps'] }],
    ['AESER', { AESER: [] }],
    ['AESERCRIT', { ...SERIOUS, AESERCRIT: [] }],
    ['AESERCRIT', { ...SERIOUS, AESERCRIT: ['expensive'] }],
    ['AESERCRIT', { AESERCRIT: ['death'] }],
    ['AWARE_ON', { ...SERIOUS, AWARE_ON: [] }],
    ['AWARE_ON', { ...SERIOUS, AWARE_ON: ['2026-03'] }],
    ['AWARE_ON', { ...SERIOUS, AWARE_ON: ['2026-03-19'] }],
    ['AWARE_ON', { ...SERIOUS, AWARE_ON: ['2026-04-17'] }],
    ['AWARE_AT', { ...SERIOUS, AWARE_AT: [] }],
    ['AWARE_AT', { ...SERIOUS, AWARE_AT: ['24:00'] }],
    ['AWARE_AT', { ...SERIOUS, AWARE_AT: ['noon'] }],
    ['AESERINV', { AESERINV: ['unsure'] }],
    ['AERELPR', { AERELPR: ['related'] }],
    ['AERELPD', { AERELPD: ['certain'] }],
    ['AEEXP', { AEEXP: ['1'] }],
  ] as const)('is refused at %s: %o', (field, patch) => {
    expect(refusedFields(patch)).toContain(field)
  })

  it('of grade 5 is a death, by outcome and by criterion', () => {
    expect(refusedFields({ AETOXGR: ['5'] })).toEqual(['AEOUT', 'AESER'])
    expect(refusedFields({ ...SERIOUS, AETOXGR: ['5'] })).toEqual(['AEOUT', 'AESERCRIT'])
    expect(refusedFields({ ...FATAL, AESERCRIT: ['hospitalisation'] })).toEqual(['AESERCRIT'])
  })

  it('that ended in death below grade 5 is asked about, not refused', () => {
    const patch = { ...FATAL, AETOXGR: ['4'], TOLD_SEEK_CARE: ['yes'] }
    expect(refusedFields(patch)).toEqual([])
    expect(asked(patch)).toEqual(['deathBelowGrade5'])
  })

  it('cannot begin after the death that another event records', () => {
    const others = [{ DTHDAT: { value: '2026-03-15' } satisfies Answer }]
    expect(refusedFields({}, { others })).toEqual(['AESTDAT'])
    expect(refusedFields({ AESTDAT: ['2026-03'] }, { others })).toEqual([])
  })

  it('that began before consent is sent to the medical history; one that may have is asked about', () => {
    const parsed = read({ AESTDAT: ['2026-01-09'] })
    const [problem] = adverseEvents.check(parsed, FACTS)
    expect(problem?.text).toContain('medical history')
    expect(asked({ AESTDAT: ['2026-01'] })).toEqual(['maybeBeforeConsent'])
    expect(refusedFields({ AESTDAT: ['2025'], AEENDAT: ['2025'] }, { consentDate: null })).toEqual([])
  })

  it('is serious or severe: each without the other is asked about', () => {
    expect(asked({ AETOXGR: ['4'] })).toEqual(['gradeWithoutCriterion'])
    expect(asked({ AEACN: ['hospitalised'] })).toEqual(['hospitalWithoutCriterion'])
    expect(asked({ ...SERIOUS, AESERCRIT: ['lifeThreatening'], AETOXGR: ['1'] })).toEqual([
      'criterionAboveGrade',
    ])
    expect(asked({ ...SERIOUS, AESERINV: ['no'] })).toEqual(['judgementDiffers'])
    expect(asked({ AESERINV: ['yes'] })).toEqual(['judgementDiffers'])
  })

  it('and its outcome agree, or it is asked about', () => {
    expect(asked({ AEONGO: ['yes'], AEENDAT: [] })).toEqual(['ongoingButOver'])
    expect(asked({ AEOUT: ['recovering'] })).toEqual(['endedButNotOver'])
  })

  it('after a procedure that names a warning sign needs to say whether to seek care was told', () => {
    for (const text of [{ AETERM: ['Vomited'] }, { AEDESC: ['then felt dizzy'] }, { AECAT: ['fever'] }])
      expect(refusedFields(text)).toEqual(['TOLD_SEEK_CARE'])
    const term = { AETERM: ['Swelling'] }
    expect(refusedFields({ ...term, TOLD_SEEK_CARE: ['yes'] })).toEqual([])
    expect(asked({ ...term, TOLD_SEEK_CARE: ['no'] })).toEqual(['notToldToSeekCare'])
    expect(refusedFields({ ...term, AESTDAT: ['2026-02-09'] })).toEqual([])
    expect(refusedFields({ ...term, AESTDAT: ['2026-02'] })).toEqual(['TOLD_SEEK_CARE'])
    expect(refusedFields({ ...term, AESTDAT: [], 'AESTDAT.missing': ['unknown'] })).toEqual([
      'TOLD_SEEK_CARE',
    ])
    expect(refusedFields(term, { firstProcedure: null })).toEqual([])
  })

  it('has severe pain where pain is of grade 3 or more, whatever word is used', () => {
    for (const text of [{ AETERM: ['Back pain'] }, { AETERM: ['Flare'], AECAT: ['painFlare'] }])
      for (const [grade, fields] of [
        ['2', []],
        ['3', ['TOLD_SEEK_CARE']],
      ] as const)
        expect(refusedFields({ ...text, AETOXGR: [grade] })).toEqual(fields)
    expect(refusedFields({ AETERM: ['Rash'], AECAT: ['other'], AETOXGR: ['3'] })).toEqual([])
  })

  it('is told from the others by its term, grade and seriousness', () => {
    expect(adverseEvents.describe(read({}), protocol)).toBe('Pain flare, grade 2')
    expect(adverseEvents.describe(read(SERIOUS), protocol)).toBe('Pain flare, grade 2, serious')
  })
})
