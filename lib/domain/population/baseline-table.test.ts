import { describe, expect, it } from 'vitest'
import { day, makeScore, POOLED, THREE_ARMS } from '@/lib/domain/outcomes/__fixtures__/cohort'
import type { Protocol } from '@/lib/domain/protocol/protocol'
import type { PartialDate } from '@/lib/domain/shared/partial-date'
import { makeData, makeRecord, prepareFrom, TREATED } from './__fixtures__/population'
import { computeBaselineTable } from './baseline-table'
import type { BaselineForm, PopulationData, ScreenedRecord } from './population-data'

const EXAM: Protocol['forms'][number] = {
  code: 'EXAM',
  label: 'Examination',
  repeating: false,
  fields: [
    { code: 'BMI', label: 'Body mass index', type: 'decimal', unit: 'kg/m²' },
    { code: 'SMOKER', label: 'Smoker', type: 'boolean' },
    {
      code: 'SLR',
      label: 'Straight-leg raise',
      type: 'choice',
      choices: [
        { code: 'NEG', label: 'Negative' },
        { code: 'POS', label: 'Positive' },
      ],
    },
    {
      code: 'AIDS',
      label: 'Aids',
      type: 'multi',
      choices: [
        { code: 'CANE', label: 'Cane' },
        { code: 'BRACE', label: 'Brace' },
      ],
    },
    { code: 'REMARKS', label: 'Remarks', type: 'text' },
  ],
}
const PROTOCOL: Protocol = {
  ...TREATED,
  forms: [EXAM],
  visits: TREATED.visits.map(visit => (visit.code === 'M1' ? visit : { ...visit, forms: ['EXAM'] })),
}

function makeForm(
  participant: number,
  answers: Record<string, number | string | boolean | string[]>,
  changes: Partial<BaselineForm> = {},
): BaselineForm {
  return {
    participant,
    visit: 'BL',
    form: 'EXAM',
    date: day('2024-02-01'),
    beforeTreatment: false,
    repeat: 1,
    answers: Object.fromEntries(Object.entries(answers).map(([code, value]) => [code, { value }])),
    ...changes,
  }
}

const dosed = (participant: number, changes: Partial<ScreenedRecord> = {}) =>
  makeRecord(participant, { doseDates: [day('2024-03-01')], ...changes })

function tableOf(
  people: readonly ScreenedRecord[],
  data: Partial<PopulationData>,
  changes: Parameters<typeof prepareFrom>[2] = {},
) {
  const protocol = changes.protocol ?? PROTOCOL
  return computeBaselineTable(prepareFrom(people, protocol, changes), protocol, makeData({ people, ...data }))
}

const cellOf = (table: ReturnType<typeof tableOf>, code: string, group = 0) =>
  table.lines.find(line => line.code === code)?.cells[group]
const counts = (table: ReturnType<typeof tableOf>, code: string, group = 0) =>
  Object.fromEntries((cellOf(table, code, group)?.categories ?? []).map(({ label, k }) => [label, k]))

