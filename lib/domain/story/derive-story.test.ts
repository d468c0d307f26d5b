import { describe, expect, it } from 'vitest'
import { readMedication } from '@/lib/domain/medication/medication'
import { makeProtocol } from '@/lib/domain/outcomes/__fixtures__/cohort'
import type { CohortScore } from '@/lib/domain/outcomes/cohort-data'
import type { CalendarDate } from '@/lib/domain/shared/calendar-date'
import { formatAge, nameDrug } from '@/lib/domain/story/deidentify'
import { deriveStory, type StoryFacts } from '@/lib/domain/story/derive-story'

const day = (text: string) => text as CalendarDate
const DAY_ZERO = day('2025-01-10')

const protocol = {
  ...makeProtocol(),
  settings: { nprs: { items: ['average' as const] }, analgesics: { morphineFactors: 'CDC-2022' } },
}

const score = (visit: string, value: number | null, date: string | null): CohortScore => ({
  participant: 1,
  visit,
  parameter: 'NPRS_AVG',
  value,
  missingReason: value === null ? 'notDone' : null,
  date: date === null ? null : day(date),
  beforeTreatment: false,
  location: null,
  laterality: null,
  repeat: 1,
})

const answers = (values: Record<string, string | number | boolean>) =>
  Object.fromEntries(Object.entries(values).map(([code, value]) => [code, { value }]))

function tell(changes: Partial<StoryFacts> = {}) {
  return deriveStory({
    protocol,
    person: { age: '47', sex: 'female', diagnosis: 'Discogenic pain' },
    dayZero: DAY_ZERO,
    doses: [{ name: 'First injection', date: DAY_ZERO }],
    harvests: [],
    visits: [
      { code: 'BL', date: day('2024-12-27') },
      { code: 'M1', date: day('2025-02-09') },
    ],
    scores: [score('BL', 7, '2024-12-27'), score('M1', 3, '2025-02-09')],
    events: [],
    interventions: [],
    medications: [],
    death: null,
    ...changes,
  })
}

describe('a story', () => {
  it('counts days from day zero, whatever lies before it', () => {
    const story = tell({ harvests: [day('2024-12-20'), null] })
    expect(story.visits).toEqual([
      { name: 'BL', day: -14 },
      { name: 'M1', day: 30 },
    ])
    expect(story.procedures).toEqual([
      { kind: 'harvest', name: 'Harvest', day: -21 },
      { kind: 'dose', name: 'First injection', day: 0 },
    ])
    expect(story.courses[0]?.points.map(({ day: at, value }) => [at, value])).toEqual([
      [-14, 7],
      [30, 3],
    ])
    expect([story.firstDay, story.lastDay]).toEqual([-21, 30])
  })

  it('has unscheduled values on their day, and counts those without one', () => {
    const story = tell({
      scores: [
        score('BL', 7, '2024-12-27'),
        score('UNS-3', 9, '2025-01-20'),
        score('M1', 4, null),
        score('M3', null, null),
      ],
    })
    expect(story.courses[0]?.points).toEqual([
      { visit: 'BL', day: -14, value: 7 },
      { visit: 'Unscheduled visit', day: 10, value: 9 },
    ])
    expect(story.notDated).toBe(1)
  })

  it('marks what follows from a partial date, and draws what goes on to the last known day', () => {
    const story = tell({
      events: [
        answers({
          AETERM: 'x',
          AECAT: 'painFlare',
          AESTDAT: '2025-01',
          AEENDAT: '2025-01-15',
          AEONGO: false,
          AETOXGR: '2',
        }),
        answers({ AETERM: 'x', AECAT: 'fever', AESTDAT: '2025-01-12', AEONGO: true, AETOXGR: '1' }),
        answers({ AETERM: 'x', AECAT: 'fever', AEONGO: true }),
      ],
    })
    expect(story.events).toMatchObject([
      { category: 'Pain flare', from: 0, to: 5, end: 'known', isEstimated: true, grade: 2 },
      { category: 'Fever', from: 2, to: 30, end: 'ongoing', isEstimated: false, grade: 1 },
    ])
    expect(story.notDated).toBe(1)
  })

  it('has medication with the morphine equivalents of a day, never 0 for what is not known', () => {
    const course = (values: Record<string, string | number | boolean>) =>
      readMedication(answers({ CMANALG: true, CMSTDAT: '2024-06', CMONGO: true, ...values }))
    const story = tell({
      medications: [
        course({ CMTRT: 'Tramadol', CMDOSE: 50, CMDOSU: 'mg', CMFREQ: 'regular', CMTIMES: 4 }),
        course({ CMTRT: 'Paracetamol', CMDOSE: 1, CMDOSU: 'g', CMTIMES: 3 }),
        course({ CMTRT: 'Buprenorphine', CMDOSE: 5, CMDOSU: 'µg/h', CMFREQ: 'continuous' }),
        course({ CMTRT: 'Oxycodone', CMDOSU: 'mg' }),
      ],
    })
    expect(
      story.medications.map(({ drug, morphineADay, morphineReason }) => [drug, morphineADay, morphineReason]),
    ).toEqual([
      ['tramadol', 40, null],
      ['paracetamol', null, null],
      ['buprenorphine', null, 'noFactor'],
      ['oxycodone', null, 'amountUnknown'],
    ])
    expect(story.medications[0]).toMatchObject({ from: -223, to: 30, end: 'ongoing', isEstimated: true })
    // What was taken long before does not stretch the axis.
    expect(story.firstDay).toBe(-14)
  })
})

describe('de-identified', () => {
  it('is whoever is above 89', () => {
    expect([89, 90, 103].map(formatAge)).toEqual(['89', '90+', '90+'])
  })

  it('is every text that somebody typed', () => {
    const secret = 'Dr Example of Sometown'
    const story = tell({
      events: [answers({ AETERM: secret, AEDESC: secret, AECAT: 'other', AESTDAT: '2025-01-12' })],
      interventions: [answers({ PRCAT: 'surgery', PRTRT: secret, PRLOC: secret, PRSTDAT: '2025-01-20' })],
      medications: [
        readMedication(answers({ CMTRT: secret, CMINDC: secret, CMSTDAT: '2025-01-12', CMANALG: false })),
      ],
    })
    const text = JSON.stringify(story)
    expect(text).not.toContain('Example')
    expect(text).not.toMatch(/\d{4}-\d{2}/)
    expect(story.events[0]?.category).toBe('Other event')
    expect(story.interventions[0]).toEqual({ name: 'Surgery', day: 10, isEstimated: false })
    expect(story.medications[0]?.drug).toBe('Other medication')
  })

  it('is a drug that the product does not know, by its strength', () => {
    const name = (level: 1 | 3 | null, isAnalgesic: boolean | null) =>
      nameDrug({ drug: 'Brand X', isAnalgesic, level }, {})
    expect([name(1, true), name(3, true), name(null, true), name(null, false)]).toEqual([
      'Other non-opioid analgesic',
      'Other strong opioid',
      'Other analgesic',
      'Other medication',
    ])
  })
})
