import { describe, expect, it } from 'vitest'
import { parseFormAnswers } from '@/lib/domain/instruments/parse-form'
import type { RawAnswers } from '@/lib/domain/instruments/raw-answers'
import { interventions } from '@/lib/domain/logs/interventions'
import { askLogEntry, checkLogEntry } from '@/lib/domain/logs/judge-entry'
import { formOf, type Log, type LogFacts } from '@/lib/domain/logs/log'
import { medications } from '@/lib/domain/logs/medications'
import { day, makeProtocol } from '@/lib/domain/outcomes/__fixtures__/cohort'

const FACTS: LogFacts = {
  protocol: makeProtocol({
    settings: { analgesics: { morphineFactors: 'CDC-2022', levels: { Tapentadol: 2 } } },
  }),
  today: day('2026-04-16'),
  consentDate: day('2026-01-10'),
  firstProcedure: null,
  firstDose: null,
  followUpEnd: null,
  others: [],
}

const TRAMADOL: RawAnswers = {
  CMTRT: ['Tramadol'],
  CMANALG: ['yes'],
  CMLEVEL: ['2'],
  CMDOSE: ['50'],
  CMDOSU: ['mg'],
  CMROUTE: ['oral'],
  CMFREQ: ['regular'],
  CMTIMES: ['4'],
  CMSTDAT: ['2025-11'],
  CMONGO: ['yes'],
}

const SURGERY: RawAnswers = {
  PRCAT: ['surgery'],
  PRSTDAT: ['2026-03'],
  PRLOC: ['L4/L5'],
  PRTRT: ['Discectomy'],
}

function read(log: Log, raw: RawAnswers) {
  const parsed = parseFormAnswers(formOf(log, FACTS.protocol), raw)
  if (!parsed.ok) return { answers: {}, problems: parsed.error }
  const mine = new Set(log.fields(FACTS.protocol).map(field => field.code))
  return { answers: parsed.value, problems: checkLogEntry(log, parsed.value, FACTS, mine) }
}

const asked = (log: Log, raw: RawAnswers, facts: Partial<LogFacts> = {}) =>
  askLogEntry(log, read(log, raw).answers, { ...FACTS, ...facts }).map(({ code }) => code)