describe('the baseline table', () => {
  // R: x <- c(30, 40, 50, 61); mean(x) 45.25; sd(x) 13.301; quantile(x) 37.5 45 52.75
  it('describes ages with n and missing, as R does', () => {
    const ages = [30, 40, 50, 61, null]
    const table = tableOf(
      ages.map((age, index) => dosed(index + 1, { age })),
      {},
    )
    const age = cellOf(table, 'AGE')
    expect(age).toMatchObject({
      n: 4,
      missing: 1,
      mean: 45.25,
      median: 45,
      q1: 37.5,
      q3: 52.75,
      min: 30,
      max: 61,
    })
    expect(age?.sdSample).toBeCloseTo(Math.sqrt((15.25 ** 2 + 5.25 ** 2 + 4.75 ** 2 + 15.75 ** 2) / 3), 12)
  })

  it('counts sexes of those with one, always naming female and male', () => {
    const table = tableOf([dosed(1, { sex: 'male' }), dosed(2, { sex: 'male' }), dosed(3)], {})
    expect(counts(table, 'SEX')).toEqual({ Female: 0, Male: 2 })
    expect(cellOf(table, 'SEX')).toMatchObject({ n: 2, missing: 1 })
  })

  it('has a line for every number, choice and yes-or-no of the forms at baseline, none for texts', () => {
    const table = tableOf([dosed(1), dosed(2)], {
      baselineForms: [
        makeForm(1, { BMI: 24, SMOKER: true, SLR: 'POS', AIDS: ['CANE', 'BRACE'], REMARKS: 'none' }),
        makeForm(2, { BMI: 27, SMOKER: false, AIDS: ['CANE'] }),
      ],
    })
    expect(table.lines.filter(line => line.heading === 'Examination').map(line => line.code)).toEqual([
      'EXAM.BMI',
      'EXAM.SMOKER',
      'EXAM.SLR',
      'EXAM.AIDS',
    ])
    expect(cellOf(table, 'EXAM.BMI')).toMatchObject({ n: 2, mean: 25.5, min: 24, max: 27 })
    expect(counts(table, 'EXAM.SMOKER')).toEqual({ Yes: 1, No: 1 })
    expect(counts(table, 'EXAM.SLR')).toEqual({ Negative: 0, Positive: 1 })
    expect(cellOf(table, 'EXAM.SLR')).toMatchObject({ n: 1, missing: 1 })
    expect(counts(table, 'EXAM.AIDS')).toEqual({ Cane: 2, Brace: 1 })
  })

  it('takes the last value before the first dose, and none after it or after the data cut', () => {
    const forms = [
      makeForm(1, { BMI: 20 }),
      makeForm(2, { BMI: 30 }, { date: day('2024-03-02') }),
      makeForm(3, { BMI: 25 }, { date: day('2024-03-01'), beforeTreatment: true }),
    ]
    const table = tableOf([dosed(1), dosed(2), dosed(3)], { baselineForms: forms })
    expect(cellOf(table, 'EXAM.BMI')).toMatchObject({ n: 2, missing: 1, min: 20, max: 25 })
    const early = tableOf([dosed(1), dosed(2), dosed(3)], {
      baselineForms: forms,
      dataCut: day('2024-02-15'),
    })
    expect(cellOf(early, 'EXAM.BMI')).toMatchObject({ n: 1, missing: 2 })
  })

  it('tells the condition, with the level imaged where none was recorded', () => {
    const table = tableOf(
      [
        dosed(1, {
          diagnosis: 'Discogenic pain',
          level: 'L4/L5; L5/S1',
          painDurationMonths: 12,
          previousTreatment: 'Physiotherapy, facet injection',
        }),
        dosed(2, {
          diagnosis: 'discogenic pain',
          painDurationMonths: 36,
          previousTreatment: 'physiotherapy',
        }),
        dosed(3),
      ],
      { imaged: [{ participant: 2, location: 'L4/L5', date: day('2024-02-01') }] },
    )
    expect(counts(table, 'DIAGNOSIS')).toEqual({ 'Discogenic pain': 2 })
    expect(counts(table, 'LEVEL')).toEqual({ 'L4/L5': 2, 'L5/S1': 1 })
    expect(cellOf(table, 'LEVEL')).toMatchObject({ n: 2, missing: 1 })
    expect(cellOf(table, 'PAIN_DURATION')).toMatchObject({ n: 2, mean: 24 })
    expect(counts(table, 'PREVIOUS_TREATMENT')).toEqual({ Physiotherapy: 2, 'Facet injection': 1 })
  })

  it('counts from the logs what began before the first procedure, harvest included', () => {
    const from = (date: string) => date as PartialDate
    const table = tableOf([dosed(1, { harvestDates: [day('2024-02-10')] }), dosed(2)], {
      interventions: [
        { participant: 1, kind: 'ablation', label: 'Ablation', from: from('2023') },
        { participant: 1, kind: 'surgery', label: 'Surgery', from: from('2024-02-20') },
        { participant: 2, kind: 'surgery', label: 'Surgery', from: from('2024-02-20') },
      ],
      conditions: [{ participant: 2, label: 'Hypertension', from: null }],
    })
    expect(counts(table, 'INTERVENTIONS_BEFORE')).toMatchObject({ Ablation: 1, Surgery: 1, Injection: 0 })
    expect(cellOf(table, 'INTERVENTIONS_BEFORE')).toMatchObject({ n: 2, missing: 0 })
    expect(counts(table, 'CONDITIONS')).toEqual({ Hypertension: 1 })
  })

  it('gives the baseline of each score', () => {
    const scores = [4, 6].map((value, index) =>
      makeScore(index + 1, 'BL', value, { parameter: 'NPRS_AVG', date: day('2024-02-01') }),
    )
    const table = tableOf([dosed(1), dosed(2), dosed(3)], {}, { data: { scores } })
    expect(cellOf(table, 'NPRS_AVG')).toMatchObject({
      n: 2,
      missing: 1,
      mean: 5,
      median: 5,
      q1: 4.5,
      q3: 5.5,
    })
  })

  it('leaves out what nobody has, but for age and sex, and says why a number is not there', () => {
    const table = tableOf([dosed(1, { age: 40 })], {})
    expect(table.lines.map(line => line.code)).toEqual(['AGE', 'SEX'])
    expect(cellOf(table, 'AGE')).toMatchObject({ mean: 40, sdSample: null, sdSampleReason: 'needsTwoValues' })
  })

  it('writes twelve texts out and counts the rarer together', () => {
    const people = Array.from({ length: 15 }, (_, index) =>
      dosed(index + 1, { diagnosis: `D${String(index).padStart(2, '0')}` }),
    )
    const named = counts(tableOf(people, {}), 'DIAGNOSIS')
    expect(Object.keys(named)).toHaveLength(13)
    expect(named['Other (3 more)']).toBe(3)
  })
})

describe('the baseline table by arm', () => {
  const protocol = { ...PROTOCOL, arms: THREE_ARMS }
  const people = [20, 30, 40, 50].map((age, index) => dosed(index + 1, { age, diagnosis: `Rare ${age}` }))
  const armOf = (participant: number) => (participant <= 2 ? 'A' : 'B')

  it('has a group for each arm, an empty one too, and one of all', () => {
    const table = tableOf(people, {}, { protocol, armOf })
    expect(table.groups.map(({ arm, inSet }) => [arm, inSet])).toEqual([
      ['A', 2],
      ['B', 2],
      ['C', 0],
      ['ALL', 4],
    ])
    expect(table.lines[0]?.cells.map(({ n, mean }) => [n, mean])).toEqual([
      [2, 25],
      [2, 45],
      [0, null],
      [4, 35],
    ])
    expect(cellOf(table, 'AGE', 2)).toMatchObject({ meanReason: 'noValues' })
  })

  it('is of one group where results by arm are closed', () => {
    const table = tableOf(people, {}, { protocol, armOf, masking: POOLED })
    expect(table.groups.map(({ arm }) => arm)).toEqual(['ALL'])
    expect(cellOf(table, 'AGE')).toMatchObject({ min: 20, max: 50 })
  })

  it('tells no single value by arm to whom the arm of a participant is masked', () => {
    const masking = { participantArms: false, resultsByArm: true, armsNamed: true }
    const table = tableOf(people, {}, { protocol, armOf, masking })
    expect(cellOf(table, 'AGE')).toMatchObject({ mean: 25, min: null, minReason: 'masked', max: null })
    expect(counts(table, 'DIAGNOSIS')).toEqual({ 'Other (4 more)': 2 })
  })
})