describe('the medication log', () => {
  it('takes a complete entry and asks nothing', () => {
    const { answers, problems } = read(medications, TRAMADOL)
    expect(problems).toEqual([])
    expect(asked(medications, TRAMADOL)).toEqual([])
    expect(medications.describe(answers, FACTS.protocol)).toBe('Tramadol 50 mg, 4 a day, ongoing')
  })

  it.each<[string, RawAnswers, string, string]>([
    ['no drug', { CMTRT: [''] }, 'CMTRT', 'required'],
    ['two drugs', { CMTRT: ['a', 'b'] }, 'CMTRT', 'severalValues'],
    ['a drug of 2001 letters', { CMTRT: ['x'.repeat(2001)] }, 'CMTRT', 'tooLong'],
    ['not said whether analgesic', { CMANALG: [], CMLEVEL: [] }, 'CMANALG', 'required'],
    ['analgesic perhaps', { CMANALG: ['perhaps'] }, 'CMANALG', 'notAChoice'],
    ['an analgesic without level', { CMLEVEL: [] }, 'CMLEVEL', 'required'],
    ['a level 4', { CMLEVEL: ['4'] }, 'CMLEVEL', 'notAChoice'],
    ['a level of what is no analgesic', { CMANALG: ['no'] }, 'CMLEVEL', 'notShown'],
    ['no dose', { CMDOSE: [] }, 'CMDOSE', 'required'],
    ['a dose of 0', { CMDOSE: ['0'] }, 'CMDOSE', 'outOfRange'],
    ['a negative dose', { CMDOSE: ['-5'] }, 'CMDOSE', 'outOfRange'],
    ['a dose in words', { CMDOSE: ['fifty'] }, 'CMDOSE', 'notANumber'],
    ['a decimal comma', { CMDOSE: ['2,5'] }, 'CMDOSE', 'decimalComma'],
    ['a dose with its reason', { 'CMDOSE.missing': ['unknown'] }, 'CMDOSE', 'valueAndMissing'],
    [
      'a reason that is not offered',
      { CMDOSE: [], 'CMDOSE.missing': ['declined'] },
      'CMDOSE',
      'reasonNotAllowed',
    ],
    ['no unit', { CMDOSU: [] }, 'CMDOSU', 'required'],
    ['a unit of its own', { CMDOSU: ['drops'] }, 'CMDOSU', 'notAChoice'],
    ['a rate several times a day', { CMDOSU: ['µg/h'] }, 'CMDOSU', 'notAChoice'],
    ['no route', { CMROUTE: [] }, 'CMROUTE', 'required'],
    ['a route of its own', { CMROUTE: ['eye'] }, 'CMROUTE', 'notAChoice'],
    ['not said how often', { CMFREQ: [] }, 'CMFREQ', 'required'],
    ['how often of its own', { CMFREQ: ['weekly'] }, 'CMFREQ', 'notAChoice'],
    ['no times a day', { CMTIMES: [] }, 'CMTIMES', 'required'],
    ['negative times', { CMTIMES: ['-1'] }, 'CMTIMES', 'outOfRange'],
    ['times of a patch', { CMFREQ: ['continuous'] }, 'CMTIMES', 'notShown'],
    ['no start', { CMSTDAT: [] }, 'CMSTDAT', 'required'],
    ['a start that is no date', { CMSTDAT: ['spring'] }, 'CMSTDAT', 'notADate'],
    ['a start in digits', { CMSTDAT: ['04/05/2025'] }, 'CMSTDAT', 'notADate'],
    ['a start tomorrow', { CMSTDAT: ['2026-04-17'] }, 'CMSTDAT', 'dateInFuture'],
    ['a start next month', { CMSTDAT: ['2026-05'] }, 'CMSTDAT', 'dateInFuture'],
    ['not said whether ongoing', { CMONGO: [] }, 'CMONGO', 'required'],
    ['ended, without a day', { CMONGO: ['no'] }, 'CMENDAT', 'required'],
    ['ongoing, with an end', { CMENDAT: ['2026-01'] }, 'CMENDAT', 'notShown'],
    ['an end before the start', { CMONGO: ['no'], CMENDAT: ['2025-10'] }, 'CMENDAT', 'dateOrder'],
    ['an end tomorrow', { CMONGO: ['no'], CMENDAT: ['2026-04-17'] }, 'CMENDAT', 'dateInFuture'],
  ])('refuses %s beside its field', (_, changes, field, code) => {
    expect(read(medications, { ...TRAMADOL, ...changes }).problems).toMatchObject([{ field, code }])
  })

  it('takes partial dates that may fit, and reasons for what is not known', () => {
    const ended = { CMONGO: ['no'], CMSTDAT: ['2025-11-20'], CMENDAT: ['2025'] }
    const notKnown = {
      CMDOSE: [],
      'CMDOSE.missing': ['unknown'],
      CMSTDAT: [],
      'CMSTDAT.missing': ['unknown'],
    }
    const patch = { CMDOSU: ['µg/h'], CMFREQ: ['continuous'], CMTIMES: [] }
    for (const changes of [ended, notKnown, patch])
      expect(read(medications, { ...TRAMADOL, ...changes }).problems).toEqual([])
  })

  it.each<[string, RawAnswers]>([
    ['noMorphine', { CMDOSU: ['tablets'] }],
    ['noMorphine', { CMTRT: ['Buprenorphine'], CMLEVEL: ['3'] }],
    ['largeMorphine', { CMTRT: ['Oxycodone'], CMLEVEL: ['3'], CMDOSE: ['100'] }],
    ['largeDose', { CMTRT: ['Paracetamol'], CMLEVEL: ['1'], CMDOSE: ['11'], CMDOSU: ['g'] }],
    ['manyTimes', { CMTRT: ['Paracetamol'], CMLEVEL: ['1'], CMDOSE: ['500'], CMTIMES: ['13'] }],
    ['otherLevel', { CMLEVEL: ['3'] }],
    ['otherLevel', { CMANALG: ['no'], CMLEVEL: [] }],
  ])('asks %s of %o', (code, changes) => {
    expect(asked(medications, { ...TRAMADOL, ...changes })).toContain(code)
  })

  it('asks about a drug that runs already, and knows the level that the study gives a drug', () => {
    const others = [read(medications, { ...TRAMADOL, CMTRT: ['tramadol '] }).answers]
    expect(asked(medications, TRAMADOL, { others })).toEqual(['sameDrug'])
    expect(asked(medications, { ...TRAMADOL, CMTRT: ['tapentadol'] })).toEqual([])
  })

  it('offers the drugs of the factor table', () => {
    const drug = medications.fields(FACTS.protocol).find(field => field.code === 'CMTRT')
    expect(drug?.suggestions).toEqual(
      expect.arrayContaining(['oxymorphone', 'fentanyl patch', 'paracetamol']),
    )
  })
})

describe('the log of interventions', () => {
  it('takes a complete entry and asks nothing', () => {
    const { answers, problems } = read(interventions, SURGERY)
    expect(problems).toEqual([])
    expect(asked(interventions, SURGERY)).toEqual([])
    expect(interventions.describe(answers, FACTS.protocol)).toBe('Surgery: Discectomy, L4/L5')
  })

  it.each<[string, RawAnswers, string, string]>([
    ['no kind', { PRCAT: [] }, 'PRCAT', 'required'],
    ['a kind of its own', { PRCAT: ['massage'] }, 'PRCAT', 'notAChoice'],
    ['no date', { PRSTDAT: [] }, 'PRSTDAT', 'required'],
    ['a day that does not exist', { PRSTDAT: ['2026-02-30'] }, 'PRSTDAT', 'notADate'],
    ['a date tomorrow', { PRSTDAT: ['2026-04-17'] }, 'PRSTDAT', 'dateInFuture'],
    [
      'a reason that is not offered',
      { PRSTDAT: [], 'PRSTDAT.missing': ['declined'] },
      'PRSTDAT',
      'reasonNotAllowed',
    ],
    ['two places', { PRLOC: ['L4', 'L5'] }, 'PRLOC', 'severalValues'],
    ['no description', { PRTRT: [''] }, 'PRTRT', 'required'],
    ['a description of 2001 letters', { PRTRT: ['x'.repeat(2001)] }, 'PRTRT', 'tooLong'],
  ])('refuses %s beside its field', (_, changes, field, code) => {
    expect(read(interventions, { ...SURGERY, ...changes }).problems).toMatchObject([{ field, code }])
  })

  it('asks about the same kind of the same date', () => {
    const others = [read(interventions, SURGERY).answers]
    expect(asked(interventions, SURGERY, { others })).toEqual(['sameIntervention'])
  })
})
